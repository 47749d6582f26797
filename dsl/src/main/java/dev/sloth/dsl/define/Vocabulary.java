package dev.sloth.dsl.define;

import java.util.Optional;
import java.util.Set;

/// Every field that tasks, stages and workflows may have. Never changes.
final class Vocabulary {
    private static final Vocabulary ALL = new Vocabulary();

    private static final Set<String> ASIDE = Set.of("name");
    private static final Set<String> ASIDE_OF_TASKS = Set.of("name", "uses");

    private final Fields<TaskParts> tasks = TaskFields.all();
    private final Fields<StageParts> stages = StageParts.fields();
    private final Fields<WorkflowParts> workflows = WorkflowParts.fields();
    private final Fields<WorkflowParts> settings = WorkflowParts.settings(new Fields<>());

    private Vocabulary() {}

    static Vocabulary all() {
        return ALL;
    }

    Fields<TaskParts> tasks() {
        return tasks;
    }

    Fields<StageParts> stages() {
        return stages;
    }

    Fields<WorkflowParts> workflows() {
        return workflows;
    }

    Set<String> settings() {
        return settings.names();
    }

    Optional<? extends Fields.Known> setting(String name) {
        return settings.find(name);
    }

    Optional<? extends Fields.Known> known(Draft.Kind kind, String name) {
        return of(kind).find(name);
    }

    Set<String> names(Draft.Kind kind) {
        return of(kind).names();
    }

    private Fields<?> of(Draft.Kind kind) {
        return switch (kind) {
            case TASK -> tasks;
            case STAGE -> stages;
            case WORKFLOW -> workflows;
        };
    }

    /// Whether a field of a table is not a field of the thing but says which thing it is.
    boolean isAside(Draft.Kind kind, String name) {
        return switch (kind) {
            case TASK -> ASIDE_OF_TASKS.contains(name);
            case STAGE, WORKFLOW -> ASIDE.contains(name);
        };
    }
}
