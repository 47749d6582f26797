package dev.sloth.dsl.define;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Span;
import dev.sloth.dsl.bind.Nearest;
import dev.sloth.lua.value.Activation;
import dev.sloth.lua.value.LuaState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The notes of one load of a script: which tasks and workflows it wrote down, and what about them.
public final class Definitions {
    /// How many drafts may be built one upon another.
    static final int FOUNDATIONS_MAX = 20;

    /// What a draft counts as in the memory of the script, whose own values do not hold it.
    private static final long DRAFT_BYTES = 1_024;

    private final LuaState state;
    private final boolean defining;
    private final Places places;
    private final Complaints complaints;
    private final Vocabulary vocabulary = new Vocabulary();
    private final List<Draft> all = new ArrayList<>();
    private final Map<String, Draft> tasks = new LinkedHashMap<>();
    private final List<Draft> workflows = new ArrayList<>();
    private final Map<String, Integer> keys = new HashMap<>();
    private final Set<Draft> used = new HashSet<>();
    private boolean full;

    /// @param defining whether places are to be noted and problems to be found; otherwise only the
    ///   functions matter
    public Definitions(LuaState state, boolean defining, Places places) {
        this.state = state;
        this.defining = defining;
        this.places = places;
        this.complaints = new Complaints(places);
    }

    static Definitions of(Call call) {
        return call.host()
                .keep(
                        Definitions.class,
                        () -> {
                            throw new dev.sloth.api.plugin.CallFailure(
                                    "tasks and workflows are defined in workflow scripts only");
                        });
    }

    // ---- what the script does

    /// The place of the call that is under way, which is known there by this name.
    Spot here(String name) {
        return defining && state.entry(1) instanceof Activation caller
                ? new Spot.Called(caller.chunk(), caller.line(), name)
                : Spot.Nowhere.NOWHERE;
    }

    /// A new task by its builder; the first of a name is the one that others refer to.
    Draft task(String name, Spot at) {
        var draft = draft(Draft.Kind.TASK, name, name, at);
        tasks.putIfAbsent(name, draft);
        return draft;
    }

    Draft workflow(String name, Spot at) {
        var draft = draft(Draft.Kind.WORKFLOW, name, name, at);
        workflows.add(draft);
        return draft;
    }

    /// A draft whose key is made different from all earlier ones.
    Draft draft(Draft.Kind kind, String key, String name, Spot at) {
        if ((all.size() + 1) * DRAFT_BYTES > state.budget().memoryBytes()) {
            // Drafts are never given back: whoever was told so once has no reason to go on.
            if (full) {
                state.killForMemory();
            }
            full = true;
            throw state.error("not enough memory");
        }
        String word = kind.word() + " " + key;
        int nth = keys.merge(word, 1, Integer::sum);
        var draft = new Draft(kind, nth == 1 ? key : key + "#" + nth, name, at);
        all.add(draft);
        return draft;
    }

    /// Notes one field of a draft; `code` is what to call it when there is no such field.
    void give(Draft draft, String name, List<Value> values, Spot at, Code code) {
        var known = vocabulary.known(draft.kind(), name);
        if (known.isEmpty()) {
            unknown(draft, name, at, code);
            return;
        }
        draft.give(known.get(), values, at);
        if (draft.kind() == Draft.Kind.WORKFLOW && known.get().field().equals("config")) {
            configure(draft, values, at);
        }
    }

    private void unknown(Draft draft, String name, Spot at, Code code) {
        if (!defining) {
            return;
        }
        var names = vocabulary.names(draft.kind());
        String what = code == Code.METHOD ? "method" : "field";
        complain(
                code,
                at,
                "%s has no %s '%s'%s".formatted(who(draft), what, name, Nearest.hint(name, names)),
                Nearest.to(name, names).isPresent()
                        ? ""
                        : "Known are " + String.join(", ", names) + ".");
    }

    private void configure(Draft workflow, List<Value> values, Spot at) {
        for (Value value : values) {
            if (!(value instanceof Value.Table table)) {
                complain(
                        Code.TYPE,
                        at,
                        who(workflow) + ": 'config' must be a table, not " + Reading.kind(value),
                        "Write it as config({ timeout = \"10m\" }).");
                continue;
            }
            for (var entry : table.entries()) {
                String name = name(entry.key());
                var known = vocabulary.setting(name);
                if (known.isPresent()) {
                    workflow.give(known.get(), List.of(entry.value()), at.field(name));
                } else {
                    unknownSetting(workflow, name, at.field(name));
                }
            }
        }
    }

    /// What looks like a known setting is a slip. Others are only warned of: settings used to be a
    /// place for notes, and scripts that have some still run.
    private void unknownSetting(Draft workflow, String name, Spot at) {
        if (!defining) {
            return;
        }
        var settings = vocabulary.settings();
        String message =
                "%s: 'config' has no setting '%s'%s"
                        .formatted(who(workflow), name, Nearest.hint(name, settings));
        String known = "Known are " + String.join(", ", settings) + ".";
        if (Nearest.to(name, settings).isPresent()) {
            complaints.add(Code.FIELD, at, message, known);
        } else {
            complaints.warn(Code.IGNORED, at, message + "; it has no effect", known);
        }
    }

    /// Notes every field of a table; list items of a workflow are tasks.
    void apply(Draft draft, Value.Table table, Spot at) {
        for (var entry : table.entries()) {
            String name = name(entry.key());
            boolean item = entry.key() instanceof Value.Num;
            if (item && draft.kind() == Draft.Kind.WORKFLOW) {
                give(draft, "tasks", List.of(entry.value()), at.field(name), Code.FIELD);
            } else if (!vocabulary.isAside(draft.kind(), name)) {
                give(draft, name, List.of(entry.value()), at.field(name), Code.FIELD);
            }
        }
    }

    /// A table's key as messages and spots name it.
    static String name(Value key) {
        return switch (key) {
            case Text text -> text.toString();
            case Value.Num number ->
                    number.whole() ? Long.toString((long) number.value()) : "" + number.value();
            case Value.Bool bool -> Boolean.toString(bool.truthy());
            case Value.Nil _, Value.Table _, Value.Callable _, Value.Handle _ -> key.type();
        };
    }

    /// Takes in the global tables `Workflow` and `TaskDefinitions`.
    public void globals(Value workflow, Value taskDefinitions, String otherwise) {
        if (workflow instanceof Value.Table table) {
            Spot at = new Spot.Global("Workflow");
            String name = table.at("name") instanceof Text text ? text.toString() : otherwise;
            apply(workflow(name, at), table, at);
        }
        if (taskDefinitions instanceof Value.Table groups) {
            Spot at = new Spot.Global("TaskDefinitions");
            for (var entry : groups.entries()) {
                String name = name(entry.key());
                if (entry.value() instanceof Value.Table group) {
                    apply(workflow(name, at.field(name)), group, at.field(name));
                } else {
                    complain(
                            Code.TYPE,
                            at.field(name),
                            "TaskDefinitions: '%s' must be a table with tasks, not %s"
                                    .formatted(name, Reading.kind(entry.value())),
                            "Write it as TaskDefinitions = { group = { tasks = { ... } } }.");
                }
            }
        }
    }

    // ---- what others ask

    Vocabulary vocabulary() {
        return vocabulary;
    }

    Complaints complaints() {
        return complaints;
    }

    Places places() {
        return places;
    }

    List<Draft> workflows() {
        return workflows;
    }

    /// The task that was defined by this name alone.
    Optional<Draft> task(String name) {
        return Optional.ofNullable(tasks.get(name));
    }

    Set<String> taskNames() {
        return tasks.keySet();
    }

    List<Draft> drafts() {
        return all;
    }

    void use(Draft draft) {
        if (used.add(draft)) {
            draft.foundations().forEach(this::use);
        }
    }

    boolean isUsed(Draft draft) {
        return used.contains(draft);
    }

    void complain(Code code, Spot at, String message, String remedy) {
        if (defining) {
            complaints.add(code, at, message, remedy);
        }
    }

    /// A problem found elsewhere, such as by the engine.
    public void complain(Problem problem) {
        complaints.add(problem);
    }

    static String who(Draft draft) {
        return draft.kind().word() + " '" + draft.name() + "'";
    }

    // ---- what came of it

    /// What a script defines, and everything that is wrong with it.
    ///
    /// @param outline the names of the tasks of each workflow, whatever is wrong with them
    public record Finished(
            List<dev.sloth.api.workflow.Workflow> workflows,
            Map<String, List<String>> outline,
            List<Problem> problems,
            List<Problem> warnings) {
        public Finished {
            workflows = List.copyOf(workflows);
            outline = Map.copyOf(outline);
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }

    /// Reads all notes, once the script has ended.
    public Finished finish(int tasksMax) {
        var assembly = new Assembly(this, tasksMax);
        var built = assembly.workflows();
        return new Finished(
                built, assembly.outline(), complaints.problems(), complaints.warnings());
    }

    /// What is wrong as far as it can be told of a script that did not come to its end.
    public List<Problem> problemsSoFar() {
        new Assembly(this, Integer.MAX_VALUE).judgeFields();
        return complaints.problems();
    }

    /// The functions that were given to fields, by the paths of their references.
    public Map<String, Value.Callable> functions() {
        workflows.forEach(workflow -> new Gathering(this, workflow).gather());
        var found = new HashMap<String, Value.Callable>();
        for (Draft draft : all) {
            for (Given given : draft.own()) {
                if (given.value() instanceof Value.Callable callable) {
                    found.put(given.path(), callable);
                }
            }
        }
        return found;
    }

    /// The names of the workflows.
    public List<String> workflowNames() {
        return workflows.stream().map(Draft::name).toList();
    }

    /// Where nothing more exact is known.
    Span start() {
        return places.start();
    }
}
