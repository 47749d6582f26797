package dev.sloth.wire.shared;

import dev.sloth.wire.proto.SharedRequest;
import java.util.List;

/// Tells a change from all others of its order.
///
/// @param asker who counts: random, one order may have several
/// @param number counts up, from 1
/// @param heard earlier ones with long answers, which have come
public record Numbered(long asker, long number, List<Long> heard) {
    public Numbered {
        heard = List.copyOf(heard);
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
