package dev.sloth.core.security.secret;

import dev.sloth.core.store.secret.KeyRow;
import dev.sloth.core.store.secret.SecretTables;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The keys of namespaces: made when a namespace gets its first secret, and never kept outside of
/// one act.
record DataKeys(Seal seal, RandomGenerator random, InstantSource time) {

    /// A key in the clear, for as long as `work` lasts.
    <T> T with(KeyRow row, MasterKey master, Function<byte[], T> work) {
        if (!row.master().equals(master.id())) {
            throw SecretProblems.damaged("the key of the namespace '" + row.space() + "'");
        }
        byte[] wrapping = master.key().bytes();
        byte[] key =
                seal.open(wrapping, about(row.space(), row.generation(), master), row.wrapped())
                        .orElseThrow(() ->
                                SecretProblems.damaged(
                                        "the key of the namespace '" + row.space() + "'"));
        Arrays.fill(wrapping, (byte) 0);
        try {
            return work.apply(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /// The row of a namespace, which it gets now if it has none.
    KeyRow ensure(SecretTables tables, String space, MasterKey master) {
        return tables.key(space)
                .orElseGet(() -> {
                    if (!tables.versions(space).isEmpty()) {
                        throw SecretProblems.damaged("the key of the namespace " + space);
                    }
                    var row = fresh(space, 1, master);
                    tables.putKey(row);
                    return row;
                });
    }

    KeyRow fresh(String space, long generation, MasterKey master) {
        var key = new byte[KeySource.KEY_LENGTH];
        random.nextBytes(key);
        return wrapped(space, generation, master, key);
    }

    /// The same key, under another master.
    KeyRow rewrapped(KeyRow row, MasterKey from, MasterKey to) {
        return with(row, from, key -> wrapped(row.space(), row.generation(), to, key.clone()));
    }

    private KeyRow wrapped(String space, long generation, MasterKey master, byte[] key) {
        byte[] wrapping = master.key().bytes();
        byte[] wrapped = seal.close(wrapping, about(space, generation, master), key);
        Arrays.fill(wrapping, (byte) 0);
        Arrays.fill(key, (byte) 0);
        return new KeyRow(space, generation, master.id(), wrapped, time.instant());
    }

    private static byte[] about(String space, long generation, MasterKey master) {
        return Seal.about("key", space, Long.toString(generation), master.id());
    }
}
