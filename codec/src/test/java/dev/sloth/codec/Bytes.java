package dev.sloth.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import java.util.zip.CRC32C;

/// Documents as disks and lines may leave them.
final class Bytes {
    private static final String JSON_SIGNS = "09\",{}[-e";
    private static final int SUM_LENGTH = 18;

    private Bytes() {}

    /// A document with a right sum.
    static byte[] sealed(String document) {
        var open = document.substring(0, document.length() - 1).getBytes(StandardCharsets.UTF_8);
        var crc = new CRC32C();
        crc.update(open);
        return (new String(open, StandardCharsets.UTF_8)
                        + ",\"sum\":\"%08x\"}".formatted((int) crc.getValue()))
                .getBytes(StandardCharsets.UTF_8);
    }

    /// A small document of which something is another, under a sum that is right again.
    static byte[] forged(Gen gen, byte[] small) {
        var bytes = Arrays.copyOf(small, small.length - SUM_LENGTH);
        for (int i = 1 + gen.below(3); i > 0; i--) {
            int at = gen.below(bytes.length);
            switch (gen.below(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << gen.below(7));
                case 1 -> bytes[at] = (byte) JSON_SIGNS.charAt(gen.below(JSON_SIGNS.length()));
                case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
                default ->
                        System.arraycopy(
                                small, gen.below(at + 1), bytes, 0, (bytes.length - at) / 2);
            }
        }
        return sealed(new String(bytes, StandardCharsets.UTF_8) + "}");
    }

    /// Each document that was cut short, and each of which one byte is another, is refused with
    /// damage and nothing else.
    static void assertGuarded(Gen gen, byte[] small, Function<byte[], ?> read) {
        for (int length = 0; length < small.length; length++) {
            assertRefused(Arrays.copyOf(small, length), read);
        }
        for (int at = 0; at < small.length; at++) {
            var flipped = small.clone();
            flipped[at] ^= (byte) (1 + gen.below(255));
            assertRefused(flipped, read);
        }
        assertRefused(Arrays.copyOf(small, small.length + 1), read);
    }

    private static void assertRefused(byte[] bytes, Function<byte[], ?> read) {
        assertThatThrownBy(() -> read.apply(bytes))
                .isInstanceOfSatisfying(
                        DamagedDocument.class, e -> assertThat(e.newer()).isFalse());
    }

    /// Whether it was refused; whatever else is thrown comes through.
    static boolean refused(byte[] bytes, Function<byte[], ?> read) {
        try {
            var _ = read.apply(bytes);
            return false;
        } catch (DamagedDocument e) {
            assertThat(e.getMessage()).isNotIn("", "null");
            return true;
        }
    }
}
