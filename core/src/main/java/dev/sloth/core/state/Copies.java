package dev.sloth.core.state;

import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateEntry.Kind;
import dev.sloth.core.store.state.StateItem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Takes entries out as they are, and brings them back.
final class Copies {
    private Copies() {}

    /// All entries whose keys match, in the order of their keys.
    static List<Held> of(Reading reading, Pattern pattern) {
        var all = new ArrayList<Held>();
        reading.each(
                pattern,
                "",
                found -> {
                    reading.live(found.key()).ifPresent(entry -> all.add(held(reading, entry)));
                    return true;
                });
        return all;
    }

    private static Held held(Reading reading, StateEntry entry) {
        var ttl =
                entry.expiresAt().equals(Instant.MAX)
                        ? Optional.<Duration>empty()
                        : Optional.of(Duration.between(reading.now(), entry.expiresAt()));
        return new Held(entry.key(), entry.kind(), reading.whole(entry), ttl);
    }

    /// Puts an entry in place of what is there.
    static void bring(Writing writing, Held held) {
        writing.live(held.key()).ifPresent(entry -> writing.remove(entry, false));
        var end = Names.end(writing.now(), held.ttl());
        if (held.kind() == Kind.VALUE) {
            var value = writing.encoded(held.value(), "'" + held.key() + "'");
            writing.add(held.key(), Kind.VALUE, value, end);
        } else {
            Parts.made(writing, held.key(), held.kind(), end, items(writing, held)).store();
        }
    }

    private static List<StateItem> items(Writing writing, Held held) {
        if (!(held.value() instanceof Value.Table table) || table.entries().isEmpty()) {
            throw unfit(held);
        }
        var items = new ArrayList<StateItem>();
        // Asked for once: a table counts its items anew each time.
        int length = held.kind() == Kind.HASH ? 0 : table.length();
        for (int i = 1; i <= length; i++) {
            byte[] item = encoded(writing, held, table.at(i));
            items.add(
                    held.kind() == Kind.LIST
                            ? new StateItem(Place.index(i - 1), item)
                            : new StateItem(Place.member(Reading.decoded(item)), Writing.NOTHING));
        }
        for (var entry : held.kind() == Kind.HASH ? table.entries() : List.<Value.Entry>of()) {
            items.add(field(writing, held, entry));
        }
        if (items.size() != table.entries().size()) {
            throw unfit(held);
        }
        return items;
    }

    private static StateItem field(Writing writing, Held held, Value.Entry entry) {
        if (!(entry.key() instanceof Text name)) {
            throw unfit(held);
        }
        Names.check("the name of a field", name.toString());
        return new StateItem(Place.field(name.toString()), encoded(writing, held, entry.value()));
    }

    private static byte[] encoded(Writing writing, Held held, Value item) {
        return writing.encoded(item, "an item of '" + held.key() + "'");
    }

    private static StateRefusal unfit(Held held) {
        return Names.wrong(
                "the value of '%s' cannot be a %s"
                        .formatted(held.key(), held.kind().name().toLowerCase(Locale.ROOT)));
    }
}
