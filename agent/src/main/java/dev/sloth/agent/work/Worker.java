package dev.sloth.agent.work;

import dev.sloth.agent.link.Declining;
import dev.sloth.agent.link.Orders;
import dev.sloth.agent.link.Uplink;
import dev.sloth.agent.process.ProcessIdentity;
import dev.sloth.agent.spool.LogSpool;
import dev.sloth.agent.spool.OpenWork;
import dev.sloth.agent.spool.SpoolLimits;
import dev.sloth.agent.spool.WorkJournal;
import dev.sloth.agent.work.Intake.Answer;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.codec.OutcomeFormat;
import dev.sloth.wire.WatcherPage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Does orders, each once. Safe for use by many threads.
public final class Worker implements Orders, AutoCloseable {
    private static final Answer ENDING =
            new Answer.Declined("the agent is ending", Declining.LEAVING);

    /// How long until something is kept again that the disk has refused.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Bench bench;
    private final Sharing sharing;
    private final WorkNews news;
    private final WorkJournal journal;
    private final Intake intake;
    private final LogSpool spool;
    private final Uplinks uplinks;
    private final Material material;
    private final Leftovers leftovers;
    private final Object handedOver = new Object();
    private final Thread sender;
    private final Map<String, Doing> doing = new ConcurrentHashMap<>();
    private volatile boolean leaving;
    private volatile boolean closed;

    private Worker(
            Bench bench,
            Uplinks uplinks,
            Sharing sharing,
            WorkNews news,
            WorkJournal journal,
            LogSpool spool,
            String boot) {
        this.bench = bench;
        this.uplinks = uplinks;
        this.sharing = sharing;
        this.news = news;
        this.journal = journal;
        this.spool = spool;
        this.intake = new Intake(boot, journal::accept, this::trouble);
        this.material = new Material(uplinks, bench);
        this.leftovers = new Leftovers(bench, material);
        this.sender =
                Thread.ofPlatform()
                        .daemon()
                        .name("log sender")
                        .unstarted(new LogSender(uplinks, spool, this::announce, this::trouble));
    }

    /// Goes on with what an earlier process of this agent had accepted.
    ///
    /// @param limits how much is kept
    /// @throws IOException when what was kept cannot be read
    public static Worker open(Bench bench, SpoolLimits limits, Sharing sharing, WorkNews news)
            throws IOException {
        var folder = bench.folder().resolve("spool");
        bench.processes().tell(news::trouble);
        var journal =
                WorkJournal.open(folder.resolve("journal"), limits, bench.time(), news::trouble);
        var spool = LogSpool.open(folder.resolve("lines"), limits, news::trouble);
        var worker =
                new Worker(
                        bench,
                        new Uplinks(),
                        sharing,
                        news,
                        journal,
                        spool,
                        ProcessIdentity.bootHere());
        worker.begin();
        return worker;
    }

    private void trouble(IOException failure) {
        news.trouble(WorkProblems.unkept(failure));
    }

    private void begin() throws IOException {
        for (var work : journal.unacknowledged()) {
            var kept = KeptOrder.of(work.order());
            leftovers.add(work.id(), kept.order().run());
            if (work.result().isEmpty()) {
                var mine = new Doing(Optional.empty());
                mine.kept = true;
                var _ = start(work.id(), mine, it -> goOn(work, kept, it));
            }
        }
        leftovers.removeOld();
        sender.start();
    }

    /// An order that is being done on a thread of its own.
    private static final class Doing {
        private Optional<Thread> thread = Optional.empty();
        private volatile boolean forgotten;
        private volatile boolean repeatable;

        /// Whether it is on the disk.
        private volatile boolean kept;

        /// Where it came from last; guarded by this.
        private Optional<Uplink> asking;

        Doing(Optional<Uplink> asking) {
            this.asking = asking;
        }
    }

    @FunctionalInterface
    private interface Act {
        void on(Doing mine);
    }

    /// @return the one that is being done already, if there is one
    private Optional<Doing> start(String id, Doing mine, Act act) {
        synchronized (mine) {
            var other = doing.putIfAbsent(id, mine);
            if (other != null) {
                return Optional.of(other);
            }
            mine.thread =
                    Optional.of(
                            Thread.ofPlatform().name("order " + id).start(() -> act(act, mine)));
        }
        return Optional.empty();
    }

    /// What cannot be kept any more since this is closed is left to the next process of the agent.
    private void act(Act act, Doing mine) {
        try {
            act.on(mine);
        } catch (IllegalStateException e) {
            if (!closed) {
                throw e;
            }
        }
    }

    // ---- what the master says

    @Override
    public Map<String, Boolean> held() {
        try {
            return journal.held();
        } catch (IOException e) {
            throw WorkProblems.unreadable(e);
        }
    }

    @Override
    public boolean areRepeatable() {
        return doing.values().stream().anyMatch(each -> each.repeatable);
    }

    @Override
    public Optional<WatcherPage> watchers(String after, List<String> remove) {
        return Optional.of(sharing.watchers(after, remove));
    }

    @Override
    public void connected(Uplink uplink) {
        uplinks.set(Optional.of(uplink));
        var _ = Thread.ofVirtual().start(() -> held().forEach(this::announceEnded));
    }

    private void announceEnded(String id, boolean ended) {
        if (ended && spool.isDone(id)) {
            announce(id);
        }
    }

    @Override
    public boolean isLeaving() {
        return leaving;
    }

    @Override
    public void disconnected() {
        uplinks.set(Optional.empty());
    }

    @Override
    public void order(String id, byte[] body) {
        var asking = uplinks.now();
        Optional<Doing> other;
        do {
            other = start(id, new Doing(asking), mine -> take(id, body, mine));
        } while (other.isPresent() && !comesAgain(id, other.get(), asking));
    }

    /// While it is not known yet whether the order is taken, whoever finds out says so.
    ///
    /// @return false when it was declined just now
    private boolean comesAgain(String id, Doing there, Optional<Uplink> asking) {
        synchronized (there) {
            if (doing.get(id) != there) {
                return false;
            }
            there.asking = asking;
        }
        if (there.kept) {
            asking.ifPresent(uplink -> uplink.accepted(id));
        }
        return true;
    }

    @Override
    public void cancel(String id) {
        interrupt(id, false);
    }

    @Override
    public void taken(String id) {
        var _ = Thread.ofVirtual().start(() -> drop(id));
    }

    @Override
    public void forget(String id) {
        if (!interrupt(id, true)) {
            var _ = Thread.ofVirtual().start(() -> drop(id));
        }
    }

    private boolean interrupt(String id, boolean forgotten) {
        var mine = doing.get(id);
        if (mine == null) {
            return false;
        }
        synchronized (mine) {
            mine.forgotten |= forgotten;
            mine.thread.ifPresent(Thread::interrupt);
        }
        return true;
    }

    // ---- doing it

    private void take(String id, byte[] body, Doing mine) {
        boolean ours = false;
        try {
            switch (leaving ? ENDING : intake.take(id, body)) {
                case Answer.Taken(var kept) -> {
                    ours = true;
                    accepted(id, kept, mine);
                }
                case Answer.Known(var result) -> known(id, result, mine);
                case Answer.Declined no -> decline(id, no, mine);
            }
        } finally {
            if (!ours) {
                doing.remove(id, mine);
            }
        }
    }

    /// Only the session in which it came last hears it, once: the order may come again as soon as
    /// that is said, and what is said then must be of that time.
    private void decline(String id, Answer.Declined no, Doing mine) {
        Optional<Uplink> asking;
        synchronized (mine) {
            doing.remove(id, mine);
            asking = mine.asking;
        }
        asking.ifPresent(uplink -> uplink.declined(id, no.why(), no.how()));
    }

    private void known(String id, Optional<byte[]> result, Doing mine) {
        mine.kept = true;
        uplinks.now().ifPresent(uplink -> uplink.accepted(id));
        if (result.isPresent() && spool.isDone(id)) {
            announce(id);
        }
    }

    private void accepted(String id, KeptOrder kept, Doing mine) {
        mine.kept = true;
        leftovers.add(id, kept.order().run());
        uplinks.now().ifPresent(uplink -> uplink.accepted(id));
        news.begins(id);
        finish(id, performance(id, kept, mine).first(), mine);
    }

    private void goOn(OpenWork work, KeptOrder kept, Doing mine) {
        news.begins(work.id());
        finish(work.id(), performance(work.id(), kept, mine).again(), mine);
    }

    private Performance performance(String id, KeptOrder kept, Doing mine) {
        var order = kept.order();
        var executor =
                bench.executor(
                        new RemoteArtifacts(uplinks, id),
                        sharing.state(id, order.causes()),
                        sharing.events(id, bench.project(order.run()), order.causes()));
        var performance =
                new Performance(id, order, kept.boot(), material, spool, bench.time(), executor);
        mine.repeatable = performance.isRepeatable();
        return performance;
    }

    /// The lines first, then what came of it: nothing of it is told before it is on the disk.
    private void finish(String id, Outcome outcome, Doing mine) {
        var _ = Thread.interrupted();
        spool.ended(id);
        keep(id, OutcomeFormat.bytes(outcome));
        news.ends(id, outcome.status().name());
        doing.remove(id, mine);
        if (mine.forgotten) {
            drop(id);
        } else if (spool.isDone(id)) {
            announce(id);
        }
    }

    private void keep(String id, byte[] result) {
        while (true) {
            try {
                var _ = journal.finished(id, result);
                return;
            } catch (IOException e) {
                trouble(e);
            }
            try {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            } catch (InterruptedException _) {
                if (leaving) {
                    return;
                }
            }
        }
    }

    /// Tells what came of an order, if that is known by now and there is somebody to tell.
    private void announce(String id) {
        uplinks.now()
                .ifPresent(uplink -> {
                    try {
                        journal.result(id).ifPresent(result -> uplink.ended(id, result));
                    } catch (IOException e) {
                        trouble(e);
                    }
                });
    }

    /// Nothing of it needs to be known any more.
    private void drop(String id) {
        try {
            journal.acknowledged(id);
            synchronized (handedOver) {
                handedOver.notifyAll();
            }
            spool.removed(id);
            leftovers.remove(id);
        } catch (IOException e) {
            trouble(e);
        }
    }

    // ---- ending

    /// What an agent that ends leaves to its next start.
    ///
    /// @param undone orders that have not ended
    /// @param untold orders whose results the master has not taken
    public record Left(int undone, int untold) {}

    /// Takes nothing new, and waits until what is being done has ended and is told.
    public Left drain(Duration atMost) throws InterruptedException {
        leaving = true;
        long end = System.nanoTime() + atMost.toNanos();
        for (var mine : doing.values()) {
            long left = end - System.nanoTime();
            var thread = mine.thread;
            if (thread.isPresent() && left > 0) {
                boolean _ = thread.get().join(Duration.ofNanos(left));
            }
        }
        return new Left(doing.size(), untold(end));
    }

    private int untold(long end) throws InterruptedException {
        synchronized (handedOver) {
            int untold = ended();
            long left = end - System.nanoTime();
            while (untold > 0 && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(handedOver, left);
                untold = ended();
                left = end - System.nanoTime();
            }
            return untold;
        }
    }

    private int ended() {
        return Math.toIntExact(held().values().stream().filter(ended -> ended).count());
    }

    /// Whether there is nothing that it does now.
    public boolean isIdle() {
        return doing.isEmpty();
    }

    /// Leaves what is being done to the next process of this agent: commands go on.
    @Override
    public void close() {
        leaving = true;
        closed = true;
        sender.interrupt();
        try {
            boolean _ = sender.join(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        try (journal;
                spool) {
            // Both are closed, whatever one of them says.
        } catch (IOException e) {
            trouble(e);
        }
    }
}
