package dev.sloth.core.store.event;

import dev.sloth.core.store.news.News;
import java.time.Instant;
import java.util.List;

/// Facts that were told, in the order in which they came.
public interface EventStore extends News {
    /// Keeps a fact.
    ///
    /// @return its number, greater than all before
    long add(EventRow event);

    /// Keeps several facts in their order, all of them or none.
    void addAll(List<EventRow> events);

    /// Those behind a number, the first ones first.
    List<EventRow> behind(String space, long number, int limit);

    /// Those before a number, the last ones first.
    List<EventRow> before(String space, long number, int limit);

    /// The greatest number ever given; 0 when there was none.
    long last();

    /// Removes facts that are older, or that are more than so many; the oldest first.
    ///
    /// @param keep how many stay, over all namespaces
    /// @param limit how many go at once
    /// @return how many went
    int forget(Instant before, long keep, int limit);
}
