package dev.sloth.plugins.vault;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problems;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The token that requests carry: the one that was given, or one that the AppRole gets. One thread
/// at a time.
final class VaultToken {
    private final VaultConfig config;
    private final VaultClient client;
    private final InstantSource time;
    private String token;
    private String secretId;
    private boolean wrapped;
    private boolean renewable;
    private Instant renewAt;
    private Instant endsAt = Instant.MAX;

    VaultToken(VaultConfig config, VaultClient client, InstantSource time) {
        this.config = config;
        this.client = client;
        this.time = time;
        this.token = config.token();
        this.secretId = config.secretId();
        this.wrapped = config.wrapped();
        // A token that was given is its giver's to renew.
        this.renewAt = token.isEmpty() ? Instant.MIN : Instant.MAX;
    }

    synchronized String text() throws InterruptedException {
        var now = time.instant();
        if (now.isBefore(renewAt)) {
            return token;
        }
        if (!token.isEmpty() && renewable && now.isBefore(endsAt) && renewed()) {
            return token;
        }
        take(client.post("auth/" + config.roleMount() + "/login", "", credentials()));
        return token;
    }

    /// A renewal that is refused is no failure: the role gets another token.
    private boolean renewed() throws InterruptedException {
        try {
            take(client.post("auth/token/renew-self", token, new DataTable()));
            return true;
        } catch (Problems _) {
            return false;
        }
    }

    private DataTable credentials() throws InterruptedException {
        var credentials = new DataTable().with("role_id", config.roleId());
        if (wrapped) {
            secretId = unwrapped();
            wrapped = false;
        }
        return secretId.isEmpty() ? credentials : credentials.with("secret_id", secretId);
    }

    private String unwrapped() throws InterruptedException {
        var answer = client.post("sys/wrapping/unwrap", secretId, new DataTable());
        if (answer.at("data") instanceof Value.Table data
                && data.at("secret_id") instanceof Text real) {
            return real.toString();
        }
        throw Trouble.with(
                "VAULT_WRAPPED_SECRET_ID does not hold a secret id",
                "a wrapping token works once: if you did not use it, somebody else has");
    }

    private void take(Value.Table answer) {
        if (!(answer.at("auth") instanceof Value.Table auth)
                || !(auth.at("client_token") instanceof Text given)) {
            throw Trouble.with("it let us in without a token", "see that VAULT_ADDR is a Vault");
        }
        token = given.toString();
        renewable = auth.at("renewable") == Value.Bool.TRUE;
        var now = time.instant();
        double seconds = auth.at("lease_duration") instanceof Value.Num n ? n.value() : 0;
        if (seconds > 0) {
            var lease = Duration.ofMillis((long) (seconds * 1_000));
            renewAt = now.plus(lease.multipliedBy(2).dividedBy(3));
            endsAt = now.plus(lease);
        } else {
            renewAt = Instant.MAX;
            endsAt = Instant.MAX;
        }
    }
}
