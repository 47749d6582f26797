package dev.sloth.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.core.store.cluster.AgentRow;
import dev.sloth.core.store.cluster.AgentStanding;
import dev.sloth.core.store.cluster.AuditQuery;
import dev.sloth.core.store.cluster.AuditRow;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The file of a master, as whoever has it sees it.
class ClusterFileTest {
    private static final AuditQuery ALL = new AuditQuery(Instant.EPOCH, "", "", Long.MAX_VALUE, 10);

    @TempDir private Path home;

    private void directly(String... statements) throws SQLException {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + home.resolve("cluster.db"));
                var statement = connection.createStatement()) {
            for (var each : statements) {
                int _ = statement.executeUpdate(each);
            }
        }
    }

    private static AuditRow row(String object) {
        return new AuditRow(
                0, Sample.NOW, "ann", "10.0.0.1", "DrainAgent", object, true, "", "done", 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit SET who = 'eve'",
                "UPDATE OR REPLACE audit SET number = 2 WHERE number = 1",
                "UPDATE audit SET outcome = outcome WHERE number = 2",
                "DELETE FROM audit",
                "DELETE FROM audit WHERE number = 1",
                "INSERT OR REPLACE INTO audit VALUES (1, 0, '', '', '', '', 'allowed', '', '', 1)",
                "REPLACE INTO audit VALUES (2, 0, '', '', '', '', 'allowed', '', '', 1)",
                "INSERT INTO audit VALUES (1, 0, '', '', '', '', 'allowed', '', '', 1)"
                        + " ON CONFLICT (number) DO UPDATE SET who = 'eve'"
            })
    void what_stands_in_the_audit_log_cannot_be_changed_or_removed(String statement)
            throws Exception {
        try (var store = Sample.open(home)) {
            for (var object : new String[] {"web1", "web2"}) {
                boolean _ =
                        store.cluster()
                                .write(t -> {
                                    t.append(row(object));
                                    return true;
                                });
            }
        }
        assertThatThrownBy(() -> directly(statement))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("only ever added to");
        try (var store = Sample.open(home)) {
            var rows = store.cluster().read(t -> t.audit(ALL));
            assertThat(rows).containsExactly(row("web2").numbered(2), row("web1").numbered(1));
        }
    }

    @Test
    void the_agents_of_version_1_are_as_they_were() throws Exception {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + home.resolve("cluster.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(Schema.CLUSTER.step(1));
            statement.executeUpdate("PRAGMA application_id = " + Schema.CLUSTER.applicationId());
            statement.executeUpdate("PRAGMA user_version = 1");
            var values =
                    "INSERT INTO agent VALUES (%d, 'a%d', 'default', 'web', 'x,y', 'fra', 2, x'0%d',"
                            + " 't', 1, 2, 3, %d)";
            statement.executeUpdate(values.formatted(1, 1, 1, 1));
            statement.executeUpdate(values.formatted(2, 2, 2, 0));
        }
        try (var store = Sample.open(home)) {
            var agents = store.cluster().read(t -> t.agents());
            assertThat(agents)
                    .extracting(AgentRow::standing)
                    .containsExactly(AgentStanding.REVOKED, AgentStanding.WORKING);
            assertThat(agents).extracting(AgentRow::id).containsExactly("a1", "a2");
            var rows = store.cluster().read(t -> t.audit(ALL));
            assertThat(rows).isEmpty();
        }
    }
}
