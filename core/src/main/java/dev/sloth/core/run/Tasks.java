package dev.sloth.core.run;

import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/// All tasks of a run, and the numbers of those that are somewhere between waiting and ended.
///
/// @param ready not the numbers of the tasks but their turns, see [RunPlan#turnOf]
record Tasks(
        IntTree<TaskState> all, IntSet ready, IntSet running, IntSet retrying, IntSet undecided) {
    static Tasks of(IntTree<TaskState> all) {
        return new Tasks(all, IntSet.empty(), IntSet.empty(), IntSet.empty(), IntSet.empty());
    }

    /// Each task filed under the status that it has.
    static Tasks filed(IntTree<TaskState> all, IntUnaryOperator turnOf) {
        var tasks = of(all);
        for (int task = 0; task < all.size(); task++) {
            tasks = tasks.file(task, turnOf.applyAsInt(task), all.at(task));
        }
        return tasks;
    }

    TaskState at(int task) {
        return all.at(task);
    }

    /// Changes one task, whose turn is given, and files it under its new status.
    Tasks change(int task, int turn, UnaryOperator<TaskState> how) {
        var after = how.apply(all.at(task));
        return new Tasks(all.with(task, after), ready, running, retrying, undecided)
                .file(task, turn, after);
    }

    private Tasks file(int task, int turn, TaskState state) {
        var status = state.status();
        boolean runs = status == TaskStatus.RUNNING || status == TaskStatus.CANCELLING;
        return new Tasks(
                all,
                put(ready, turn, status == TaskStatus.READY),
                put(running, task, runs),
                put(retrying, task, status == TaskStatus.RETRYING),
                put(undecided, task, status == TaskStatus.UNDECIDED));
    }

    /// Changes only what a task knows of others.
    Tasks tell(int task, UnaryOperator<TaskState> how) {
        return new Tasks(
                all.with(task, how.apply(all.at(task))), ready, running, retrying, undecided);
    }

    /// Whether nothing will happen by itself.
    boolean idle() {
        return ready.isEmpty() && running.isEmpty() && retrying.isEmpty();
    }

    private static IntSet put(IntSet set, int task, boolean in) {
        return in ? set.with(task) : set.without(task);
    }
}
