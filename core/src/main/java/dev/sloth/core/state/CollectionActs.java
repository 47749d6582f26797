package dev.sloth.core.state;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateCommand.End;
import dev.sloth.api.value.Value;
import dev.sloth.core.store.state.StateEntry.Kind;
import dev.sloth.core.store.state.StateItem;
import java.util.Arrays;

/// Changes of lists, hashes and sets. The items of a list are at the indexes from its front on,
/// without gaps.
final class CollectionActs {
    private final Writing writing;

    CollectionActs(Writing writing) {
        this.writing = writing;
    }

    private byte[] encoded(String key, Value item) {
        if (item == Value.Nil.NIL) {
            throw Names.wrong("'%s' cannot have nil as an item".formatted(key));
        }
        return writing.encoded(item, "an item of '" + key + "'");
    }

    Answer push(StateCommand.Push push) {
        byte[] item = encoded(push.key(), push.item());
        var list = Parts.open(writing, push.key(), Kind.LIST);
        if (push.end() == End.FRONT) {
            list.front(list.front() - 1);
            list.put(Place.index(list.front()), item);
        } else {
            list.put(Place.index(list.front() + list.size()), item);
        }
        list.store();
        return Answer.of(list.size());
    }

    Answer pop(StateCommand.Pop pop) {
        var found = Parts.find(writing, pop.key(), Kind.LIST);
        if (found.isEmpty()) {
            return Answer.NOT;
        }
        var list = found.get();
        if (list.size() == 0) {
            // A table without anything that was set as a whole.
            list.store();
            return Answer.NOT;
        }
        boolean front = pop.end() == End.FRONT;
        byte[] place = Place.index(front ? list.front() : list.front() + list.size() - 1);
        byte[] item = list.at(place).orElseThrow();
        list.drop(new StateItem(place, item));
        list.front(front ? list.front() + 1 : list.front());
        list.store();
        return Answer.of(Reading.decoded(item));
    }

    Answer removeItem(String key, Value wanted) {
        var found = Parts.find(writing, key, Kind.LIST);
        if (found.isEmpty()) {
            return Answer.of(0);
        }
        var list = found.get();
        var before = list.all();
        long end = list.front();
        for (var item : before) {
            if (Same.values(Reading.decoded(item.value()), wanted)) {
                continue;
            }
            byte[] place = Place.index(end++);
            if (!Arrays.equals(place, item.place())) {
                list.put(place, item.value());
            }
        }
        int kept = (int) (end - list.front());
        before.subList(kept, before.size()).forEach(item -> list.drop(now(list, item)));
        list.store();
        return Answer.of(before.size() - kept);
    }

    /// Another may have taken its place meanwhile.
    private static StateItem now(Parts list, StateItem item) {
        return new StateItem(item.place(), list.at(item.place()).orElseThrow());
    }

    Answer putField(StateCommand.PutField put) {
        Names.check("the name of a field", put.field());
        byte[] value = encoded(put.key(), put.value());
        var hash = Parts.open(writing, put.key(), Kind.HASH);
        hash.put(Place.field(put.field()), value);
        hash.store();
        return Answer.DONE;
    }

    Answer dropField(String key, String field) {
        return drop(key, Kind.HASH, Place.field(field));
    }

    private Answer drop(String key, Kind kind, byte[] place) {
        var found = Parts.find(writing, key, kind);
        var item = found.flatMap(parts -> parts.at(place));
        found.ifPresent(parts -> {
            item.ifPresent(value -> parts.drop(new StateItem(place, value)));
            parts.store();
        });
        return Answer.of(item.isPresent());
    }

    Answer addMember(String key, Value member) {
        byte[] place = Place.member(Reading.decoded(encoded(key, member)));
        var set = Parts.open(writing, key, Kind.SET);
        boolean known = set.at(place).isPresent();
        if (!known) {
            set.put(place, Writing.NOTHING);
        }
        set.store();
        return Answer.of(!known);
    }

    Answer dropMember(String key, Value member) {
        return drop(key, Kind.SET, Place.member(member));
    }
}
