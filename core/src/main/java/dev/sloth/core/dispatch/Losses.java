package dev.sloth.core.dispatch;

import dev.sloth.core.store.cluster.AgentStanding;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Orders that were given to agents which are away, do not have them any more, or do not answer:
/// how long each is still hoped for, and the sentence with which it is given up.
record Losses(Book book, Agents agents, DispatchLimits limits) {
    /// As long as nobody wants it, nobody has to be told that its end is not known.
    ///
    /// @param unheard how long its agent has said nothing already
    void away(Entry entry, Duration unheard) {
        if (entry.order.isPresent() && entry.lostAt.isEmpty()) {
            var left = limits.patience(entry.wanted()).minus(unheard);
            var now = book.now();
            entry.awaySince = Optional.of(now.minus(unheard));
            entry.lostAt = Optional.of(left.isNegative() ? now : now.plus(left));
            book.touch(entry.kept().id());
        }
    }

    /// Its agent was away for too long.
    void stayedAway(Entry entry) {
        long seconds = limits.patience(entry.wanted()).toSeconds();
        book.giveUp(
                entry, agent(entry) + " went away and did not come back within " + seconds + " s");
    }

    /// It was withdrawn, and its agent does not answer.
    void forsake(Entry entry) {
        book.giveUp(
                entry,
                "cancelled while " + agent(entry) + " is away, which ends it when it comes back");
    }

    /// It was withdrawn, and its agent came without it. That is no proof that it will not have it:
    /// when the hello of an older connection comes late, it may still be on its way on a newer one.
    void unheld(Entry entry) {
        book.giveUp(entry, "cancelled, and " + agent(entry) + " came without it");
    }

    /// It was withdrawn, and its agent is here and does not end it.
    void goesOn(Entry entry) {
        book.giveUp(entry, "cancelled, but " + agent(entry) + " does not say that it has ended");
    }

    /// Its agent had it, and came without it.
    void forgotten(Entry entry) {
        book.giveUp(entry, agent(entry) + " has no record of it any more");
    }

    /// Its agent will never come again.
    void removed(Entry entry, AgentStanding as) {
        book.giveUp(entry, agent(entry) + " was " + as.name().toLowerCase(Locale.ROOT));
    }

    private String agent(Entry entry) {
        return "the agent " + agents.name(entry.kept().agent());
    }
}
