package dev.sloth.cli;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.log.LogQuery;
import dev.sloth.core.log.LogReader;
import dev.sloth.swarm.SwarmAgent;
import dev.sloth.swarm.SwarmWork;
import dev.sloth.wire.proto.Line;
import dev.sloth.wire.proto.LogLines;
import dev.sloth.wire.proto.LogStored;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Agents whose orders print lines at a steady pace, and a viewer who follows them: each line says
/// which it is and when it was printed. Moments are those of [System#nanoTime].
final class SwarmLines implements SwarmWork {
    /// As agents do: so many lines at once, and so many batches under way.
    private static final int BATCH_LINES = 1_000;

    private static final int CREDIT = 64;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final String FILLER = " and as much text as a line of a build has";

    private final int linesEach;
    private final long nanosEach;
    private final long[] delays;
    private final Map<String, Long> next = new HashMap<>();
    private int seen;
    private long gaps;

    /// @param agents how many print
    /// @param linesEach how many lines each of them prints
    /// @param paceEach how many in a second
    SwarmLines(int agents, int linesEach, int paceEach) {
        this.linesEach = linesEach;
        this.nanosEach = TimeUnit.SECONDS.toNanos(1) / paceEach;
        this.delays = new long[agents * linesEach];
    }

    @Override
    public void order(SwarmAgent agent, String id) {
        agent.accept(id);
        var _ = Thread.ofVirtual().start(() -> print(agent, id));
    }

    private void print(SwarmAgent agent, String id) {
        var credit = new Semaphore(CREDIT);
        var stream = agent.logs(new Answers(credit));
        long begin = System.nanoTime();
        try {
            for (int first = 0; first < linesEach; first += BATCH_LINES) {
                credit.acquire();
                long due = begin + first * nanosEach;
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                stream.onNext(batch(id, first));
            }
            credit.acquire(CREDIT);
            stream.onCompleted();
            agent.end(id, SwarmOrders.SUCCEEDED);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private LogLines batch(String id, int first) {
        var lines = LogLines.newBuilder().setOrder(id).setFirst(first);
        long now = System.nanoTime();
        long at = System.currentTimeMillis();
        for (int i = first; i < Math.min(linesEach, first + BATCH_LINES); i++) {
            lines.addLines(
                    Line.newBuilder()
                            .setAt(at)
                            .setChannel("stdout")
                            .setText(i + " " + now + FILLER));
        }
        return lines.build();
    }

    private record Answers(Semaphore credit) implements StreamObserver<LogStored> {
        @Override
        public void onNext(LogStored answer) {
            credit.release();
        }

        @Override
        public void onError(Throwable failure) {
            throw new IllegalStateException("the master takes no lines", failure);
        }

        @Override
        public void onCompleted() {}
    }

    /// Follows the run to its end, as somebody does who looks at it.
    void view(SwarmRuns runs, RunId run) {
        var reader = new LogReader(runs.store().logs(), run, LogQuery.ALL);
        try (var pursuit = runs.store().follow(run)) {
            boolean over = false;
            while (!over) {
                over = pursuit.next(LOOK).filter(stand -> stand.ended()).isPresent();
                boolean _ = reader.read(line -> saw(line.line().channel(), line.line().text()));
            }
        }
    }

    private boolean saw(String channel, String text) {
        int space = text.indexOf(' ');
        long number = Long.parseLong(text, 0, space, 10);
        long at = Long.parseLong(text, space + 1, text.indexOf(' ', space + 1), 10);
        long expected = next.getOrDefault(channel, 0L);
        gaps += number == expected ? 0 : 1;
        next.put(channel, number + 1);
        delays[seen++] = System.nanoTime() - at;
        return true;
    }

    int seen() {
        return seen;
    }

    long gaps() {
        return gaps;
    }

    long[] delays() {
        return Arrays.copyOf(delays, seen);
    }
}
