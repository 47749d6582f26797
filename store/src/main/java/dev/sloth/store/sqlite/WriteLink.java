package dev.sloth.store.sqlite;

import dev.sloth.store.sql.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.Consumer;

/// The connection of a writer.
final class WriteLink {
    /// How faults are told of the end of a transaction.
    static final String COMMIT = "commit";

    private final Links links;
    private final Session session;
    private final PreparedStatement begin;
    private final PreparedStatement version;
    private final PreparedStatement savepoint;
    private final PreparedStatement undo;
    private final PreparedStatement release;
    private final PreparedStatement commit;

    private WriteLink(Links links, Connection connection, Consumer<String> beforeStatement)
            throws SQLException {
        this.links = links;
        this.session = new Session(connection, beforeStatement);
        this.begin = connection.prepareStatement("BEGIN IMMEDIATE");
        this.version = connection.prepareStatement("PRAGMA user_version");
        this.savepoint = connection.prepareStatement("SAVEPOINT work");
        this.undo = connection.prepareStatement("ROLLBACK TO work");
        this.release = connection.prepareStatement("RELEASE work");
        this.commit = connection.prepareStatement("COMMIT");
    }

    static WriteLink open(Links links, Consumer<String> beforeStatement) throws SQLException {
        return new WriteLink(links, links.writing(), beforeStatement);
    }

    /// Another process may have brought the file to a later version meanwhile.
    void begin() throws SQLException {
        begin.executeUpdate();
        try (var result = version.executeQuery()) {
            result.next();
            links.refuseOther(result.getInt(1));
        }
    }

    /// Runs one piece of work. One that is refused is undone, and told so when it is answered.
    ///
    /// @throws SQLException when the whole transaction is in doubt
    void run(Order<?> order) throws SQLException {
        savepoint.executeUpdate();
        try {
            order.run(session);
        } catch (RuntimeException e) {
            undo.executeUpdate();
            order.refuse(e);
        }
        release.executeUpdate();
    }

    void commit() throws SQLException {
        commit.executeUpdate();
    }

    /// Takes back what was not committed.
    void close() throws SQLException {
        session.close();
    }
}
