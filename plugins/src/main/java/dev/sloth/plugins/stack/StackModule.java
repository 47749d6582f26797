package dev.sloth.plugins.stack;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;

/// The module `stack`.
public final class StackModule {
    private static final String HANDLE = "stack";

    private StackModule() {}

    public static Module module() {
        return Module.named(
                        "stack",
                        "What scripts have made, remembered on disk under a name: outputs and"
                                + " resources. The name is the run's value stack, such as --var"
                                + " stack=prod, or default; stack.use gives another.")
                .functions(use())
                .functions(functions())
                .handles(
                        HandleType.named(HANDLE, "A stack, with the functions of the module.")
                                .methods(functions()));
    }

    private static Function[] functions() {
        return new Function[] {
            name(),
            id(),
            status(),
            setOutput(),
            output(),
            outputs(),
            register(),
            resource(),
            update(),
            delete(),
            exists(),
            list()
        };
    }

    private static Function.Builder named(String name) {
        return Function.named(name).needs(Permission.STATE);
    }

    private static Function.Builder ofResource(String name) {
        return named(name)
                .param("type", Type.STRING, "The type of the resource.")
                .param("name", Type.STRING, "Its name.");
    }

    /// The object whose method it is, or the stack of the run.
    private static Stack stack(Call call) {
        return call.self() instanceof Stack given ? given : Stack.of(call.host());
    }

    private static Function use() {
        return Function.named("use")
                .doc("Gives another stack than that of the run.")
                .param("name", Type.STRING, "Its name.")
                .returns("stack", Type.HANDLE, "The stack, for stack:get_output(...) and so on.")
                .example("local prod = stack.use(\"prod\")")
                .body(call -> Results.of(new Value.Handle(HANDLE, new Stack(call.text("name")))));
    }

    private static Function name() {
        return Function.named("get_name")
                .doc("Names the stack.")
                .returns("name", Type.STRING, "The name.")
                .example("log.info(stack.get_name())")
                .body(call -> Results.text(stack(call).name()));
    }

    private static Function id() {
        return Function.named("get_id")
                .doc("Gives the id of the stack: the same for the same name, always.")
                .returns("id", Type.STRING, "32 hexadecimal digits.")
                .example("local id = stack.get_id()")
                .body(call -> Results.text(stack(call).id()));
    }

    private static Function status() {
        return named("get_status")
                .doc("Tells how the stack stands.")
                .returns(
                        "status",
                        Type.STRING,
                        "empty; failed or pending when a resource is; else active.")
                .example("if stack.get_status() == \"failed\" then log.warn(\"look\") end")
                .body(call -> Results.text(stack(call).status(call.host())));
    }

    private static Function setOutput() {
        return named("set_output")
                .doc("Remembers a value; nil forgets it.")
                .param("key", Type.STRING, "What it is called.")
                .param("value", Type.ANY, "The value.")
                .example("stack.set_output(\"url\", \"https://shop.example.org\")")
                .body(call -> {
                    stack(call).output(call, call.text("key"), call.value("value"));
                    return Results.none();
                });
    }

    private static Function output() {
        return named("get_output")
                .doc("Gives a value that was remembered.")
                .param("key", Type.STRING, "What it is called.")
                .returns("value", Type.ANY, "The value, or nil.")
                .example("local url = stack.get_output(\"url\")")
                .body(call -> Results.of(stack(call).output(call.host(), call.text("key"))));
    }

    private static Function outputs() {
        return named("get_outputs")
                .doc("Gives all values that are remembered.")
                .returns("values", Type.TABLE, "The values by what they are called.")
                .example("for k, v in pairs(stack.get_outputs()) do print(k, v) end")
                .body(call -> {
                    var all = stack(call).allOutputs(call.host());
                    return Results.of(all == Value.Nil.NIL ? new DataTable() : all);
                });
    }

    private static Function register() {
        return named("register_resource")
                .doc(
                        "Remembers a resource and tells whether it is new or other than before, by"
                                + " the SHA-256 of its properties. One that is new or changed is"
                                + " pending until update_resource says otherwise.")
                .param(
                        Parameter.required("resource", Type.TABLE, "The resource.")
                                .options(
                                        Parameter.required("type", Type.STRING, "Its type."),
                                        Parameter.required("name", Type.STRING, "Its name."),
                                        Parameter.optional("module", Type.STRING, "What makes it."),
                                        Parameter.optional(
                                                "properties", Type.TABLE, "What it shall be."),
                                        Parameter.optional(
                                                "dependencies",
                                                Type.TABLE,
                                                "What it needs, as a list.")))
                .returns("what", Type.STRING, "created, changed or unchanged.")
                .returns("resource", Type.TABLE, "What is remembered of it now.")
                .example(
                        "local what = stack.register_resource{type = \"file\", name = \"conf\","
                                + " properties = {mode = \"0644\"}}")
                .body(call -> {
                    var done = stack(call).register(call, call.table("resource"));
                    return Results.of(Text.of(done.what()), done.resource());
                });
    }

    private static Function resource() {
        return ofResource("get_resource")
                .doc("Tells what is remembered of a resource.")
                .returnsOrNil(
                        "resource",
                        Type.TABLE,
                        "type, name, module, properties, dependencies, checksum, state, error,"
                                + " created_at and updated_at; or nil.")
                .example("local conf = stack.get_resource(\"file\", \"conf\")")
                .body(call ->
                        Results.of(
                                stack(call)
                                        .resource(
                                                call.host(),
                                                call.text("type"),
                                                call.text("name"))));
    }

    private static Function update() {
        return ofResource("update_resource")
                .param(
                        "changes",
                        Type.TABLE,
                        "What is other now, such as state (pending, applied or failed) and error.")
                .doc("Remembers how a resource stands now. A new state clears the error.")
                .returnsOrNil("resource", Type.TABLE, "What is remembered now, or nil.")
                .returnsOrNil("error", Type.STRING, "That there is none, or nil.")
                .example("stack.update_resource(\"file\", \"conf\", {state = \"applied\"})")
                .body(call -> {
                    var updated =
                            stack(call)
                                    .update(
                                            call,
                                            call.text("type"),
                                            call.text("name"),
                                            call.table("changes"));
                    return updated == Value.Nil.NIL
                            ? Results.fail("there is no such resource")
                            : Results.of(updated);
                });
    }

    private static Function delete() {
        return ofResource("delete_resource")
                .doc("Forgets a resource; it is not removed itself.")
                .returns("deleted", Type.BOOLEAN, "Whether it was remembered.")
                .example("stack.delete_resource(\"file\", \"conf\")")
                .body(call ->
                        Results.bool(
                                stack(call)
                                        .delete(
                                                call.host(),
                                                call.text("type"),
                                                call.text("name"))));
    }

    private static Function exists() {
        return ofResource("resource_exists")
                .doc("Says whether a resource is remembered.")
                .returns("yes", Type.BOOLEAN, "Whether it is.")
                .example("if stack.resource_exists(\"file\", \"conf\") then return true end")
                .body(call ->
                        Results.bool(
                                stack(call)
                                        .resource(call.host(), call.text("type"), call.text("name"))
                                        .truthy()));
    }

    private static Function list() {
        return named("list_resources")
                .doc("Lists what is remembered, sorted by type and name.")
                .optional("type", Type.STRING, "Only those of this type.")
                .returns("resources", Type.TABLE, "A list of resources.")
                .example("for _, r in ipairs(stack.list_resources()) do print(r.name) end")
                .body(call ->
                        Results.of(
                                DataTable.list(
                                        stack(call).all(call.host(), call.text("type", "")))));
    }
}
