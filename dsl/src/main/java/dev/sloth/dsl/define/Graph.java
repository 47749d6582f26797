package dev.sloth.dsl.define;

import dev.sloth.api.workflow.Nearest;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.dsl.define.Assembly.Read;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// How tasks wait for each other, and what can be wrong with that.
final class Graph {
    /// More circles than these are not shown.
    private static final int CYCLES_MAX = 10;

    private final Definitions definitions;
    private final List<Read> tasks;
    private final List<Stage> stages;
    private final Map<String, Read> byName;
    private final Map<String, Integer> order = new HashMap<>();
    private int cycles;

    Graph(Definitions definitions, List<Read> tasks, List<Stage> stages) {
        this.definitions = definitions;
        this.tasks = tasks;
        this.stages = stages;
        this.byName = Assembly.byName(tasks);
    }

    void check() {
        twice();
        for (Read task : tasks) {
            known(task, "depends_on", task.parts().dependsOn);
            known(task, "next_if_fail", task.parts().nextIfFail);
            insteadOf(task);
        }
        cycles();
        acrossStages();
    }

    private void twice() {
        for (int i = 0; i < tasks.size(); i++) {
            Read task = tasks.get(i);
            if (task.name().isBlank()) {
                continue;
            }
            var before = order.putIfAbsent(task.name(), i);
            if (before != null) {
                var first = definitions.places().span(tasks.get(before).member().at());
                definitions.complain(
                        Code.TASK_TWICE,
                        task.member().at(),
                        "there are two tasks called '%s'; the first is at %s"
                                .formatted(task.name(), first),
                        "Give each a name of its own.");
            }
        }
    }

    private void known(Read task, String field, List<String> names) {
        for (String name : names) {
            if (!byName.containsKey(name)) {
                definitions.complain(
                        Code.UNKNOWN_TASK,
                        spot(task, field),
                        "task '%s': '%s' names '%s', which the workflow does not have%s"
                                .formatted(
                                        task.name(),
                                        field,
                                        name,
                                        Nearest.hint(name, new TreeSet<>(byName.keySet()))),
                        "Add that task to the workflow, or take the name out.");
            }
        }
    }

    private static Spot spot(Read task, String field) {
        return task.member().task().field(field).map(Given::at).orElse(task.member().at());
    }

    /// Turns `next_if_fail` round: the task named runs when this one failed.
    private void insteadOf(Read task) {
        for (String name : task.parts().nextIfFail) {
            var other = byName.get(name);
            if (other != null && !task.name().isBlank()) {
                other.parts().runOnFailureOf.add(new TaskName(task.name()));
            }
        }
    }

    private List<String> waitsFor(Read task) {
        var all = new ArrayList<>(task.parts().dependsOn);
        task.parts().runOnFailureOf.forEach(name -> all.add(name.text()));
        return all;
    }

    // ---- circles

    /// A task on the way down, with what it still has to look at.
    private record Step(Read task, Iterator<String> left) {}

    private void cycles() {
        var done = new HashMap<String, Boolean>();
        for (Read task : byName.values().stream().sorted(this::byOrder).toList()) {
            if (!done.containsKey(task.name())) {
                walk(task, done);
            }
        }
    }

    private int byOrder(Read a, Read b) {
        return Integer.compare(order.getOrDefault(a.name(), 0), order.getOrDefault(b.name(), 0));
    }

    /// @param done false for tasks on the way, true for those left behind
    private void walk(Read from, Map<String, Boolean> done) {
        Deque<Step> way = new ArrayDeque<>();
        way.addLast(new Step(from, waitsFor(from).iterator()));
        done.put(from.name(), false);
        while (!way.isEmpty()) {
            Step step = way.getLast();
            if (!step.left().hasNext()) {
                done.put(step.task().name(), true);
                way.removeLast();
                continue;
            }
            var next = byName.get(step.left().next());
            if (next == null) {
                continue;
            }
            var seen = done.get(next.name());
            if (seen == null) {
                done.put(next.name(), false);
                way.addLast(new Step(next, waitsFor(next).iterator()));
            } else if (!seen) {
                cycle(way, next);
            }
        }
    }

    private void cycle(Deque<Step> way, Read back) {
        if (++cycles > CYCLES_MAX) {
            return;
        }
        var names = new ArrayList<String>();
        for (Step step : way) {
            if (!names.isEmpty() || step.task().name().equals(back.name())) {
                names.add(step.task().name());
            }
        }
        names.add(back.name());
        definitions.complain(
                Code.CYCLE,
                spot(back, "depends_on"),
                "tasks wait for each other in a circle: " + String.join(" -> ", names),
                "Remove one of these dependencies.");
    }

    // ---- stages

    private void acrossStages() {
        var nth = new HashMap<String, Integer>();
        for (int i = 0; i < stages.size(); i++) {
            nth.putIfAbsent(stages.get(i).name(), i);
        }
        for (Read task : tasks) {
            if (task.stage().isEmpty()) {
                continue;
            }
            for (String name : waitsFor(task)) {
                var other = byName.get(name);
                if (other != null && isLater(task, other, nth)) {
                    later(task, other);
                }
            }
        }
    }

    private boolean isLater(Read task, Read other, Map<String, Integer> nth) {
        int own = nth.getOrDefault(task.stage(), 0);
        int its = nth.getOrDefault(other.stage(), -1);
        boolean behind = own == its && !stages.get(own).parallel() && byOrder(other, task) > 0;
        return its > own || behind;
    }

    private void later(Read task, Read other) {
        definitions.complain(
                Code.CYCLE,
                spot(task, "depends_on"),
                "task '%s' of stage '%s' waits for '%s', which runs only after it%s"
                        .formatted(
                                task.name(),
                                task.stage(),
                                other.name(),
                                other.stage().equals(task.stage())
                                        ? ""
                                        : ", in stage '" + other.stage() + "'"),
                "Change their order, or let the stage run in parallel.");
    }
}
