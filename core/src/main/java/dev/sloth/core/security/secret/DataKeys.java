package dev.sloth.core.security.secret;

import dev.sloth.core.store.secret.KeyRow;
import dev.sloth.core.store.secret.SecretTables;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The keys of namespaces: made when a namespace gets its first secret, and never kept outside of
/// one act.
record DataKeys(Seal seal, RandomGenerator random, InstantSource time) {

    /// What a key is for. Stores that had no inventory yet kept keys for something else, so that
    /// nobody can make a store look like one of those by taking its seal away.
    private static final String PURPOSE = "key under seal";

    private static final String EARLIER_PURPOSE = "key";

    /// A key in the clear, for as long as `work` lasts.
    <T> T with(KeyRow row, MasterKey master, Function<byte[], T> work) {
        byte[] key =
                open(PURPOSE, row, master)
                        .orElseThrow(() ->
                                SecretProblems.damaged(
                                        "the key of the namespace '" + row.space() + "'"));
        try {
            return work.apply(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /// A key of a store from before there were inventories, in the clear.
    Optional<byte[]> earlier(KeyRow row, MasterKey master) {
        return open(EARLIER_PURPOSE, row, master);
    }

    private Optional<byte[]> open(String purpose, KeyRow row, MasterKey master) {
        if (!row.master().equals(master.id())) {
            return Optional.empty();
        }
        byte[] wrapping = master.key().bytes();
        try {
            var about = about(purpose, row.space(), row.generation(), master);
            return seal.open(wrapping, about, row.wrapped());
        } finally {
            Arrays.fill(wrapping, (byte) 0);
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
        return with(row, from, key -> wrapped(row.space(), row.generation(), to, key.clone()))
                .over(row.digest());
    }

    private KeyRow wrapped(String space, long generation, MasterKey master, byte[] key) {
        byte[] wrapping = master.key().bytes();
        byte[] wrapped = seal.close(wrapping, about(PURPOSE, space, generation, master), key);
        Arrays.fill(wrapping, (byte) 0);
        Arrays.fill(key, (byte) 0);
        return new KeyRow(space, generation, master.id(), wrapped, time.instant(), "");
    }

    private static byte[] about(String purpose, String space, long generation, MasterKey master) {
        return Seal.about(purpose, space, Long.toString(generation), master.id());
    }
}
