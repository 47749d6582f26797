package dev.sloth.cli;

import dev.sloth.master.afar.Handover;
import dev.sloth.swarm.MeasuredProcess;
import dev.sloth.swarm.Swarm;
import dev.sloth.swarm.SwarmAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Rows on runs whose tasks are done by a swarm.
final class SwarmDispatch {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final double NANOS = 1e9;
    private static final int PACE = 50;
    private static final int PACE_WARM = 150;
    private static final int PACED = 1_500;
    private static final int WARM_UP = 3_000;
    private static final int ROUNDS = 5;
    private static final int PRINTERS = 8;
    private static final int LINES_EACH = 250_000;
    private static final int LINES_A_SECOND = 200_000;

    private final Swarm swarm;
    private final SwarmRuns runs;
    private final MeasuredProcess master;
    private final int count;

    SwarmDispatch(Swarm swarm, SwarmRuns runs, MeasuredProcess master, int count) {
        this.swarm = swarm;
        this.runs = runs;
        this.master = master;
        this.count = count;
    }

    void all() throws Exception {
        paced();
        burst();
        together();
        lines();
    }

    // ---- one task a run, at a steady pace

    private void paced() throws Exception {
        var one =
                runs.defined(
                        "one",
                        "workflow.define('one'):tasks({ task('t'):command(function() return true end)"
                                + " })\n");
        var _ = paced(one, WARM_UP, PACE_WARM);
        double cpu = master.cpu();
        var waits = paced(one, PACED, PACE);
        SwarmTable.row(
                "runs of one task, %d a second: handed over to the master until an agent has it"
                        .formatted(PACE),
                "p50 at most twice that of few agents",
                "p50 %.2f ms, p99 %.1f ms; %.2f ms of the master's processor each",
                SwarmTable.quantile(waits, 0.5),
                SwarmTable.quantile(waits, 0.99),
                (master.cpu() - cpu) * 1000 / PACED);
    }

    private long[] paced(Handover one, int many, int pace) throws Exception {
        var orders = new SwarmOrders(many);
        swarm.does(orders);
        Map<String, Long> submitted = new ConcurrentHashMap<>();
        long begin = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < many; i++) {
                long due = begin + i * TimeUnit.SECONDS.toNanos(1) / pace;
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                var run = SwarmRuns.again(one);
                var _ =
                        threads.submit(() -> {
                            submitted.put(run.run().text(), System.nanoTime());
                            runs.submit(run);
                        });
            }
            orders.await(LONG);
        }
        return orders.came().entrySet().stream()
                .mapToLong(each -> each.getValue() - submitted.getOrDefault(run(each.getKey()), 0L))
                .toArray();
    }

    private static String run(String order) {
        return order.substring(0, order.indexOf('/'));
    }

    // ---- as many tasks as there are agents

    private void burst() throws Exception {
        var wide =
                runs.defined(
                        "wide",
                        """
                        local tasks = {}
                        for i = 1, %1$d do
                            tasks[i] = task("t" .. i):command(function() return true end)
                        end
                        workflow.define("wide"):config({ max_parallel_tasks = %1$d }):tasks(tasks)
                        """
                                .formatted(count));
        times("a run of as many tasks as there are agents", "", wide);
    }

    private void together() throws Exception {
        var names = swarm.agents().stream().map(SwarmAgent::name).toList();
        times(
                "one command to all agents, all have answered",
                count >= 10_000 ? "15 s" : "1.5 s",
                runs.defined(
                        "all",
                        "workflow.define('all'):tasks({ task('t'):delegate_to({ %s }):command('true') })\n"
                                .formatted(quoted(names))));
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    private void times(String what, String must, Handover work) throws Exception {
        var all = new ArrayList<double[]>();
        for (int i = 0; i < ROUNDS; i++) {
            var orders = new SwarmOrders(count);
            swarm.does(orders);
            var run = SwarmRuns.again(work);
            double cpu = master.cpu();
            long begin = System.nanoTime();
            runs.submit(run);
            orders.await(LONG);
            runs.awaitEnd(run.run());
            all.add(
                    new double[] {
                        (System.nanoTime() - begin) / NANOS,
                        (SwarmOrders.last(orders.came()) - begin) / NANOS,
                        (SwarmOrders.last(orders.taken()) - begin) / NANOS,
                        master.cpu() - cpu
                    });
        }
        var cold = all.getFirst();
        var median =
                all.stream().sorted((a, b) -> Double.compare(a[0], b[0])).toList().get(ROUNDS / 2);
        SwarmTable.row(
                what,
                must,
                "%.2f s (the last had it after %.2f s, its end was on disk after %.2f s;"
                        + " the first time %.2f s); %.2f ms of the master's processor each",
                median[0],
                median[1],
                median[2],
                cold[0],
                median[3] * 1000 / count);
    }

    // ---- output

    private void lines() throws Exception {
        var names = swarm.agents().stream().map(SwarmAgent::name).limit(PRINTERS).toList();
        var script =
                runs.defined(
                        "print",
                        ("workflow.define('print'):tasks({ task('t'):delegate_to({ %s })"
                                        + ":command('true') })\n")
                                .formatted(quoted(names)));
        int all = PRINTERS * LINES_EACH;
        lines(script, Integer.MAX_VALUE, "as fast as it goes", all);
        lines(script, LINES_A_SECOND, "%,d lines a second".formatted(LINES_A_SECOND), all);
    }

    private void lines(Handover script, int pace, String how, int all) throws Exception {
        var lines = new SwarmLines(PRINTERS, LINES_EACH, Math.max(1, pace / PRINTERS));
        swarm.does(lines);
        var run = SwarmRuns.again(script);
        double cpu = master.cpu();
        runs.submit(run);
        long begin = System.nanoTime();
        lines.view(runs, run.run());
        double seconds = (System.nanoTime() - begin) / NANOS;
        SwarmTable.row(
                "%d agents print %,d lines, %s: agent to disk to a viewer"
                        .formatted(PRINTERS, all, how),
                "200,000/s, no gaps",
                "%,.0f/s, %d gaps, %d missing; until seen p50 %.0f ms, p99 %.0f ms; %.1f us of the"
                        + " master's processor each",
                all / seconds,
                lines.gaps(),
                all - lines.seen(),
                SwarmTable.quantile(lines.delays(), 0.5),
                SwarmTable.quantile(lines.delays(), 0.99),
                (master.cpu() - cpu) * 1e6 / all);
    }
}
