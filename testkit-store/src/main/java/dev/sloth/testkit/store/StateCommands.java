package dev.sloth.testkit.store;

import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateCommand.End;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.testkit.Gen;
import java.time.Duration;
import java.util.Optional;

/// Draws commands that a [StateModel] knows, over so few keys that they meet.
final class StateCommands {
    private final Gen gen;

    StateCommands(Gen gen) {
        this.gen = gen;
    }

    private String key() {
        return gen.oneOf("a", "b", "c/1");
    }

    private String field() {
        return gen.oneOf("x", "y");
    }

    /// Of a set, or of a list.
    private Value item() {
        return gen.yes()
                ? new Value.Num(gen.between(-2, 2) + 0.0)
                : Text.of(gen.oneOf("", "x", "yy"));
    }

    private Value value() {
        return switch (gen.below(7)) {
            case 0 -> Value.Nil.NIL;
            case 1 -> Value.Bool.of(gen.yes());
            case 2 -> DataTable.list(gen.list(gen.below(4), this::item));
            case 3 ->
                    new DataTable()
                            .with("x", item())
                            .with("y", DataTable.list(gen.list(2, this::item)));
            case 4 -> new DataTable().with("x", 1).with("z", gen.yes());
            default -> item();
        };
    }

    private Optional<Duration> ttl() {
        return gen.chance(70)
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(gen.between(1, 9)));
    }

    private End end() {
        return gen.oneOf(End.FRONT, End.BACK);
    }

    StateCommand draw() {
        return gen.yes() ? act() : gen.yes() ? part() : look();
    }

    private StateCommand act() {
        return switch (gen.below(9)) {
            case 0 -> new StateCommand.Put(key(), value(), ttl(), gen.chance(30));
            case 1 -> new StateCommand.Swap(key(), value(), value());
            case 2 -> new StateCommand.Delete(key());
            case 3 -> new StateCommand.Expire(key(), ttl());
            case 4 -> new StateCommand.Add(key(), gen.between(-3, 3));
            case 5 -> new StateCommand.Append(key(), Text.of(gen.string("ab")));
            case 6 -> new StateCommand.Rename(key(), key());
            case 7 -> new StateCommand.DeleteMany(gen.list(gen.below(3), this::key));
            default -> new StateCommand.Put(key(), value(), ttl(), false);
        };
    }

    private StateCommand part() {
        return switch (gen.below(8)) {
            case 0, 1 -> new StateCommand.Push(key(), item(), end());
            case 2 -> new StateCommand.Pop(key(), end());
            case 3 -> new StateCommand.RemoveItem(key(), item());
            case 4 -> new StateCommand.PutField(key(), field(), item());
            case 5 -> new StateCommand.DropField(key(), field());
            case 6 -> new StateCommand.AddMember(key(), item());
            default -> new StateCommand.DropMember(key(), item());
        };
    }

    private StateCommand look() {
        return switch (gen.below(11)) {
            case 0 -> new StateCommand.Get(key(), Optional.empty());
            case 1 -> new StateCommand.Exists(key());
            case 2 -> new StateCommand.Ttl(key());
            case 3 -> new StateCommand.Type(key());
            case 4 -> new StateCommand.Keys("*", gen.oneOf("", "a", "b"), gen.between(1, 3));
            case 5 -> new StateCommand.Length(key());
            case 6 -> new StateCommand.Range(key(), gen.between(-4, 4), gen.between(-4, 4));
            case 7 -> new StateCommand.GetField(key(), field());
            case 8 -> new StateCommand.Fields(key());
            case 9 -> new StateCommand.HasMember(key(), item());
            default -> new StateCommand.Members(key());
        };
    }
}
