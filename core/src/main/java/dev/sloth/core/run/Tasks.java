package dev.sloth.core.run;

import java.util.function.UnaryOperator;

/// All tasks of a run, and the numbers of those that are somewhere between waiting and ended.
///
/// @param ready not the numbers of the tasks but their turns, see [RunPlan#turnOf]
record Tasks(IntTree<TaskState> all, IntSet ready, IntSet running, IntSet retrying) {
    static Tasks of(IntTree<TaskState> all) {
        return new Tasks(all, IntSet.empty(), IntSet.empty(), IntSet.empty());
    }

    TaskState at(int task) {
        return all.at(task);
    }

    /// Changes one task, whose turn is given, and files it under its new status.
    Tasks change(int task, int turn, UnaryOperator<TaskState> how) {
        var after = how.apply(all.at(task));
        var status = after.status();
        boolean runs = status == TaskStatus.RUNNING || status == TaskStatus.CANCELLING;
        return new Tasks(
                all.with(task, after),
                put(ready, turn, status == TaskStatus.READY),
                put(running, task, runs),
                put(retrying, task, status == TaskStatus.RETRYING));
    }

    /// Changes only what a task knows of others.
    Tasks tell(int task, UnaryOperator<TaskState> how) {
        return new Tasks(all.with(task, how.apply(all.at(task))), ready, running, retrying);
    }

    boolean idle() {
        return ready.isEmpty() && running.isEmpty() && retrying.isEmpty();
    }

    private static IntSet put(IntSet set, int task, boolean in) {
        return in ? set.with(task) : set.without(task);
    }
}
