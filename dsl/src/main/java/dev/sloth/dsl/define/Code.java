package dev.sloth.dsl.define;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Span;

/// What can be wrong with a script. The code stays the same for ever; `doc` is its line in the
/// reference.
public enum Code {
    SYNTAX(1001, "The text is not Lua. All such errors of a file are shown at once."),
    RAISED(1002, "The script raised an error while it was read for its definitions."),
    STEPS(1003, "The script took too many steps while it was read: a loop without end, perhaps."),
    MEMORY(1004, "The script needed too much memory while it was read."),
    SECONDS(1005, "The script took too long while it was read."),
    MISSING(1006, "There is no such file."),
    FOLDER(1007, "The file is a folder."),
    ENCODING(1008, "The file is not text in UTF-8."),
    TOO_LARGE(1009, "The file is larger than a script may be."),
    UNREADABLE(1010, "The file cannot be read."),
    NO_WORKFLOW(1011, "The script defines no workflow."),
    NO_TASKS(1012, "A workflow or a stage has no tasks."),
    TASK_TWICE(1013, "Two tasks of a workflow have the same name."),
    WORKFLOW_TWICE(1014, "Two workflows, or two stages of one, have the same name."),
    NAME(1015, "A name is missing, too long, or has characters that names cannot have."),
    UNKNOWN_TASK(1016, "A task is named that the workflow does not have."),
    CYCLE(1017, "Tasks wait for each other in a circle."),
    TYPE(1018, "A field has a value of the wrong type."),
    DURATION(1019, "A duration cannot be read, or is out of its bounds."),
    VALUE(1020, "A field has a value that it cannot have."),
    NO_COMMAND(1021, "A task has nothing to do."),
    TOO_MANY(1022, "A workflow has more tasks than one may have."),
    METHOD(1023, "A task or a workflow has no such method."),
    FIELD(1024, "A table has a field that is not known."),
    TWICE(1025, "Two fields say the same thing differently."),
    UNUSED(1026, "A task is defined but no workflow has it. A warning."),
    IGNORED(1027, "Something is accepted but has no effect. A warning."),
    CHANGED(1028, "A function or workflow is not there any more when the script is loaded again."),
    IMPORT(1029, "A file may not be imported, or is not there."),
    NO_REACTION(1030, "The file of a hook has nothing in it that reacts to an event."),
    SECRET(4509, "A secret is used that the workflow does not declare.");

    private final int number;
    private final String doc;

    Code(int number, String doc) {
        this.number = number;
        this.doc = doc;
    }

    /// The code as users see it, such as `SLOTH-1016`.
    public String text() {
        return "SLOTH-" + number;
    }

    public String doc() {
        return doc;
    }

    /// A problem with this code; `remedy` may be empty.
    public Problem at(Span span, String message, String remedy) {
        return new Problem(text(), message, span, remedy);
    }
}
