package dev.sloth.plugins.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.workflow.Problems;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VaultBackendTest {
    private static final String VALUE = "s3cret-Value-4711";

    private final FakeVault vault = new FakeVault();
    private final Map<String, String> environment = new HashMap<>();

    VaultBackendTest() {
        vault.put("secret/data/app/db", "{\"password\":\"old\"}");
        vault.put(
                "secret/data/app/db",
                "{\"password\":\"%s\",\"port\":5432,\"tls\":true,\"list\":[1]}".formatted(VALUE));
        environment.put("VAULT_ADDR", vault.address());
        environment.put("VAULT_TOKEN", FakeVault.ROOT);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private VaultBackend backend() {
        return new VaultBackend(environment, Path.of("").toAbsolutePath(), () -> vault.now);
    }

    private static String read(VaultBackend backend, String place) throws InterruptedException {
        return new String(backend.read(place).bytes(), StandardCharsets.UTF_8);
    }

    private void refused(String place, String... words) {
        try (var backend = backend()) {
            var problems = catchThrowableOfType(Problems.class, () -> backend.read(place));
            assertThat(problems).as(place).isNotNull();
            var problem = problems.list().getFirst();
            assertThat(problem.code()).isEqualTo("SLOTH-4511");
            assertThat(problem.remedy()).isNotBlank();
            assertThat(problem.message()).contains(words).doesNotContain(VALUE, FakeVault.ROOT);
        }
    }

    private void role() {
        environment.remove("VAULT_TOKEN");
        environment.put("VAULT_ROLE_ID", FakeVault.ROLE);
        environment.put("VAULT_SECRET_ID", FakeVault.SECRET_ID);
    }

    @Test
    void a_token_reads_fields_of_the_newest_version_and_of_earlier_ones() throws Exception {
        try (var backend = backend()) {
            assertThat(read(backend, "secret/app/db#password")).isEqualTo(VALUE);
            assertThat(read(backend, "secret/app/db?version=1#password")).isEqualTo("old");
            assertThat(read(backend, "secret/app/db#port")).isEqualTo("5432");
            assertThat(read(backend, "secret/app/db#tls")).isEqualTo("true");
        }
    }

    @Test
    void a_role_gets_a_token_once_and_renews_it_at_two_thirds_of_its_time() throws Exception {
        role();
        try (var backend = backend()) {
            read(backend, "secret/app/db#password");
            vault.now = Instant.EPOCH.plusSeconds(FakeVault.LEASE * 2 / 3 - 1);
            read(backend, "secret/app/db#password");
            assertThat(vault.asked).filteredOn(a -> a.startsWith("POST")).hasSize(1);
            vault.now = vault.now.plusSeconds(2);
            read(backend, "secret/app/db#password");
            assertThat(vault.asked).contains("POST auth/token/renew-self");
            assertThat(vault.asked).filteredOn("POST auth/approle/login"::equals).hasSize(1);
        }
    }

    @Test
    void a_token_that_is_not_renewed_or_is_over_is_got_anew() throws Exception {
        role();
        try (var backend = backend()) {
            read(backend, "secret/app/db#password");
            vault.renews = false;
            vault.now = vault.now.plusSeconds(FakeVault.LEASE - 60);
            read(backend, "secret/app/db#password");
            vault.now = vault.now.plus(Duration.ofDays(1));
            assertThat(read(backend, "secret/app/db#password")).isEqualTo(VALUE);
            assertThat(vault.asked).filteredOn("POST auth/approle/login"::equals).hasSize(3);
        }
    }

    @Test
    void a_wrapped_secret_id_is_unwrapped_once_and_works_on() throws Exception {
        role();
        environment.put("VAULT_WRAPPED_SECRET_ID", FakeVault.WRAPPING);
        try (var backend = backend()) {
            read(backend, "secret/app/db#password");
            vault.now = vault.now.plus(Duration.ofDays(1));
            assertThat(read(backend, "secret/app/db#password")).isEqualTo(VALUE);
        }
        refused("secret/app/db#password", "wrapping token is not valid");
    }

    @Test
    void what_is_not_there_is_told_of() {
        vault.put("secret/data/gone", "{\"a\":\"b\"}");
        vault.delete("secret/data/gone", 1);
        refused("secret/nothing#a", "nothing at secret/nothing");
        refused("secret/app/db?version=9#a", "nothing at secret/app/db");
        refused("secret/app/db#a", "no field 'a'");
        refused("secret/app/db#list", "no field 'list'");
        refused("secret/gone#a", "was deleted");
        for (var place : List.of("", "secret", "secret/a", "secret#a", "secret/a?version=x#b")) {
            refused(place, "is no place");
        }
    }

    @Test
    void whoever_may_not_enter_is_told_why() {
        environment.put("VAULT_TOKEN", "wrong");
        refused("secret/app/db#password", "permission denied");
        role();
        environment.put("VAULT_SECRET_ID", "wrong");
        refused("secret/app/db#password", "invalid role or secret ID");
        vault.chatty = true;
        refused("secret/app/db#password", "refuses auth/approle/login: bad request");
        vault.sealed = true;
        refused("secret/app/db#password", "sealed");
    }

    @Test
    void an_address_that_cannot_be_used_is_refused_before_anything_is_sent() {
        for (var address :
                List.of("", "nonsense", "ftp://127.0.0.1", "http://vault.example:8200", "::")) {
            environment.put("VAULT_ADDR", address);
            refused("secret/app/db#password", "vault: ");
        }
        assertThat(vault.asked).isEmpty();
        environment.put("VAULT_ADDR", vault.address());
        environment.remove("VAULT_TOKEN");
        refused("secret/app/db#password", "neither a token nor a role");
        environment.put("VAULT_TOKEN", FakeVault.ROOT);
        environment.put("VAULT_CACERT", "/nothing.pem");
        refused("secret/app/db#password", "/nothing.pem: no such file or directory");
    }

    @Test
    void one_that_does_not_answer_or_speaks_no_tls_is_told_of() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("VAULT_ADDR", "http://127.0.0.1:" + silent.getLocalPort());
        }
        refused("secret/app/db#password", "cannot be reached");
        environment.put("VAULT_ADDR", vault.address().replace("http:", "https:"));
        refused("secret/app/db#password", "vault: ");
    }
}
