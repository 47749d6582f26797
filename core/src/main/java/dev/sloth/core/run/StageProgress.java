package dev.sloth.core.run;

/// The stage that the run has come to.
///
/// @param number counted from 0; -1 before the first
/// @param open how many of its tasks have not ended
/// @param failed whether one of its tasks did not end well
/// @param stopping whether nothing new starts but what waits for failures
/// @param because the number of the task that stopped it
public record StageProgress(
        int number, Step step, int open, boolean failed, boolean stopping, int because) {
    public enum Step {
        /// It is over, or there was none yet.
        OVER,
        /// Its condition is being evaluated.
        ASKING,
        /// As asking, but no longer wanted.
        CANCELLING,
        OPEN
    }

    static final StageProgress NONE = at(-1, Step.OVER, 0);

    static StageProgress at(int number, Step step, int open) {
        return new StageProgress(number, step, open, false, false, TaskState.NOBODY);
    }

    boolean asking() {
        return step == Step.ASKING || step == Step.CANCELLING;
    }

    boolean holds(int stage) {
        return step == Step.OPEN && number == stage;
    }

    StageProgress cancelling() {
        return at(number, Step.CANCELLING, open);
    }

    StageProgress over() {
        return new StageProgress(number, Step.OVER, open, failed, stopping, because);
    }

    StageProgress stopping(int task) {
        return new StageProgress(number, step, open, failed, true, task);
    }

    StageProgress taskEnded(boolean well) {
        return new StageProgress(number, step, open - 1, failed || !well, stopping, because);
    }
}
