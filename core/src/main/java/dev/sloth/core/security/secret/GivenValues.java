package dev.sloth.core.security.secret;

import dev.sloth.api.secret.Secret;
import dev.sloth.core.store.secret.GivenRow;
import dev.sloth.core.store.secret.KeyRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The values that a run was given, as one sealed text: each with its length before it.
record GivenValues(Seal seal) {
    GivenRow close(GivenRow bare, KeyRow key, byte[] plainKey, Collection<Secret> values) {
        byte[] plain = joined(values);
        try {
            return sealed(bare, key, plainKey, plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private GivenRow sealed(GivenRow bare, KeyRow key, byte[] plainKey, byte[] plain) {
        return new GivenRow(
                bare.run(),
                bare.space(),
                bare.at(),
                seal.close(plainKey, about(bare.run(), key), plain));
    }

    /// Empty when it was not kept with this key, or was changed.
    Optional<List<Secret>> open(GivenRow row, KeyRow key, byte[] plainKey) {
        return seal.open(plainKey, about(row.run(), key), row.sealed())
                .map(plain -> {
                    var values = parted(plain);
                    Arrays.fill(plain, (byte) 0);
                    return values;
                });
    }

    /// The same values under another key; empty as above.
    Optional<GivenRow> again(GivenRow row, KeyRow before, byte[] old, KeyRow after, byte[] fresh) {
        return seal.open(old, about(row.run(), before), row.sealed())
                .map(plain -> {
                    var renewed = sealed(row, after, fresh, plain);
                    Arrays.fill(plain, (byte) 0);
                    return renewed;
                });
    }

    private static byte[] about(String run, KeyRow key) {
        return Seal.about("given", key.space(), run, Long.toString(key.generation()));
    }

    /// Each value once.
    private static byte[] joined(Collection<Secret> values) {
        var distinct = new TreeSet<byte[]>(Arrays::compare);
        values.forEach(value -> distinct.add(value.bytes()));
        int length = distinct.stream().mapToInt(value -> Integer.BYTES + value.length).sum();
        var all = ByteBuffer.allocate(length);
        for (byte[] value : distinct) {
            all.putInt(value.length).put(value);
            Arrays.fill(value, (byte) 0);
        }
        return all.array();
    }

    private static List<Secret> parted(byte[] plain) {
        var values = new ArrayList<Secret>();
        var all = ByteBuffer.wrap(plain);
        while (all.hasRemaining()) {
            var value = new byte[all.getInt()];
            all.get(value);
            values.add(Secret.of(value));
        }
        return values;
    }
}
