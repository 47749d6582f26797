package dev.sloth.core.store.event;

import java.util.List;

/// What is to be watched.
public interface WatcherStore {
    /// Keeps it in place of one of the same name.
    ///
    /// @return false when there are as many as `limit` of others
    boolean put(WatcherRow watcher, int limit);

    /// @return false when there is none
    boolean remove(String space, String name);

    /// Ordered by their names.
    List<WatcherRow> list(String space);
}
