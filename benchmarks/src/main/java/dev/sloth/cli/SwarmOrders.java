package dev.sloth.cli;

import com.google.protobuf.ByteString;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Outcome.Status;
import dev.sloth.codec.OutcomeFormat;
import dev.sloth.swarm.SwarmAgent;
import dev.sloth.swarm.SwarmWork;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Agents that do what they are given at once, with nothing in it, and note when it came and when
/// the master had its end on its disk. Moments are those of [System#nanoTime].
final class SwarmOrders implements SwarmWork {
    static final ByteString SUCCEEDED =
            ByteString.copyFrom(OutcomeFormat.bytes(Outcome.succeeded("", new DataTable(), false)));

    static final ByteString CANCELLED =
            ByteString.copyFrom(OutcomeFormat.bytes(Outcome.ended(Status.CANCELLED, "")));

    private final Map<String, Long> came = new ConcurrentHashMap<>();
    private final Map<String, Long> taken = new ConcurrentHashMap<>();
    private final CountDownLatch left;

    /// @param count how many will come
    SwarmOrders(int count) {
        this.left = new CountDownLatch(count);
    }

    @Override
    public void order(SwarmAgent agent, String id) {
        if (came.putIfAbsent(id, System.nanoTime()) == null) {
            agent.accept(id);
            agent.end(id, SUCCEEDED);
        }
    }

    @Override
    public void taken(SwarmAgent agent, String id) {
        if (taken.putIfAbsent(id, System.nanoTime()) == null) {
            left.countDown();
        }
    }

    void await(Duration longest) throws InterruptedException, TimeoutException {
        if (!left.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException(
                    "%d came, %d were taken, %d are left"
                            .formatted(came.size(), taken.size(), left.getCount()));
        }
    }

    Map<String, Long> came() {
        return came;
    }

    Map<String, Long> taken() {
        return taken;
    }

    static long last(Map<String, Long> moments) {
        return moments.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
