package dev.sloth.dsl.define;

import dev.sloth.api.workflow.Nearest;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.api.workflow.WorkflowSchedule;
import dev.sloth.dsl.define.Gathering.Group;
import dev.sloth.dsl.define.Gathering.Member;
import dev.sloth.lua.value.LuaKilled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes workflows of drafts.
final class Assembly {
    private static final int NAME_LENGTH_MAX = 200;

    private final Definitions definitions;
    private final int tasksMax;
    private final Vocabulary vocabulary;
    private final Map<String, List<String>> outline = new LinkedHashMap<>();
    private final List<WorkflowSchedule> schedules = new ArrayList<>();
    private boolean soFar;

    /// A task read, but for what depends on others.
    record Read(Member member, TaskParts parts, String stage) {
        String name() {
            return member.task().name();
        }
    }

    Assembly(Definitions definitions, int tasksMax) {
        this.definitions = definitions;
        this.tasksMax = tasksMax;
        this.vocabulary = definitions.vocabulary();
    }

    List<Workflow> workflows() {
        var built = new ArrayList<Workflow>();
        var names = new HashSet<String>();
        for (Draft draft : List.copyOf(definitions.workflows())) {
            if (!names.add(draft.name())) {
                definitions.complain(
                        Code.WORKFLOW_TWICE,
                        draft.at(),
                        "there are two workflows called '" + draft.name() + "'",
                        "Give each a name of its own.");
            }
            workflow(draft).ifPresent(built::add);
        }
        if (definitions.workflows().isEmpty()) {
            noWorkflow();
        } else {
            unused();
        }
        return definitions.complaints().isEmpty() ? built : List.of();
    }

    /// The names of the tasks of each workflow, also where something is wrong with them.
    Map<String, List<String>> outline() {
        return outline;
    }

    /// What the workflows say of their times.
    List<WorkflowSchedule> schedules() {
        return schedules;
    }

    private void noWorkflow() {
        definitions.complain(
                Code.NO_WORKFLOW.at(
                        definitions.start(),
                        "the script defines no workflow",
                        "End it with workflow.define(\"name\"):tasks({ ... })."));
    }

    private void unused() {
        for (Draft draft : definitions.drafts()) {
            if (draft.kind() == Draft.Kind.TASK && !definitions.isUsed(draft)) {
                judge(draft);
                definitions
                        .complaints()
                        .warn(
                                Code.UNUSED,
                                draft.at(),
                                "task '" + draft.name() + "' is in no workflow and never runs",
                                "Add it to the tasks of a workflow, or remove it.");
            }
        }
    }

    /// Looks at each field for itself only, as far as the script can still be looked at.
    void judgeFields() {
        soFar = true;
        for (Draft draft : List.copyOf(definitions.drafts())) {
            judge(draft);
        }
    }

    private void judge(Draft draft) {
        switch (draft.kind()) {
            case TASK -> read(vocabulary.tasks(), draft, new TaskParts());
            case STAGE -> read(vocabulary.stages(), draft, new StageParts());
            case WORKFLOW -> read(vocabulary.workflows(), draft, new WorkflowParts());
        }
    }

    private <P> P read(Fields<P> fields, Draft draft, P parts) {
        for (var field : fields.all()) {
            draft.field(field.field()).ifPresent(given -> read(field, draft, given, parts));
        }
        return parts;
    }

    private <P> void read(Fields.Field<P> field, Draft draft, Given given, P parts) {
        var reading = new Reading(given);
        try {
            field.reader().read(reading, parts);
        } catch (Misfit misfit) {
            reading.note(misfit);
        } catch (LuaKilled killed) {
            if (!soFar) {
                throw killed;
            }
            // the tables of a script that is gone cannot be read, and others than these can
        }
        for (Misfit misfit : reading.noted()) {
            definitions.complain(
                    misfit.code(),
                    given.at(),
                    "%s: '%s' %s"
                            .formatted(Definitions.who(draft), field.field(), misfit.message()),
                    misfit.remedy().isEmpty() ? field.doc() : misfit.remedy());
        }
    }

    // ---- one workflow

    private Optional<Workflow> workflow(Draft draft) {
        checkName(draft, draft.at());
        var parts = read(vocabulary.workflows(), draft, new WorkflowParts());
        if (parts.cleanupIsFunction) {
            definitions
                    .complaints()
                    .warn(
                            Code.IGNORED,
                            draft.field("clean_workdir_after_run")
                                    .map(Given::at)
                                    .orElse(draft.at()),
                            "a function in 'clean_workdir_after_run' is not called",
                            "Give the tasks cleanup = \"always\", \"on_success\" or \"never\".");
        }
        parts.schedules.forEach(words ->
                schedules.add(new WorkflowSchedule(draft.name(), words, place(parts.schedulesAt))));
        var groups = new Gathering(definitions, draft).gather();
        var stages = new ArrayList<Stage>();
        var tasks = new ArrayList<Read>();
        for (Group group : groups) {
            var stage = group.stage();
            tasks.addAll(read(group, stage.map(Draft::name).orElse(""), parts));
            stage.ifPresent(each -> stages.add(stage(each, group, stages)));
        }
        checkCount(draft, tasks.size());
        outline.putIfAbsent(draft.name(), tasks.stream().map(Read::name).toList());
        new Graph(definitions, tasks, stages).check();
        if (!definitions.complaints().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(parts.build(draft.name(), build(tasks), stages, place(draft.at())));
    }

    private dev.sloth.api.workflow.Span place(Spot at) {
        return definitions.places().span(at);
    }

    private List<Task> build(List<Read> tasks) {
        var built = new ArrayList<Task>(tasks.size());
        for (Read task : tasks) {
            var at = task.member().task().at();
            built.add(task.parts().build(new TaskName(task.name()), task.stage(), place(at)));
        }
        return built;
    }

    private void checkCount(Draft draft, int count) {
        if (count == 0) {
            definitions.complain(
                    Code.NO_TASKS,
                    draft.at(),
                    Definitions.who(draft) + " has no tasks",
                    "Add them with :tasks({ ... }).");
        }
        if (count > tasksMax) {
            definitions.complain(
                    Code.TOO_MANY,
                    draft.at(),
                    "%s has %d tasks, more than %d"
                            .formatted(Definitions.who(draft), count, tasksMax),
                    "Split it into several workflows.");
        }
    }

    private Stage stage(Draft draft, Group group, List<Stage> before) {
        checkName(draft, draft.at());
        if (before.stream().anyMatch(other -> other.name().equals(draft.name()))) {
            definitions.complain(
                    Code.WORKFLOW_TWICE,
                    draft.at(),
                    "there are two stages called '" + draft.name() + "'",
                    "Give each a name of its own.");
        }
        if (group.tasks().isEmpty()) {
            definitions.complain(
                    Code.NO_TASKS,
                    draft.at(),
                    Definitions.who(draft) + " has no tasks",
                    "Give it some with tasks = { ... }.");
        }
        var names =
                group.tasks().stream()
                        .map(member -> member.task().name())
                        .filter(name -> !name.isBlank())
                        .map(TaskName::new)
                        .toList();
        return read(vocabulary.stages(), draft, new StageParts())
                .build(draft.name(), names, place(draft.at()));
    }

    private List<Read> read(Group group, String stage, WorkflowParts workflow) {
        var tasks = new ArrayList<Read>();
        for (Member member : group.tasks()) {
            var draft = member.task();
            checkName(draft, member.at());
            var parts = read(vocabulary.tasks(), draft, new TaskParts());
            workflow.endow(parts);
            checkCommand(draft, parts, draft.at(), stage);
            checkSecrets(draft, parts, workflow);
            tasks.add(new Read(member, parts, stage));
        }
        return tasks;
    }

    private void checkCommand(Draft draft, TaskParts parts, Spot at, String stage) {
        boolean tried = draft.field("command").isPresent() || draft.field("shell").isPresent();
        if (tried || !parts.idle() || draft.name().isBlank()) {
            return;
        }
        boolean known = definitions.task(draft.name()).isPresent();
        if (!stage.isEmpty() && !known) {
            definitions.complain(
                    Code.UNKNOWN_TASK,
                    at,
                    "stage '%s' names the task '%s', which is not defined%s"
                            .formatted(
                                    stage,
                                    draft.name(),
                                    Nearest.hint(draft.name(), definitions.taskNames())),
                    "Define it with task(\"%s\"):command(...), or give it a command here."
                            .formatted(draft.name()));
            return;
        }
        definitions.complain(
                Code.NO_COMMAND,
                at,
                Definitions.who(draft) + " has no command",
                "Give it one with :command(...).");
    }

    private void checkSecrets(Draft draft, TaskParts parts, WorkflowParts workflow) {
        if (!parts.secretEnvironment.isEmpty()
                && !workflow.permissions.getOrDefault("secrets", true)) {
            definitions.complain(
                    Code.SECRET,
                    draft.field("env").map(Given::at).orElse(draft.at()),
                    Definitions.who(draft)
                            + ": 'env' has secrets, which the workflow's permissions forbid",
                    "Take secrets = false out of its permissions, or the secrets out of env.");
        }
        parts.secretEnvironment.forEach((variable, secret) -> {
            if (!workflow.secrets.containsKey(secret)) {
                definitions.complain(
                        Code.SECRET,
                        draft.field("env").map(Given::at).orElse(draft.at()),
                        "%s: '%s' is to hold the secret '%s', which the workflow does not declare"
                                .formatted(Definitions.who(draft), variable, secret),
                        "Add it to the workflow: secrets = { \"%s\" }.".formatted(secret));
            }
        });
    }

    private void checkName(Draft draft, Spot at) {
        String name = draft.name();
        String wrong = "";
        if (name.isBlank()) {
            wrong = "a " + draft.kind().word() + " needs a name, which is text";
        } else if (name.length() > NAME_LENGTH_MAX) {
            wrong = "the name of a " + draft.kind().word() + " is longer than " + NAME_LENGTH_MAX;
        } else if (!name.equals(name.strip())
                || name.codePoints()
                        .anyMatch(c -> Character.isISOControl(c) || c == '/' || c == '\\')) {
            wrong =
                    "%s: a name cannot hold slashes or control characters, nor blanks at its ends"
                            .formatted(Definitions.who(draft));
        }
        if (!wrong.isEmpty()) {
            definitions.complain(
                    Code.NAME,
                    at,
                    wrong,
                    "Call it something short, such as \"build\" or \"deploy to test\".");
        }
    }

    /// Reads by name, the first of each.
    static Map<String, Read> byName(List<Read> tasks) {
        var names = new HashMap<String, Read>();
        tasks.forEach(task -> names.putIfAbsent(task.name(), task));
        return names;
    }
}
