package dev.sloth.agent.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// How many lines of each channel an attempt has had. For one thread.
final class Counts {
    private final Map<String, Long> lines = new TreeMap<>();

    void add(String channel) {
        lines.merge(channel, 1L, Long::sum);
    }

    Map<String, Long> all() {
        return Map.copyOf(lines);
    }

    /// For each channel a byte for its length, the channel, and how many lines in eight bytes.
    byte[] written() {
        int length = 0;
        for (var channel : lines.keySet()) {
            length += 1 + channel.getBytes(StandardCharsets.UTF_8).length + Long.BYTES;
        }
        var out = ByteBuffer.allocate(length);
        lines.forEach((channel, count) -> {
            var name = channel.getBytes(StandardCharsets.UTF_8);
            out.put((byte) name.length).put(name).putLong(count);
        });
        return out.array();
    }

    /// What was written takes the place of what is here.
    void read(ByteBuffer in) {
        lines.clear();
        while (in.hasRemaining()) {
            var name = new byte[in.get()];
            in.get(name);
            lines.put(new String(name, StandardCharsets.UTF_8), in.getLong());
        }
    }
}
