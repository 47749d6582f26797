package dev.sloth.core.security.secret;

import dev.sloth.core.store.secret.SecretStore;
import dev.sloth.core.store.secret.SecretTables;
import dev.sloth.core.store.secret.VersionRow;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Keeps a value, looks at the row as it stands in the store, and takes it away again, all in one
/// transaction. A store that can be read is not used.
record SelfTest(
        SecretStore store, DataKeys keys, Seal seal, RandomGenerator random, InstantSource time) {
    /// No user has a namespace without a name.
    private static final String SPACE = "";

    private static final int LENGTH = 16;

    /// @throws dev.sloth.api.workflow.Problems when the value is found in its row, or cannot be
    ///   read back
    void run(MasterKey master) {
        var some = new byte[LENGTH];
        random.nextBytes(some);
        var value = HexFormat.of().formatHex(some).getBytes(StandardCharsets.US_ASCII);
        var row = new VersionRow(SPACE, "self-test", 1, value.length, time.instant());
        if (!store.write(tables -> hidden(tables, row, value, master))) {
            throw SecretProblems.readable();
        }
    }

    private boolean hidden(SecretTables tables, VersionRow row, byte[] value, MasterKey master) {
        var keyRow = keys.fresh(SPACE, 1, master);
        var about = SecretVault.about(row, keyRow.generation());
        tables.put(row, keys.with(keyRow, master, key -> seal.close(key, about, value)));
        var raw = new String(tables.raw(row), StandardCharsets.ISO_8859_1);
        var back =
                tables.sealed(row.space(), row.name(), row.version())
                        .flatMap(sealed ->
                                keys.with(keyRow, master, key -> seal.open(key, about, sealed)));
        tables.remove(row);
        var text = new String(value, StandardCharsets.US_ASCII);
        return raw.contains(row.name())
                && !raw.contains(text)
                && back.map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                        .filter(text::equals)
                        .isPresent();
    }
}
