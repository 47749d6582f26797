package dev.sloth.agent.link;

import dev.sloth.api.workflow.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Tells what keeps an agent away, so that nobody's disk is filled by one that tries for days: the
/// first at once, the same again only by how often. For one thread.
final class Absences {
    private final InstantSource time;
    private final LinkNews news;
    private final Duration again;
    private Optional<Told> last = Optional.empty();

    /// @param again for how long the same is only counted
    Absences(InstantSource time, LinkNews news, Duration again) {
        this.again = again;
        this.time = time;
        this.news = news;
    }

    /// @param more how often since
    private record Told(Problem why, Instant since, long more) {
        boolean isOf(Problem other) {
            return why.code().equals(other.code()) && why.message().equals(other.message());
        }

        /// A clock that was set back must not hold it up.
        boolean isWithin(Duration time, Instant now) {
            return !now.isBefore(since) && now.isBefore(since.plus(time));
        }
    }

    /// @param pause after which it tries again
    void tell(Problem why, Duration pause) {
        var now = time.instant();
        var same = last.filter(told -> told.isOf(why));
        if (same.isEmpty()) {
            last = Optional.of(new Told(why, now, 0));
            news.tell(new LinkEvent.Away(why, pause));
            return;
        }
        long more = same.get().more() + 1;
        if (same.get().isWithin(again, now)) {
            last = Optional.of(new Told(why, same.get().since(), more));
            return;
        }
        last = Optional.of(new Told(why, now, 0));
        news.tell(new LinkEvent.AwayAgain(why, more, again));
    }

    /// It was connected meanwhile.
    void over() {
        last = Optional.empty();
    }
}
