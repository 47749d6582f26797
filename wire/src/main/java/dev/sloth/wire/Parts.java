package dev.sloth.wire;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts together what comes in parts, several at once. For one thread.
public final class Parts {
    /// No part is longer.
    public static final int PART_MAX = 512 << 10;

    /// Nothing that comes in parts is longer.
    public static final int WHOLE_MAX = 64 << 20;

    /// Of so many things parts may be held at once.
    private static final int OPEN_MAX = 64;

    private final Map<String, ByteString> open = new HashMap<>();
    private long held;

    /// @param more whether more parts follow
    /// @return all of it, with its last part
    /// @throws dev.sloth.api.workflow.Problems when it is too long, or too many have begun, or all
    ///   that have begun are too long together
    public Optional<byte[]> add(String id, ByteString part, boolean more) {
        var before = open.getOrDefault(id, ByteString.EMPTY);
        if (part.size() > PART_MAX || held + part.size() > WHOLE_MAX) {
            dropAll();
            throw tooMuch("what is sent is longer than %d MiB".formatted(WHOLE_MAX >> 20));
        }
        if (more && before.isEmpty() && open.size() >= OPEN_MAX) {
            dropAll();
            throw tooMuch("more than %d things are sent at once".formatted(OPEN_MAX));
        }
        var whole = before.concat(part);
        if (more) {
            held += part.size();
            open.put(id, whole);
            return Optional.empty();
        }
        held -= before.size();
        open.remove(id);
        return Optional.of(whole.toByteArray());
    }

    private void dropAll() {
        open.clear();
        held = 0;
    }

    private static RuntimeException tooMuch(String what) {
        return WireProblems.of(
                "SLOTH-4740", what, "give large data as artifacts, not as outputs or inputs");
    }

    /// One part; there is one of nothing as well.
    public record Part(ByteString bytes, boolean more) {}

    public static List<Part> of(byte[] whole) {
        var parts = new ArrayList<Part>();
        int from = 0;
        do {
            int length = Math.min(PART_MAX, whole.length - from);
            var bytes = ByteString.copyFrom(whole, from, length);
            from += length;
            parts.add(new Part(bytes, from < whole.length));
        } while (from < whole.length);
        return parts;
    }
}
