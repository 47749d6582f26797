package dev.sloth.dsl.define;

import dev.sloth.api.plugin.Host;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Nearest;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.WorkflowSchedule;
import dev.sloth.lua.value.Activation;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.MemoryWalk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The notes of one load of a script: which tasks and workflows it wrote down, and what about them.
public final class Definitions {
    /// How many drafts may be built one upon another.
    static final int FOUNDATIONS_MAX = 20;

    private final LuaState state;
    private final boolean defining;
    private final Places places;
    private final Complaints complaints;
    private final Vocabulary vocabulary = Vocabulary.all();
    private final Drafts drafts;
    private final List<Draft> workflows = new ArrayList<>();
    private final Set<Draft> used = new HashSet<>();
    private boolean gathered;
    private boolean asked;
    private boolean served;

    /// @param defining whether places are to be noted and problems to be found; otherwise only the
    ///   functions matter
    public Definitions(LuaState state, boolean defining, Places places) {
        this.state = state;
        this.defining = defining;
        this.places = places;
        this.drafts = new Drafts(state, defining ? Drafts.Stage.READ : Drafts.Stage.LOADED);
        this.complaints = new Complaints(places);
    }

    static Definitions of(Host host) {
        return host.keep(
                Definitions.class,
                () -> {
                    throw new dev.sloth.api.plugin.CallFailure(
                            "tasks and workflows are defined in workflow scripts only");
                });
    }

    /// What is noted here, for those who count memory.
    public MemoryWalk.Visited notes() {
        return drafts;
    }

    // ---- what the script does

    /// The place of the call that is under way, which is known there by this name.
    Spot here(String name) {
        return defining && state.entry(1) instanceof Activation caller
                ? new Spot.Called(caller.chunk(), caller.line(), name)
                : Spot.Nowhere.NOWHERE;
    }

    /// Whether nobody will ask where something was noted.
    boolean isPlaceless() {
        return !defining;
    }

    /// Whether the script has been loaded: what its functions define while they run is of no
    /// account.
    boolean isLoaded() {
        return drafts.stage() == Drafts.Stage.RUNNING;
    }

    private Drafts open() {
        return isLoaded() ? new Drafts(state, Drafts.Stage.RUNNING) : drafts;
    }

    /// A new task by its builder.
    Draft task(String name, Spot at) {
        return open().add(Draft.Kind.TASK, name, name, at);
    }

    Draft workflow(String name, Spot at) {
        var draft = open().add(Draft.Kind.WORKFLOW, name, name, at);
        if (!isLoaded()) {
            workflows.add(draft);
        }
        return draft;
    }

    /// A draft whose key is made different from all earlier ones.
    Draft draft(Draft.Kind kind, String key, String name, Spot at) {
        return drafts.add(kind, key, name, at);
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
            } else if (name.equals("name")) {
                named(draft, entry.value(), at.field(name));
            } else if (!vocabulary.isAside(draft.kind(), name)) {
                give(draft, name, List.of(entry.value()), at.field(name), Code.FIELD);
            }
        }
    }

    /// A name that is no text went unused. Where nothing else named the draft, the want of a name
    /// is found later.
    private void named(Draft draft, Value name, Spot at) {
        if (!(name instanceof Text) && !draft.name().isBlank()) {
            complain(
                    Code.TYPE,
                    at,
                    who(draft) + ": 'name' must be a string, not " + Reading.kind(name),
                    "Write it as name = \"build\".");
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
        return drafts.task(name);
    }

    Set<String> taskNames() {
        return drafts.taskNames();
    }

    List<Draft> drafts() {
        return drafts.all();
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

    /// A problem that must be told, however many there are.
    public void complainFirst(Problem problem) {
        complaints.addFirst(problem);
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
            List<WorkflowSchedule> schedules,
            Map<String, List<String>> outline,
            List<Problem> problems,
            List<Problem> warnings) {
        public Finished {
            workflows = List.copyOf(workflows);
            schedules = List.copyOf(schedules);
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
                built,
                assembly.schedules(),
                assembly.outline(),
                complaints.problems(),
                complaints.warnings());
    }

    /// What is wrong as far as it can be told of a script that did not come to its end; of one that
    /// was killed, all but what its tables hold.
    public List<Problem> problemsSoFar() {
        new Assembly(this, Integer.MAX_VALUE).judgeFields();
        return complaints.problems();
    }

    /// Says that the script has come to its end: from now on its functions are looked for.
    public void loaded() {
        drafts.loaded();
    }

    /// The function that was given to a field, by the path of its reference.
    public Optional<Value.Callable> function(String path) {
        return FunctionPath.read(path).flatMap(this::function);
    }

    private Optional<Value.Callable> function(FunctionPath path) {
        if (path.isInner() && !gathered) {
            gather();
        }
        asked = true;
        return served ? path.in(drafts) : path.in(drafts.all());
    }

    private void gather() {
        if (asked) {
            // functions have run: what is gathered now is theirs as well
            state.leavesTrace();
        }
        gathered = true;
        workflows.forEach(workflow -> new Gathering(this, workflow).gather());
    }

    /// Says that all is as it was when the script had been loaded, for somebody else to look for
    /// functions in it.
    public void putBack() {
        asked = false;
        served = true;
    }

    /// Whether this is a handle of something that a script defines.
    public static boolean isDefined(Object held) {
        return held instanceof Value.Handle handle && handle.target() instanceof Draft;
    }

    /// Whether there is a workflow of this name.
    public boolean hasWorkflow(String name) {
        return workflows.stream().anyMatch(workflow -> workflow.name().equals(name));
    }

    /// Where nothing more exact is known.
    Span start() {
        return places.start();
    }
}
