package dev.sloth.wire.shared;

import dev.sloth.wire.proto.SharedRequest;
import java.util.List;

/// Tells a change from all others of its order.
///
/// @param asker who counts: random, one order may have several
/// @param number counts up, from 1
/// @param heard earlier ones with long answers, which have come
public record Numbered(long asker, long number, List<Long> heard) {
    /// How many may be said to have come at once.
    public static final int HEARD_MAX = 64;

    /// @throws IllegalArgumentException when it is no number
    public Numbered {
        heard = List.copyOf(heard);
        if (number < 1 || heard.size() > HEARD_MAX) {
            throw new IllegalArgumentException("changes are numbered from 1");
        }
    }

    SharedRequest message() {
        return SharedRequest.newBuilder()
                .setAsker(asker)
                .setNumber(number)
                .addAllHeard(heard)
                .build();
    }

    static Numbered of(SharedRequest message) {
        return new Numbered(message.getAsker(), message.getNumber(), message.getHeardList());
    }
}
