package dev.sloth.master.rpc;

import dev.sloth.api.workflow.Problem;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.master.session.MasterNews;
import dev.sloth.wire.WireProblems;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Tells of what is refused so that nobody fills a disk by being refused: the first at once, the
/// same again only by how often, when the time for that is over. Safe for use by many threads.
final class RefusalNews {
    private static final Kind OTHERS = new Kind("", "", "", "");

    private final RefusalLimits limits;
    private final InstantSource time;
    private final MasterNews news;
    private final ReentrantLock lock = new ReentrantLock();

    // guarded by `lock`
    private final Map<Kind, Tally> tallies = new HashMap<>();

    RefusalNews(RefusalLimits limits, InstantSource time, MasterNews news) {
        this.limits = limits;
        this.time = time;
        this.news = news;
    }

    /// Another cause is another kind also where the code is the same: each is told with its remedy.
    private record Kind(String call, String address, String code, String cause) {
        static Kind of(MasterEvent.Refused refused) {
            var problem = refused.problem();
            return new Kind(refused.call(), refused.address(), problem.code(), problem.message());
        }
    }

    /// @param more how often since the one that was told
    private record Tally(MasterEvent.Refused told, Instant since, long more) {
        Tally again() {
            return new Tally(told, since, more + 1);
        }
    }

    void tell(String call, String address, Problem problem) {
        first(new MasterEvent.Refused(call, address, problem)).ifPresent(news::tell);
    }

    private Optional<MasterEvent> first(MasterEvent.Refused refused) {
        lock.lock();
        try {
            var own = Kind.of(refused);
            boolean told = tallies.containsKey(own) || hasRoom(own.address());
            var kind = told ? own : OTHERS;
            var before = tallies.get(kind);
            if (before != null) {
                tallies.put(kind, before.again());
                return Optional.empty();
            }
            var shown = told ? refused : others();
            tallies.put(kind, new Tally(shown, time.instant(), 0));
            return Optional.of(shown);
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(String address) {
        return tallies.size() < limits.kindsMax()
                && tallies.keySet().stream().filter(kind -> kind.address().equals(address)).count()
                        < limits.kindsOfOnePlace();
    }

    private static MasterEvent.Refused others() {
        return new MasterEvent.Refused(
                "more",
                "many",
                WireProblems.problem(
                        WireProblems.MUCH_REFUSED,
                        "more is refused than is told one by one",
                        "see who can reach this port; the audit log has what is known of them"));
    }

    /// Tells how often what was counted for long enough.
    void settle() {
        taken(time.instant().minus(limits.again())).forEach(news::tell);
    }

    private List<MasterEvent> taken(Instant begunBy) {
        lock.lock();
        try {
            var due = new ArrayList<MasterEvent>();
            tallies.values()
                    .removeIf(tally -> {
                        boolean over = !tally.since().isAfter(begunBy);
                        if (over && tally.more() > 0) {
                            due.add(
                                    new MasterEvent.RefusedAgain(
                                            tally.told(), tally.more(), limits.again()));
                        }
                        return over;
                    });
            return due;
        } finally {
            lock.unlock();
        }
    }
}
