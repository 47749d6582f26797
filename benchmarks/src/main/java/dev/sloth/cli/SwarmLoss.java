package dev.sloth.cli;

import dev.sloth.master.afar.Handover;
import dev.sloth.swarm.Swarm;
import dev.sloth.swarm.SwarmAgent;
import dev.sloth.swarm.SwarmWork;
import dev.sloth.wire.Administration;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.JoinToken;
import dev.sloth.wire.MasterAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Rows on agents that are lost with a task that may be done again: how long it is until another
/// has it. Two agents with a tag of their own, each with a way of its own to the master.
final class SwarmLoss {
    private static final String TAG = "lost";
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration WORKING = Duration.ofSeconds(2);
    private static final double NANOS = 1e9;

    private final int port;
    private final MasterAddress master;
    private final Credentials administrator;
    private final SwarmRuns runs;
    private final LinkedBlockingQueue<Given> given = new LinkedBlockingQueue<>();

    SwarmLoss(int port, MasterAddress master, Credentials administrator, SwarmRuns runs) {
        this.port = port;
        this.master = master;
        this.administrator = administrator;
        this.runs = runs;
    }

    private record Given(SwarmAgent agent, String order) {}

    /// One agent, on a way that can be made to swallow everything.
    private record Lonely(BlackHole way, Swarm swarm) {
        boolean has(Given order) {
            return swarm.agents().contains(order.agent());
        }
    }

    void all() throws Exception {
        var script =
                runs.defined(
                        "again",
                        """
                        workflow.define("again"):tasks({
                            task("t"):idempotent(true):delegate_to({ tags = { "lost" } }):command("true"),
                        })
                        """);
        try (var one = new BlackHole(port);
                var other = new BlackHole(port);
                var first = lonely(one, "one");
                var second = lonely(other, "two")) {
            var both = List.of(new Lonely(one, first), new Lonely(other, second));
            row(
                    script,
                    both,
                    "nothing gets through to an agent any more",
                    each -> each.way().swallow());
        }
        try (var one = new BlackHole(port);
                var other = new BlackHole(port);
                var first = lonely(one, "three");
                var second = lonely(other, "four")) {
            var both = List.of(new Lonely(one, first), new Lonely(other, second));
            row(
                    script,
                    both,
                    "the connection of an agent breaks",
                    each -> each.swarm().agents().forEach(SwarmAgent::vanish));
        }
    }

    private Swarm lonely(BlackHole way, String name) throws Exception {
        var through = new InetSocketAddress(InetAddress.getLoopbackAddress(), way.port());
        var swarm = new Swarm(through, administrator.authority(), name, SwarmOrders.CANCELLED);
        try (var asking = Administration.open(master, administrator, InstantSource.system())) {
            var token = asking.createToken(List.of(TAG), "", Duration.ofHours(1), 1).text();
            swarm.join(JoinToken.of(token), 1);
        }
        swarm.does(new Keeping());
        swarm.beatClosely();
        swarm.connect(Duration.ZERO);
        swarm.awaitConnected(1, LONG);
        return swarm;
    }

    /// Takes an order and goes on with it for ever.
    private final class Keeping implements SwarmWork {
        @Override
        public void order(SwarmAgent agent, String id) {
            agent.accept(id);
            given.add(new Given(agent, id));
        }
    }

    @FunctionalInterface
    private interface Losing {
        void lose(Lonely which);
    }

    private void row(Handover script, List<Lonely> both, String what, Losing losing)
            throws Exception {
        var run = SwarmRuns.again(script);
        runs.submit(run);
        var first = next();
        TimeUnit.MILLISECONDS.sleep(WORKING.toMillis());
        long begin = System.nanoTime();
        both.stream().filter(each -> each.has(first)).forEach(losing::lose);
        var second = next();
        SwarmTable.row(
                what + ": another has its task, which may be done twice",
                "5 s",
                "%.2f s",
                (System.nanoTime() - begin) / NANOS);
        second.agent().end(second.order(), SwarmOrders.SUCCEEDED);
        runs.awaitEnd(run.run());
    }

    private Given next() throws InterruptedException, TimeoutException {
        var next = given.poll(LONG.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new TimeoutException("nobody was given it");
        }
        return next;
    }
}
