package dev.sloth.core.security.secret;

import dev.sloth.core.store.secret.KeyRow;
import dev.sloth.core.store.secret.SecretTables;
import dev.sloth.core.store.secret.VersionRow;
import java.util.Arrays;

/// Brings a store from before there were inventories under seal: its namespaces get new keys, so
/// that rows of the time before cannot be put back one by one.
record Upgrade(DataKeys keys, Seal seal, SecretTables tables, MasterKey master) {
    /// Whether a store has no seal.
    static boolean due(SecretTables tables) {
        return tables.master().filter(row -> row.seal().isEmpty()).isPresent();
    }

    /// Does so when all keys are of that time; otherwise the seal was taken away, and what is there
    /// stays without. Says how many keys there are.
    int run() {
        var rows = tables.keys();
        if (!due(tables) || !rows.stream().allMatch(this::early)) {
            return 0;
        }
        return accept();
    }

    /// As above, whatever there is.
    int accept() {
        var rows = tables.keys();
        rows.forEach(this::renew);
        new Inventory(tables, master).seal(rows.stream().map(KeyRow::space).toArray(String[]::new));
        return rows.size();
    }

    private boolean early(KeyRow row) {
        var key = keys.earlier(row, master);
        key.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
        return key.isPresent();
    }

    private void renew(KeyRow before) {
        keys.earlier(before, master)
                .ifPresent(old -> {
                    var after = keys.fresh(before.space(), before.generation() + 1, master);
                    boolean _ =
                            keys.with(
                                    after,
                                    master,
                                    fresh -> {
                                        tables.versions(before.space())
                                                .forEach(row ->
                                                        again(row, old, before, fresh, after));
                                        return true;
                                    });
                    tables.putKey(after);
                    Arrays.fill(old, (byte) 0);
                });
    }

    /// What cannot be decrypted stays as it is, and is refused when it is asked for.
    private void again(VersionRow row, byte[] old, KeyRow before, byte[] fresh, KeyRow after) {
        tables.sealed(row.space(), row.name(), row.version())
                .flatMap(
                        bytes -> seal.open(old, SecretVault.about(row, before.generation()), bytes))
                .ifPresent(plain -> {
                    var about = SecretVault.about(row, after.generation());
                    tables.put(row, seal.close(fresh, about, plain));
                    Arrays.fill(plain, (byte) 0);
                });
    }
}
