package dev.sloth.plugins.state;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateCommand.End;
import java.util.List;

/// Functions on lists.
final class ListFunctions {
    private ListFunctions() {}

    static List<Function> all() {
        return List.of(
                push("list_push", "end", End.BACK),
                push("list_push_front", "front", End.FRONT),
                pop("list_pop", "last", End.BACK),
                pop("list_pop_front", "first", End.FRONT),
                length(),
                range(),
                remove());
    }

    private static Function push(String name, String where, End end) {
        return StateModule.onKey(name)
                .doc("Adds an item at the " + where + " of a list, which is made if there is none.")
                .param("item", Type.ANY, "Any data but nil.")
                .param(StateModule.options())
                .returns("length", Type.INTEGER, "How many items there are now.")
                .example("state." + name + "(\"queue\", {host = \"web1\"})")
                .body(call -> {
                    var asked = Asked.with(call);
                    var push = new StateCommand.Push(asked.key(), asked.item("item"), end);
                    return List.of(asked.act(push).value());
                });
    }

    private static Function pop(String name, String which, End end) {
        return StateModule.onKey(name)
                .doc("Takes the " + which + " item of a list away.")
                .param(StateModule.options())
                .returnsOrNil("item", Type.ANY, "The item, or nil when there is none.")
                .body(call -> {
                    var asked = Asked.with(call);
                    return List.of(asked.act(new StateCommand.Pop(asked.key(), end)).value());
                });
    }

    private static Function length() {
        return StateModule.onKey("list_length")
                .doc("How many items a list has.")
                .returns("length", Type.INTEGER, "How many; 0 when there is none.")
                .body(call -> {
                    var asked = Asked.of(call);
                    return List.of(asked.ask(new StateCommand.Length(asked.key())).value());
                });
    }

    private static Function range() {
        return StateModule.onKey("list_range")
                .doc("Items of a list. They count from 1, or from -1 backwards from the end.")
                .optional("from", Type.INTEGER, "The first; 1 if nil.")
                .optional("to", Type.INTEGER, "The last; -1 if nil.")
                .returns("items", Type.TABLE, "A list of them.")
                .body(call -> {
                    var asked = Asked.of(call);
                    var range =
                            new StateCommand.Range(
                                    asked.key(), call.integer("from", 1), call.integer("to", -1));
                    return List.of(asked.ask(range).value());
                });
    }

    private static Function remove() {
        return StateModule.onKey("list_remove")
                .doc("Removes all items of a list that are equal to this one.")
                .param("item", Type.ANY, "The item.")
                .param(StateModule.options())
                .returns("count", Type.INTEGER, "How many were removed.")
                .body(call -> {
                    var asked = Asked.with(call);
                    var remove = new StateCommand.RemoveItem(asked.key(), asked.item("item"));
                    return List.of(asked.act(remove).value());
                });
    }
}
