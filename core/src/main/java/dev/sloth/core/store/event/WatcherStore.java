package dev.sloth.core.store.event;

import java.util.List;

/// What is to be watched.
public interface WatcherStore {
    /// Keeps it in place of one of the same name.
    ///
    /// @return false when there are as many as `limit` of others
    boolean put(WatcherRow watcher, int limit);

    /// Removes all of these, or none.
    ///
    /// @return the names that none has: if there are any, nothing has changed
    List<String> remove(String space, List<String> names);

    /// Ordered by their names.
    List<WatcherRow> list(String space);
}
