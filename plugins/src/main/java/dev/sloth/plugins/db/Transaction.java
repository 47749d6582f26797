package dev.sloth.plugins.db;

import java.io.IOException;

/// A transaction that is under way on a connection.
record Transaction(Link link) {
    static Transaction begin(Link link) throws IOException, InterruptedException {
        return link.use((here, connection) -> {
            if (here.inTransaction()) {
                throw new IOException("a transaction is under way on this connection");
            }
            connection.setAutoCommit(false);
            here.inTransaction(true);
            return new Transaction(here);
        });
    }

    /// @param keep what was done; otherwise it is undone
    void end(boolean keep) throws IOException, InterruptedException {
        var _ =
                link.use((here, connection) -> {
                    if (!here.inTransaction()) {
                        throw new IOException("the transaction is over");
                    }
                    try {
                        if (keep) {
                            connection.commit();
                        } else {
                            connection.rollback();
                        }
                    } finally {
                        here.inTransaction(false);
                        connection.setAutoCommit(true);
                    }
                    return here;
                });
    }
}
