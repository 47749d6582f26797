package dev.sloth.store.sql;

import dev.sloth.core.store.Claim;
import dev.sloth.core.store.StoreFailure;
import java.sql.SQLException;

/// Lets only the newest claim of a run pass.
final class Fence {
    /// A driver on which writers run side by side has to add `FOR SHARE`: with less, a write that
    /// is open while the run changes hands lands after the change.
    private static final Sql PASS =
            new Sql("fence", "SELECT number FROM runs WHERE id = ? AND epoch = ?");

    private static final Sql EPOCH = new Sql("see epoch", "SELECT epoch FROM runs WHERE id = ?");

    private Fence() {}

    /// @return the number of the run's row
    /// @throws StoreFailure `FENCED` when a later claim exists, or the run is gone
    static long pass(Session session, Claim claim) throws SQLException {
        return session.find(PASS, row -> row.number(1), claim.run().text(), claim.epoch())
                .orElseThrow(() -> fenced(claim));
    }

    /// To be thrown when a write under `claim` met no row; returns when its epoch is not the cause.
    static void check(Session session, Claim claim) throws SQLException {
        var epoch = session.find(EPOCH, row -> row.number(1), claim.run().text());
        if (epoch.isEmpty() || epoch.get() != claim.epoch()) {
            throw fenced(claim);
        }
    }

    static StoreFailure fenced(Claim claim) {
        return new StoreFailure(
                StoreFailure.Reason.FENCED,
                "run %s has changed hands or was deleted: claim %d to it is void"
                        .formatted(claim.run(), claim.epoch()));
    }
}
