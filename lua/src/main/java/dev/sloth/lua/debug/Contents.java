package dev.sloth.lua.debug;

import dev.sloth.lua.debug.Container.Part;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaText;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.vm.Sight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What is in a container. On the thread that has the right to run in the state.
final class Contents {
    private final LuaState s;
    private final Display display;

    Contents(LuaState s, Display display) {
        this.s = s;
        this.display = display;
    }

    /// At most `count` of them, beginning with the one at `start`.
    Page page(Container container, Part part, int start, int count) {
        var found = some(container, part, start, count + 1);
        var shown =
                found.stream()
                        .limit(count)
                        .map(v -> new Datum(v.number(), v.object()))
                        .map(display::of)
                        .toList();
        List<Variable> variables = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            var each = found.get(i);
            variables.add(
                    new Variable(
                            each.name(), new Datum(each.number(), each.object()), shown.get(i)));
        }
        return new Page(variables, found.size() > count);
    }

    /// The one of that name; of several variables the one that is seen.
    Optional<Sight.Variable> named(Container container, String name) {
        return some(container, Part.ALL, 0, Integer.MAX_VALUE).stream()
                .filter(v -> v.name().equals(name))
                .reduce((_, inner) -> inner);
    }

    private List<Sight.Variable> some(Container container, Part part, int start, int count) {
        return switch (container) {
            case Container.Locals(var call) -> slice(locals(call), start, count);
            case Container.Upvalues(var call) ->
                    slice(call.sight().map(Sight::upvalues).orElse(List.of()), start, count);
            case Container.Varargs(var call) ->
                    slice(call.sight().map(Sight::varargs).orElse(List.of()), start, count);
            case Container.Globals(var call) ->
                    call.sight()
                            .map(sight -> entries(sight.globals(), part, start, count))
                            .orElse(List.of());
            case Container.Fields(var _, var value) ->
                    switch (value.o()) {
                        case LuaTable table -> entries(table, part, start, count);
                        case LuaText rich -> entries(rich.fields(), part, start, count);
                        default -> List.of();
                    };
        };
    }

    /// Without those that others of their name hide.
    private static List<Sight.Variable> locals(Call call) {
        var all = call.sight().map(Sight::locals).orElse(List.of());
        List<Sight.Variable> seen = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            var each = all.get(i);
            if (seen.stream().noneMatch(v -> v.name().equals(each.name()))) {
                seen.add(each);
            }
        }
        Collections.reverse(seen);
        return seen;
    }

    private static List<Sight.Variable> slice(List<Sight.Variable> all, int start, int count) {
        return all.stream().skip(start).limit(count).toList();
    }

    private List<Sight.Variable> entries(LuaTable table, Part part, int start, int count) {
        return part == Part.ITEMS ? items(table, start, count) : walked(table, part, start, count);
    }

    private List<Sight.Variable> items(LuaTable table, long start, int count) {
        List<Sight.Variable> all = new ArrayList<>();
        for (long i = start + 1; i <= table.length() && all.size() < count; i++) {
            all.add(new Entry(new Datum(i, LuaNil.NIL), table));
        }
        return all;
    }

    private List<Sight.Variable> walked(LuaTable table, Part part, int start, int count) {
        List<Sight.Variable> all = new ArrayList<>();
        int passed = 0;
        for (int p = table.nextPosition(-1);
                p >= 0 && all.size() < count;
                p = table.nextPosition(p)) {
            if (part == Part.OTHERS && display.isItem(table, p)) {
                continue;
            }
            if (passed++ >= start) {
                double k = table.keyAt(s, p);
                all.add(new Entry(new Datum(k, LuaValues.isNumber(k) ? LuaNil.NIL : s.out), table));
            }
        }
        return all;
    }

    /// An entry of a table, without its metamethods.
    private final class Entry implements Sight.Variable {
        private final Datum key;
        private final LuaTable table;

        Entry(Datum key, LuaTable table) {
            this.key = key;
            this.table = table;
        }

        @Override
        public String name() {
            return display.key(key);
        }

        @Override
        public double number() {
            return table.get(s, key.d(), key.o());
        }

        @Override
        public Object object() {
            double d = number();
            return LuaValues.isNumber(d) ? LuaNil.NIL : s.out;
        }

        @Override
        public void put(double d, Object o) {
            table.set(s, key.d(), key.o(), d, o);
        }
    }
}
