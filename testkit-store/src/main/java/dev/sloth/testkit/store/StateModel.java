package dev.sloth.testkit.store;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateCommand.End;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What shared state should answer, said as simply as possible: a table in memory, one value a key,
/// without limits. Members of sets are numbers or texts.
final class StateModel {
    /// What a key holds. Exactly one of the four is used.
    private sealed interface Held {
        record Whole(Value value) implements Held {}

        record Items(List<Value> items) implements Held {}

        record Fields(Map<String, Value> fields) implements Held {}

        record Members(List<Value> members) implements Held {}
    }

    private record Cell(Held held, Instant end) {}

    private final Map<String, Cell> cells = new TreeMap<>();

    Answer answer(StateCommand command, Instant now) {
        cells.values().removeIf(cell -> !cell.end().isAfter(now));
        return switch (command) {
            case StateCommand.Get(var key, _) -> found(value(key));
            case StateCommand.Exists(var key) -> Answer.of(cells.containsKey(key));
            case StateCommand.Ttl(var key) -> Answer.of(ttl(key, now));
            case StateCommand.Type(var key) -> Answer.of(Text.of(type(key)));
            case StateCommand.Keys(_, var after, int limit) -> keys(after, limit);
            case StateCommand.Put(var key, var value, var ttl, boolean absent) ->
                    put(key, value, ttl.map(now::plus).orElse(Instant.MAX), absent);
            case StateCommand.Swap(var key, var expected, var next) -> swap(key, expected, next);
            case StateCommand.Delete(var key) -> Answer.of(cells.remove(key) != null);
            case StateCommand.DeleteMany(var keys) ->
                    Answer.of(keys.stream().filter(key -> cells.remove(key) != null).count());
            case StateCommand.Expire(var key, var ttl) ->
                    expire(key, ttl.map(now::plus).orElse(Instant.MAX));
            case StateCommand.Add(var key, double delta) -> add(key, delta);
            case StateCommand.Append(var key, var text) -> append(key, text);
            case StateCommand.Rename(var key, var next) -> rename(key, next);
            case StateCommand.Push(var key, var item, var end) -> push(key, item, end);
            case StateCommand.Pop(var key, var end) -> pop(key, end);
            case StateCommand.Length(var key) -> Answer.of((long) items(key).size());
            case StateCommand.Range(var key, long from, long to) -> range(items(key), from, to);
            case StateCommand.RemoveItem(var key, var item) -> removeItem(key, item);
            case StateCommand.PutField(var key, var field, var value) -> {
                fields(key).put(field, value);
                yield Answer.DONE;
            }
            case StateCommand.GetField(var key, var field) ->
                    found(Optional.ofNullable(fieldsSeen(key).get(field)));
            case StateCommand.DropField(var key, var field) -> dropField(key, field);
            case StateCommand.Fields(var key) -> Answer.of(DataTable.of(fieldsSeen(key)));
            case StateCommand.AddMember(var key, var member) -> addMember(key, member);
            case StateCommand.DropMember(var key, var member) -> dropMember(key, member);
            case StateCommand.HasMember(var key, var member) ->
                    Answer.of(membersSeen(key).contains(member));
            case StateCommand.Members(var key) -> Answer.of(sorted(membersSeen(key)));
            default -> throw new IllegalArgumentException("the model knows nothing of " + command);
        };
    }

    private static Answer found(Optional<Value> value) {
        return value.map(Answer::of).orElse(Answer.NOT);
    }

    Optional<Value> value(String key) {
        return Optional.ofNullable(cells.get(key)).map(cell -> value(cell.held()));
    }

    private static Value value(Held held) {
        return switch (held) {
            case Held.Whole(var value) -> value;
            case Held.Items(var items) -> DataTable.list(items);
            case Held.Fields(var fields) -> DataTable.of(fields);
            case Held.Members(var members) -> sorted(members);
        };
    }

    private static DataTable sorted(List<Value> members) {
        return DataTable.list(
                members.stream()
                        .sorted(
                                Comparator.comparing((Value m) -> m instanceof Text)
                                        .thenComparing(m -> m instanceof Value.Num(var n) ? n : 0.0)
                                        .thenComparing(Value::toString))
                        .toList());
    }

    /// All that is there, to be compared with what was there.
    Map<String, Value> all(Instant now) {
        var all = new TreeMap<String, Value>();
        cells.forEach((key, cell) -> {
            if (cell.end().isAfter(now)) {
                all.put(key, value(cell.held()));
            }
        });
        return all;
    }

    private double ttl(String key, Instant now) {
        var cell = Optional.ofNullable(cells.get(key));
        if (cell.isEmpty()) {
            return -2;
        }
        var end = cell.get().end();
        return end.equals(Instant.MAX) ? -1 : Duration.between(now, end).toNanos() / 1e9;
    }

    private String type(String key) {
        return Optional.ofNullable(cells.get(key))
                .map(cell ->
                        switch (cell.held()) {
                            case Held.Whole(var value) -> value.type();
                            case Held.Items _ -> "list";
                            case Held.Fields _ -> "hash";
                            case Held.Members _ -> "set";
                        })
                .orElse("nil");
    }

    private Answer keys(String after, int limit) {
        return Answer.of(
                DataTable.list(
                        cells.keySet().stream()
                                .filter(key -> key.compareTo(after) > 0)
                                .limit(limit)
                                .map(Text::of)
                                .toList()));
    }

    private Answer put(String key, Value value, Instant end, boolean onlyIfAbsent) {
        var old = value(key).orElse(Value.Nil.NIL);
        if (onlyIfAbsent && cells.containsKey(key)) {
            return new Answer(false, old);
        }
        cells.put(key, new Cell(new Held.Whole(value), end));
        return new Answer(true, old);
    }

    private Answer swap(String key, Value expected, Value next) {
        if (!value(key).orElse(Value.Nil.NIL).equals(expected)) {
            return Answer.NOT;
        }
        keep(key, new Held.Whole(next));
        return Answer.DONE;
    }

    /// For the same time as what was there.
    private void keep(String key, Held held) {
        var end = Optional.ofNullable(cells.get(key)).map(Cell::end).orElse(Instant.MAX);
        cells.put(key, new Cell(held, end));
    }

    private Answer expire(String key, Instant end) {
        var cell = Optional.ofNullable(cells.get(key)).filter(known -> !known.end().equals(end));
        cell.ifPresent(known -> cells.put(key, new Cell(known.held(), end)));
        return Answer.of(cell.isPresent());
    }

    private Answer add(String key, double delta) {
        if (!(value(key).orElse(new Value.Num(0)) instanceof Value.Num(double old))) {
            throw new IllegalArgumentException("type");
        }
        keep(key, new Held.Whole(new Value.Num(old + delta)));
        return Answer.of(old + delta);
    }

    private Answer append(String key, Text text) {
        if (!(value(key).orElse(Text.of("")) instanceof Text old)) {
            throw new IllegalArgumentException("type");
        }
        var both = Text.of(old + text.toString());
        keep(key, new Held.Whole(both));
        return Answer.of((long) both.bytes().length);
    }

    private Answer rename(String key, String next) {
        var cell = Optional.ofNullable(cells.get(key));
        if (cell.isPresent() && !key.equals(next)) {
            cells.remove(key);
            cells.put(next, cell.get());
        }
        return Answer.of(cell.isPresent());
    }

    // ---- lists

    private List<Value> items(String key) {
        return switch (Optional.ofNullable(cells.get(key)).map(Cell::held)) {
            case Optional<Held> held when held.isEmpty() -> new ArrayList<>();
            case Optional<Held> held when held.get() instanceof Held.Items(var items) -> items;
            case Optional<Held> held
                    when held.get() instanceof Held.Whole(Value.Table table)
                            && table.length() == table.entries().size() -> {
                var items = new ArrayList<Value>();
                for (int i = 1; i <= table.length(); i++) {
                    items.add(table.at(i));
                }
                yield items;
            }
            case Optional<Held> _ -> throw new IllegalArgumentException("type");
        };
    }

    /// An empty one is not kept.
    private void keepItems(String key, List<Value> items) {
        if (items.isEmpty()) {
            cells.remove(key);
        } else {
            keep(key, new Held.Items(items));
        }
    }

    private Answer push(String key, Value item, End end) {
        var items = items(key);
        items.add(end == End.FRONT ? 0 : items.size(), item);
        keepItems(key, items);
        return Answer.of((long) items.size());
    }

    private Answer pop(String key, End end) {
        var items = items(key);
        if (items.isEmpty()) {
            cells.remove(key);
            return Answer.NOT;
        }
        var item = end == End.FRONT ? items.removeFirst() : items.removeLast();
        keepItems(key, items);
        return Answer.of(item);
    }

    private static Answer range(List<Value> items, long from, long to) {
        long first = Math.max(1, from < 0 ? items.size() + 1 + from : from);
        long last = Math.min(items.size(), to < 0 ? items.size() + 1 + to : to);
        return Answer.of(
                first > last
                        ? new DataTable()
                        : DataTable.list(items.subList((int) first - 1, (int) last)));
    }

    private Answer removeItem(String key, Value item) {
        var items = items(key);
        int before = items.size();
        items.removeIf(item::equals);
        keepItems(key, items);
        return Answer.of((long) before - items.size());
    }

    // ---- hashes and sets

    private Map<String, Value> fieldsSeen(String key) {
        return switch (Optional.ofNullable(cells.get(key)).map(Cell::held)) {
            case Optional<Held> held when held.isEmpty() -> new TreeMap<>();
            case Optional<Held> held when held.get() instanceof Held.Fields(var fields) -> fields;
            case Optional<Held> held
                    when held.get() instanceof Held.Whole(Value.Table table)
                            && table.entries().stream().allMatch(e -> e.key() instanceof Text) -> {
                var fields = new TreeMap<String, Value>();
                table.entries().forEach(e -> fields.put(e.key().toString(), e.value()));
                yield fields;
            }
            case Optional<Held> _ -> throw new IllegalArgumentException("type");
        };
    }

    private Map<String, Value> fields(String key) {
        var fields = fieldsSeen(key);
        keep(key, new Held.Fields(fields));
        return fields;
    }

    private Answer dropField(String key, String field) {
        var fields = fieldsSeen(key);
        boolean there = fields.remove(field) != null;
        if (fields.isEmpty()) {
            cells.remove(key);
        } else {
            keep(key, new Held.Fields(fields));
        }
        return Answer.of(there);
    }

    private List<Value> membersSeen(String key) {
        if (cells.containsKey(key) && cells.get(key).held() instanceof Held.Members(var members)) {
            return members;
        }
        if (cells.containsKey(key) && cells.get(key).held() instanceof Held.Items) {
            throw new IllegalArgumentException("type");
        }
        return new ArrayList<>(items(key).stream().distinct().toList());
    }

    private Answer addMember(String key, Value member) {
        var members = membersSeen(key);
        boolean fresh = !members.contains(member);
        if (fresh) {
            members.add(member);
        }
        keep(key, new Held.Members(members));
        return Answer.of(fresh);
    }

    private Answer dropMember(String key, Value member) {
        var members = membersSeen(key);
        boolean there = members.remove(member);
        if (members.isEmpty()) {
            cells.remove(key);
        } else {
            keep(key, new Held.Members(members));
        }
        return Answer.of(there);
    }
}
