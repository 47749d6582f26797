package dev.sloth.plugins.state;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.state.StateCommand;
import java.util.List;

/// Functions on hashes and sets.
final class HashFunctions {
    private HashFunctions() {}

    static List<Function> all() {
        return List.of(
                hashSet(),
                hashGet(),
                hashDelete(),
                hashAll(),
                setAdd(),
                setRemove(),
                setHas(),
                setMembers());
    }

    private static Function.Builder onField(String name) {
        return StateModule.onKey(name).param("field", Type.STRING, "The name of the field.");
    }

    private static Function hashSet() {
        return onField("hash_set")
                .doc("Sets a field of a hash, which is made if there is none.")
                .param("value", Type.ANY, "Any data but nil.")
                .param(StateModule.options())
                .returns("done", Type.BOOLEAN, "True.")
                .example("state.hash_set(\"hosts\", \"web1\", {up = true})")
                .body(call -> {
                    var asked = Asked.with(call);
                    var put =
                            new StateCommand.PutField(
                                    asked.key(), asked.text("field"), asked.item("value"));
                    return Results.bool(asked.act(put).done());
                });
    }

    private static Function hashGet() {
        return onField("hash_get")
                .doc("A field of a hash.")
                .optional("default", Type.ANY, "What to give back when there is none.")
                .returnsOrNil("value", Type.ANY, "The value, or the default.")
                .body(call -> {
                    var asked = Asked.of(call);
                    var answer =
                            asked.ask(new StateCommand.GetField(asked.key(), asked.text("field")));
                    return List.of(answer.done() ? answer.value() : call.value("default"));
                });
    }

    private static Function hashDelete() {
        return onField("hash_delete")
                .doc("Deletes a field of a hash.")
                .param(StateModule.options())
                .returns("existed", Type.BOOLEAN, "Whether there was one.")
                .body(call -> {
                    var asked = Asked.with(call);
                    var drop = new StateCommand.DropField(asked.key(), asked.text("field"));
                    return Results.bool(asked.act(drop).done());
                });
    }

    private static Function hashAll() {
        return StateModule.onKey("hash_all")
                .doc("All fields of a hash.")
                .returns("fields", Type.TABLE, "Name to value, sorted by name.")
                .body(call -> {
                    var asked = Asked.of(call);
                    return List.of(asked.ask(new StateCommand.Fields(asked.key())).value());
                });
    }

    private static Function.Builder onMember(String name) {
        return StateModule.onKey(name)
                .param("member", Type.ANY, "Any data but nil; tables are equal by what they hold.");
    }

    private static Function setAdd() {
        return onMember("set_add")
                .doc("Adds a member to a set, which is made if there is none.")
                .param(StateModule.options())
                .returns("new", Type.BOOLEAN, "Whether it was not there before.")
                .example("if state.set_add(\"seen\", id) then notify(id) end")
                .body(call -> {
                    var asked = Asked.with(call);
                    var add = new StateCommand.AddMember(asked.key(), asked.item("member"));
                    return Results.bool(asked.act(add).done());
                });
    }

    private static Function setRemove() {
        return onMember("set_remove")
                .doc("Removes a member from a set.")
                .param(StateModule.options())
                .returns("existed", Type.BOOLEAN, "Whether it was there.")
                .body(call -> {
                    var asked = Asked.with(call);
                    var drop = new StateCommand.DropMember(asked.key(), asked.item("member"));
                    return Results.bool(asked.act(drop).done());
                });
    }

    private static Function setHas() {
        return onMember("set_has")
                .doc("Whether a set has a member.")
                .returns("has", Type.BOOLEAN, "Whether it has.")
                .body(call -> {
                    var asked = Asked.of(call);
                    var has = new StateCommand.HasMember(asked.key(), asked.item("member"));
                    return Results.bool(asked.ask(has).done());
                });
    }

    private static Function setMembers() {
        return StateModule.onKey("set_members")
                .doc("All members of a set: numbers first, then texts, each sorted.")
                .returns("members", Type.TABLE, "A list of them.")
                .body(call -> {
                    var asked = Asked.of(call);
                    return List.of(asked.ask(new StateCommand.Members(asked.key())).value());
                });
    }
}
