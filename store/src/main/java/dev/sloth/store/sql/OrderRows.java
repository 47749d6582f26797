package dev.sloth.store.sql;

import static dev.sloth.store.sql.SqlState.carrying;

import dev.sloth.core.store.cluster.OrderRow;
import java.sql.SQLException;
import java.util.List;

/// The table of orders, through one session.
record OrderRows(Session session) {
    private static final Sql ORDERS =
            new Sql(
                    "list orders",
                    """
                    SELECT id, run, agent, state, why, result, shard_epoch, given_at
                    FROM agent_order ORDER BY number\
                    """);

    private static final Sql ORDERS_OF =
            new Sql(
                    "list orders of run",
                    """
                    SELECT id, run, agent, state, why, result, shard_epoch, given_at
                    FROM agent_order WHERE run = ? ORDER BY number\
                    """);

    private static final Sql PUT_ORDER =
            new Sql(
                    "put order",
                    """
                    INSERT INTO agent_order (id, run, agent, state, why, result, shard_epoch,
                        given_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE
                    SET run = excluded.run, agent = excluded.agent, state = excluded.state,
                        why = excluded.why, result = excluded.result,
                        shard_epoch = excluded.shard_epoch, given_at = excluded.given_at\
                    """);

    private static final Sql REMOVE_ORDER =
            new Sql("remove order", "DELETE FROM agent_order WHERE id = ?");

    List<OrderRow> all() {
        return carrying(() -> session.list(ORDERS, OrderRows::row));
    }

    List<OrderRow> of(String run) {
        return carrying(() -> session.list(ORDERS_OF, OrderRows::row, run));
    }

    void put(OrderRow row) {
        int _ =
                carrying(() ->
                        session.update(
                                PUT_ORDER,
                                row.id(),
                                row.run(),
                                row.agent(),
                                row.state().name(),
                                row.why(),
                                row.result(),
                                row.shardEpoch(),
                                row.givenAt()));
    }

    void remove(String id) {
        int _ = carrying(() -> session.update(REMOVE_ORDER, id));
    }

    private static OrderRow row(Row row) throws SQLException {
        return new OrderRow(
                row.text(1),
                row.text(2),
                row.text(3),
                OrderRow.State.valueOf(row.text(4)),
                row.text(5),
                row.bytes(6),
                row.number(7),
                row.instant(8));
    }
}
