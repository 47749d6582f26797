package dev.sloth.cli;

import dev.sloth.agent.mask.Mask;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// Prints how many bytes of output one core masks in a second of its time, in a process that is
/// warm, by the number of secrets and by what the output is.
public final class MaskFigures {
    private static final Duration WARM_UP = Duration.ofMillis(500);
    private static final Duration MEASURED = Duration.ofSeconds(1);
    private static final int CHUNK = 16 << 10;
    private static final int CHUNKS = 256;
    private static final double MEGA = 1e6;

    private final SplittableRandom random = new SplittableRandom(1);
    private long taken;

    private MaskFigures() {}

    /// @param arguments none
    public static void main(String[] arguments) {
        System.out.println("| output | secrets | MB/s of a core |\n|---|---|---|");
        new MaskFigures().all();
    }

    private void all() {
        for (int secrets : new int[] {1, 10, 100}) {
            var values = new ArrayList<byte[]>();
            for (int i = 0; i < secrets; i++) {
                values.add(value(20 + random.nextInt(30)));
            }
            var mask = Mask.of(values);
            row("lines of a build", secrets, mask, text());
            row("random bytes", secrets, mask, bytes());
            row("base64", secrets, mask, base64());
            row("a secret in each line", secrets, mask, full(values));
        }
    }

    private byte[] value(int length) {
        var value = new byte[length];
        for (int i = 0; i < length; i++) {
            value[i] = (byte) ('!' + random.nextInt(94));
        }
        return value;
    }

    private byte[] text() {
        var words =
                List.of("compiling", "test", "ok", "module", "src/main/java", "0.12s", "warning:");
        var out = new StringBuilder();
        while (out.length() < CHUNK * CHUNKS) {
            for (int i = 0; i < 8; i++) {
                out.append(words.get(random.nextInt(words.size()))).append(' ');
            }
            out.append('\n');
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] bytes() {
        var bytes = new byte[CHUNK * CHUNKS];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] base64() {
        return java.util.Base64.getEncoder().encode(bytes());
    }

    private byte[] full(List<byte[]> values) {
        var out = new StringBuilder();
        while (out.length() < CHUNK * CHUNKS) {
            out.append("the token is ")
                    .append(
                            new String(
                                    values.get(random.nextInt(values.size())),
                                    StandardCharsets.UTF_8))
                    .append(" and the rest of the line goes on for a while\n");
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void row(String what, int secrets, Mask mask, byte[] output) {
        var _ = rate(mask, output, WARM_UP);
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "| %s | %d | %.0f |",
                        what,
                        secrets,
                        rate(mask, output, MEASURED) / MEGA));
    }

    /// Bytes a second.
    private double rate(Mask mask, byte[] output, Duration time) {
        var stream = mask.stream();
        var chunk = new byte[CHUNK];
        long begun = worked();
        long bytes = 0;
        while (worked() - begun < time.toNanos()) {
            for (int at = 0; at + CHUNK <= output.length; at += CHUNK) {
                System.arraycopy(output, at, chunk, 0, CHUNK);
                stream.take(chunk, CHUNK, (_, _, count) -> taken += count);
                bytes += CHUNK;
            }
        }
        stream.finish((_, _, count) -> taken += count);
        return bytes * 1e9 / (worked() - begun);
    }

    /// What this thread has had of a core, in nanoseconds: others may share it.
    private static long worked() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
