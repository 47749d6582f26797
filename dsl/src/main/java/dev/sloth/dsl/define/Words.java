package dev.sloth.dsl.define;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.dsl.bind.Border;
import dev.sloth.dsl.bind.Offer;
import dev.sloth.dsl.bind.Shortcut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The modules that scripts define with: `task`, `workflow`, `group`.
public final class Words {
    private static final String TASK = "task";
    private static final String WORKFLOW = "workflow";

    private Words() {}

    /// The declarations: what is bound, and what the reference shows.
    public static List<Module> modules() {
        var vocabulary = Vocabulary.all();
        return List.of(
                Module.named(TASK, "Starts the definition of a task.")
                        .functions(task())
                        .handles(handle(TASK, "A task being defined.", vocabulary.tasks())),
                Module.named(WORKFLOW, "Defines workflows.")
                        .functions(define("define"), define(Function.ITSELF))
                        .handles(
                                handle(
                                        WORKFLOW,
                                        "A workflow being defined.",
                                        vocabulary.workflows())),
                Module.named("group", "Another word for workflow.")
                        .functions(define(Function.ITSELF)));
    }

    /// The builders, which note whatever they are given, right or wrong.
    public static Map<String, Offer.Unknown> lenient() {
        return Map.of(TASK, Words::unknown, WORKFLOW, Words::unknown);
    }

    /// Short ways through the words that a script says most, a thousand times perhaps, when it is
    /// loaded for one of its functions.
    public static Map<String, Shortcut> shortcuts() {
        var all = new HashMap<String, Shortcut>();
        all.put(TASK, Words::begun);
        var tasks = Vocabulary.all().tasks();
        for (String method : tasks.names()) {
            var field = tasks.named(method);
            all.put(
                    TASK + ":" + method,
                    (border, self, given) -> noted(border, self, field, given));
        }
        return all;
    }

    private static @Nullable Object begun(Border border, Object itself, List<Value> given) {
        if (given.size() == 1 && given.getFirst() instanceof Text name) {
            var definitions = Definitions.of(border.host());
            if (definitions.isPlaceless()) {
                var draft = definitions.task(name.toString(), Spot.Nowhere.NOWHERE);
                return border.handle(draft.handle());
            }
        }
        return null;
    }

    private static @Nullable Object noted(
            Border border, Object self, Fields.Known field, List<Value> given) {
        return self instanceof Draft draft && draft.isNoted(field, given)
                ? border.handle(draft.handle())
                : null;
    }

    private static List<Value> unknown(Call call, String method) {
        var draft = (Draft) call.self();
        var definitions = Definitions.of(call.host());
        if (!definitions.isLoaded()) {
            definitions.give(draft, method, call.all(), definitions.here(method), Code.METHOD);
        }
        return List.of(draft.handle());
    }

    /// The fields that stages may have, which are written as tables only.
    public static Set<String> stageFields() {
        return Set.copyOf(Vocabulary.all().names(Draft.Kind.STAGE));
    }

    // ---- task and workflow.define

    private static Function task() {
        return Function.named(Function.ITSELF)
                .doc("Starts the definition of a task; call its methods to say what it is.")
                .optional("name", Type.ANY, "The name, or a table with name and all fields.")
                .optional("fields", Type.TABLE, "All fields at once.")
                .returns(TASK, Type.HANDLE, "The task, to go on with.")
                .example("task(\"build\"):command(\"make\"):timeout(\"5m\")")
                .body(call -> started(call, TASK));
    }

    private static Function define(String name) {
        return Function.named(name)
                .doc("Defines a workflow; call its methods to say what it is.")
                .optional("name", Type.ANY, "The name, or a table with name and all fields.")
                .optional("fields", Type.TABLE, "All fields at once.")
                .returns(WORKFLOW, Type.HANDLE, "The workflow, to go on with.")
                .example("workflow.define(\"release\"):tasks({ build, publish })")
                .body(call -> started(call, name.equals(Function.ITSELF) ? WORKFLOW : name));
    }

    private static List<Value> started(Call call, String known) {
        var definitions = Definitions.of(call.host());
        Spot at = definitions.here(known);
        var fields = fields(call);
        String name = name(call.value("name"), fields);
        var draft =
                known.equals(TASK) ? definitions.task(name, at) : definitions.workflow(name, at);
        fields.forEach(table -> definitions.apply(draft, table, at));
        return List.of(draft.handle());
    }

    private static List<Value.Table> fields(Call call) {
        var tables = new ArrayList<Value.Table>(2);
        if (call.value("name") instanceof Value.Table table) {
            tables.add(table);
        }
        if (call.value("fields") instanceof Value.Table table) {
            tables.add(table);
        }
        return tables;
    }

    /// Empty when there is none: that is found out later, with all else.
    private static String name(Value given, List<Value.Table> fields) {
        if (given instanceof Text text) {
            return text.toString();
        }
        for (Value.Table table : fields) {
            if (table.at("name") instanceof Text text) {
                return text.toString();
            }
        }
        return "";
    }

    // ---- methods

    private static <P> HandleType handle(String name, String doc, Fields<P> fields) {
        var methods = new ArrayList<Function>();
        for (String method : fields.names()) {
            methods.add(method(name, method, fields.named(method)));
        }
        methods.add(build(name));
        methods.add(applied(name));
        return HandleType.named(name, doc).methods(methods.toArray(Function[]::new));
    }

    private static <P> Function method(String handle, String name, Fields.Field<P> field) {
        String doc =
                name.equals(field.field())
                        ? field.doc()
                        : "The same as `" + field.field() + "`. " + field.doc();
        var declared =
                Function.named(name)
                        .doc(doc)
                        .optional("value", field.type(), "What to set.")
                        .returns(handle, Type.HANDLE, "Itself, to go on with.");
        if (field.field().equals("retries")) {
            declared.optional("how", Type.STRING_OR_TABLE, "The strategy, or all options.");
        }
        if (field.grows()) {
            var _ = declared.variadic();
        }
        return declared.body(call -> unknown(call, name));
    }

    private static Function build(String handle) {
        return Function.named("build")
                .doc("Ends the definition; may be left out.")
                .returns(handle, Type.HANDLE, "Itself.")
                .body(call -> List.of(((Draft) call.self()).handle()));
    }

    /// `task "a" { command = "b" }`.
    private static Function applied(String handle) {
        return Function.named(Function.ITSELF)
                .doc("Sets all fields of a table.")
                .optional("fields", Type.TABLE, "The fields.")
                .returns(handle, Type.HANDLE, "Itself, to go on with.")
                .body(Words::apply);
    }

    private static List<Value> apply(Call call) {
        var draft = (Draft) call.self();
        var definitions = Definitions.of(call.host());
        if (definitions.isLoaded()) {
            return List.of(draft.handle());
        }
        Spot at = definitions.here("()");
        if (call.value("fields") instanceof Value.Table table) {
            definitions.apply(draft, table, at);
        } else {
            definitions.complain(
                    Code.TYPE,
                    at,
                    Definitions.who(draft) + " is called with something that is not a table",
                    "");
        }
        return List.of(draft.handle());
    }
}
