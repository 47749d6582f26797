package dev.sloth.agent;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.value.Value.Bool;
import dev.sloth.api.value.Value.Nil;
import dev.sloth.api.workflow.Outcome;
import java.util.List;

/// What the results of a command or a hook mean.
///
/// @param silent whether nothing was returned, which counts as success
record Verdict(
        boolean success, String message, Value.Table outputs, boolean changed, boolean silent) {
    private static final String WHAT_TO_RETURN =
            "; return true, or true with a message and a table of outputs, or false with the reason";

    /// Of one who was not asked.
    static final Verdict SILENT = new Verdict(true, "", new DataTable(), true, true);

    static Verdict of(List<Value> results) {
        var first = at(results, 0);
        return switch (first) {
            case Nil _ -> ofNil(results);
            case Bool b -> ofBoolean(b, results);
            case Value.Table t when t.at("success") instanceof Bool b -> ofTable(t, b);
            case Text t when field(t, "success") instanceof Bool b -> ofText(t, b);
            case Value.Table _ ->
                    failed("the function returned a table without success" + WHAT_TO_RETURN);
            case Value.Num _, Text _, Value.Callable _, Value.Handle _ ->
                    failed("the function returned a " + first.type() + " first" + WHAT_TO_RETURN);
        };
    }

    /// What a function means that says where a task is to be done.
    static Outcome placement(List<Value> results) {
        var names = new DataTable();
        switch (at(results, 0)) {
            case Text name -> names.put(new Value.Num(1), name);
            case Value.Table list -> {
                for (var entry : list.entries()) {
                    if (entry.key() instanceof Text field) {
                        return wrongPlace("a table with a field '" + field + "'");
                    }
                    if (!(entry.value() instanceof Text name)) {
                        return wrongPlace("a list with a " + entry.value().type());
                    }
                    names.put(new Value.Num(names.length() + 1), name);
                }
            }
            case Nil _, Bool _, Value.Num _, Value.Callable _, Value.Handle _ -> {
                return wrongPlace("a " + at(results, 0).type());
            }
        }
        return Outcome.succeeded("", new DataTable().with("agents", names), false);
    }

    private static Outcome wrongPlace(String what) {
        return Failures.of(
                "the function of `delegate_to` must return an agent's name or a list of names, not "
                        + what);
    }

    private static Value at(List<Value> results, int index) {
        return index < results.size() ? results.get(index) : Nil.NIL;
    }

    static Verdict failed(String message) {
        return new Verdict(false, message, new DataTable(), true, false);
    }

    /// `return nil, "why"` is how Lua's own functions say that they failed.
    private static Verdict ofNil(List<Value> results) {
        var why = text(at(results, 1));
        return why.isEmpty() ? SILENT : failed(why);
    }

    private static Verdict ofBoolean(Bool success, List<Value> results) {
        var second = at(results, 1);
        if (!success.truthy()) {
            var why = text(second);
            return failed(why.isEmpty() ? "the function returned false" : why);
        }
        var third = at(results, 2);
        return switch (second instanceof Value.Table && third == Nil.NIL ? second : third) {
            case Nil _ -> new Verdict(true, text(second), new DataTable(), true, false);
            case Value.Table t -> new Verdict(true, text(second), t, changed(t), false);
            case Bool _, Value.Num _, Text _, Value.Callable _, Value.Handle _ ->
                    failed("the third value must be a table of outputs, was a " + third.type());
        };
    }

    private static Verdict ofTable(Value.Table table, Bool success) {
        var message = text(table.at("message"));
        var error = text(table.at("error"));
        if (!success.truthy()) {
            var why = error.isEmpty() ? message : error;
            return failed(why.isEmpty() ? "the function returned success = false" : why);
        }
        var outputs = table.at("outputs") instanceof Value.Table t ? t : new DataTable();
        return new Verdict(true, message, outputs, changed(table) && changed(outputs), false);
    }

    /// The result of `exec.run`, returned as it is.
    private static Verdict ofText(Text result, Bool success) {
        if (success.truthy()) {
            return new Verdict(true, "", new DataTable(), true, false);
        }
        var stderr = text(field(result, "stderr")).strip();
        var code = text(field(result, "exit_code"));
        return failed(stderr.isEmpty() ? "the command ended with exit code " + code : stderr);
    }

    private static Value field(Text text, String name) {
        return text.fields().stream()
                .filter(entry -> entry.key().equals(Text.of(name)))
                .map(Value.Entry::value)
                .findFirst()
                .orElse(Nil.NIL);
    }

    private static boolean changed(Value.Table table) {
        return table.at("changed") != Bool.FALSE;
    }

    static String text(Value value) {
        return switch (value) {
            case Text t -> t.toString();
            case Value.Num n when n.whole() -> Long.toString((long) n.value());
            case Value.Num n -> Double.toString(n.value());
            case Bool b -> Boolean.toString(b.truthy());
            case Nil _, Value.Table _, Value.Callable _, Value.Handle _ -> "";
        };
    }
}
