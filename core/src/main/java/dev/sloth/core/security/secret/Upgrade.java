package dev.sloth.core.security.secret;

import dev.sloth.core.store.secret.KeyRow;
import dev.sloth.core.store.secret.SecretTables;
import dev.sloth.core.store.secret.VersionRow;
import java.util.Arrays;
import java.util.List;

/// Brings a store from before there were inventories under seal: its namespaces get new keys, so
/// that rows of the time before cannot be put back one by one.
record Upgrade(DataKeys keys, Seal seal, Inventory inventory) {
    /// Whether a store has no seal.
    static boolean due(SecretTables tables) {
        return tables.master().filter(row -> row.seal().isEmpty()).isPresent();
    }

    /// Does so when all keys are of that time; otherwise the seal was taken away, and what is there
    /// stays without. Says how many keys there are.
    int run() {
        var rows = inventory.tables().keys();
        if (!due(inventory.tables()) || !rows.stream().allMatch(this::early)) {
            return 0;
        }
        rows.forEach(this::renew);
        inventory.seal(spaces(rows));
        return rows.size();
    }

    private static String[] spaces(List<KeyRow> rows) {
        return rows.stream().map(KeyRow::space).toArray(String[]::new);
    }

    /// As above, whatever there is.
    int accept() {
        var rows = inventory.tables().keys();
        rows.forEach(this::renew);
        inventory.accept(spaces(rows));
        return rows.size();
    }

    private boolean early(KeyRow row) {
        var key = keys.earlier(row, inventory.master());
        key.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
        return key.isPresent();
    }

    private void renew(KeyRow before) {
        keys.earlier(before, inventory.master())
                .ifPresent(old -> {
                    var after =
                            keys.fresh(before.space(), before.generation() + 1, inventory.master());
                    boolean _ =
                            keys.with(
                                    after,
                                    inventory.master(),
                                    fresh -> {
                                        inventory
                                                .tables()
                                                .versions(before.space())
                                                .forEach(row ->
                                                        again(row, old, before, fresh, after));
                                        return true;
                                    });
                    inventory.tables().putKey(after);
                    Arrays.fill(old, (byte) 0);
                });
    }

    /// What cannot be decrypted stays as it is, and is refused when it is asked for.
    private void again(VersionRow row, byte[] old, KeyRow before, byte[] fresh, KeyRow after) {
        inventory
                .tables()
                .sealed(row.space(), row.name(), row.version())
                .flatMap(
                        bytes -> seal.open(old, SecretVault.about(row, before.generation()), bytes))
                .ifPresent(plain -> {
                    var about = SecretVault.about(row, after.generation());
                    inventory.tables().put(row, seal.close(fresh, about, plain));
                    Arrays.fill(plain, (byte) 0);
                });
    }
}
