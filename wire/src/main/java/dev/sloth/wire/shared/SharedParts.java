package dev.sloth.wire.shared;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.SharedPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts messages together that came in parts. For use by one thread at a time.
public final class SharedParts {
    /// How much of a message a part has at most.
    private static final int PART_BYTES_MAX = 512 << 10;

    private final long max;
    private ByteString whole = ByteString.EMPTY;

    /// @param max how many bytes a message may have
    public SharedParts(long max) {
        this.max = max;
    }

    static List<SharedPart> of(MessageLite message) {
        var bytes = message.toByteString();
        var parts = new ArrayList<SharedPart>();
        int from = 0;
        do {
            int to = Math.min(bytes.size(), from + PART_BYTES_MAX);
            parts.add(
                    SharedPart.newBuilder()
                            .setPart(bytes.substring(from, to))
                            .setMore(to < bytes.size())
                            .build());
            from = to;
        } while (from < bytes.size());
        return parts;
    }

    /// The message, when this was the last part of it.
    ///
    /// @throws dev.sloth.api.workflow.Problems when it is larger than it may be
    public Optional<byte[]> add(SharedPart part) {
        if (part.getPart().size() > max - whole.size()) {
            throw tooLarge(max);
        }
        whole = whole.concat(part.getPart());
        if (part.getMore()) {
            return Optional.empty();
        }
        var message = whole.toByteArray();
        whole = ByteString.EMPTY;
        return Optional.of(message);
    }

    /// What somebody is told who sends more than the master takes.
    public static RuntimeException tooLarge(long max) {
        return WireProblems.of(
                WireProblems.TOO_LARGE,
                "what is asked of shared state at once takes more than %d bytes".formatted(max),
                "keep large values in files or artifacts, or do it in parts");
    }

    /// How many bytes a part has.
    public static int size(SharedPart part) {
        return part.getPart().size();
    }
}
