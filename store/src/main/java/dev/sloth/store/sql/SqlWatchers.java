package dev.sloth.store.sql;

import dev.sloth.core.store.event.WatcherRow;
import dev.sloth.core.store.event.WatcherStore;
import java.util.ArrayList;
import java.util.List;

/// Watchers in a table.
public final class SqlWatchers implements WatcherStore {
    private static final Sql PUT =
            new Sql(
                    "put watcher",
                    """
                    INSERT INTO watchers (space, name, settings, asked_by, added_at)
                    SELECT ?1, ?2, ?3, ?4, ?5
                    WHERE (SELECT COUNT(*) FROM watchers WHERE space = ?1 AND name <> ?2) < ?6
                    ON CONFLICT (space, name) DO UPDATE
                    SET settings = excluded.settings, asked_by = excluded.asked_by,
                        added_at = excluded.added_at\
                    """);

    private static final Sql FIND =
            new Sql("find watcher", "SELECT 1 FROM watchers WHERE space = ? AND name = ?");

    private static final Sql REMOVE =
            new Sql("remove watcher", "DELETE FROM watchers WHERE space = ? AND name = ?");

    private static final Sql LIST =
            new Sql(
                    "list watchers",
                    """
                    SELECT space, name, settings, asked_by, added_at
                    FROM watchers
                    WHERE space = ?
                    ORDER BY name\
                    """);

    private final Transactions transactions;

    public SqlWatchers(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean put(WatcherRow watcher, int limit) {
        return transactions.write(s ->
                s.update(
                                PUT,
                                watcher.space(),
                                watcher.name(),
                                watcher.settings(),
                                watcher.by(),
                                watcher.addedAt(),
                                limit)
                        == 1);
    }

    @Override
    public List<String> remove(String space, List<String> names) {
        return transactions.remove(s -> {
            var none = new ArrayList<String>();
            for (var name : names) {
                if (s.find(FIND, row -> row.number(1), space, name).isEmpty()) {
                    none.add(name);
                }
            }
            for (var name : none.isEmpty() ? names : List.<String>of()) {
                s.update(REMOVE, space, name);
            }
            return none;
        });
    }

    @Override
    public List<WatcherRow> list(String space) {
        return transactions.read(s ->
                s.list(
                        LIST,
                        row ->
                                new WatcherRow(
                                        row.text(1),
                                        row.text(2),
                                        row.bytes(3),
                                        row.text(4),
                                        row.instant(5)),
                        space));
    }
}
