package dev.sloth.plugins.db;

import static dev.sloth.plugins.testing.Caller.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.plugins.testing.Caller;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// On a real PostgreSQL.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresTest extends DbContract {
    private EmbeddedPostgres server;

    @BeforeAll
    void start() throws Exception {
        server = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Override
    Map<String, Object> where() {
        return Map.of(
                "driver",
                "postgresql",
                "host",
                "127.0.0.1",
                "port",
                server.getPort(),
                "user",
                "postgres",
                "database",
                "postgres");
    }

    @Override
    String blobType() {
        return "BYTEA";
    }

    @Override
    String slow() {
        return "SELECT pg_sleep(120)";
    }

    @Test
    void addresses_are_read_in_both_forms() {
        var url =
                "postgres://postgres:p%40ss@127.0.0.1:%d/postgres?application_name=me"
                        .replace("%d", Integer.toString(server.getPort()));
        var one = db.call("connect", "postgres", url, "one");
        assertThat(
                        db.on(one, "query", "SELECT current_setting('application_name') AS v")
                                .getFirst())
                .isEqualTo(value(List.of(Map.of("v", "me"))));
        var words = "host=127.0.0.1 user='postgres' port=" + server.getPort();
        assertThat(db.truth("connect", "pg", words, "two")).isTrue();
    }

    @Test
    void passwords_are_never_told_and_dangerous_settings_refused() {
        assertThat(db.error("connect", "pg", "postgres://joe:s3cret@127.0.0.1:1/x", "n"))
                .contains("cannot connect to PostgreSQL x at 127.0.0.1:1")
                .doesNotContain("s3cret");
        assertThatThrownBy(() -> db.all("connect", "pg", "postgres://joe:s3 cret@h/x"))
                .hasMessageContaining("dsn is")
                .hasMessageNotContaining("cret");
        assertThatThrownBy(() -> db.all("connect", "pg", "postgres://h/x?socketFactory=a.B"))
                .hasMessageContaining("it may set");
        assertThatThrownBy(
                        () -> db.all("connect", Map.of("driver", "pg", "host", "h", "port", 70000)))
                .hasMessageContaining("port is a number");
    }

    @Test
    void its_own_types_are_understood() {
        assertThat(one("SELECT CAST(? AS jsonb) AS v", Map.of("a", List.of(1, true))))
                .isEqualTo(value(Map.of("a", List.of(1, true))));
        assertThat(one("SELECT TIMESTAMPTZ '2026-11-23 22:33:44.5+02' AS v"))
                .isEqualTo(value("2026-11-23T20:33:44.500Z"));
        assertThat(one("SELECT TIMESTAMP '2026-11-23 22:33:44' AS v"))
                .isEqualTo(value("2026-11-23T22:33:44"));
        assertThat(one("SELECT DATE '2026-11-23' AS v")).isEqualTo(value("2026-11-23"));
        assertThat(one("SELECT ARRAY[1, 2, 3] AS v")).isEqualTo(value(List.of(1, 2, 3)));
        assertThat(one("SELECT 12.50::numeric AS v")).isEqualTo(value(12.5));
        assertThat(one("SELECT 1234567890123456789.5::numeric AS v"))
                .isEqualTo(value("1234567890123456789.5"));
        assertThat(one("SELECT 9007199254740993::numeric AS v"))
                .isEqualTo(value("9007199254740993"));
        assertThat(one("SELECT ARRAY[9007199254740993, 1] AS v"))
                .isEqualTo(value(List.of("9007199254740993", 1)));
        assertThat(Caller.plain(one("SELECT ('0.' || repeat('0', 399) || '1')::numeric AS v")))
                .hasSize(402)
                .endsWith("01");
        assertThat(one("SELECT true AS v")).isEqualTo(value(true));
        assertThat(one("SELECT CAST(? AS uuid) AS v", "9f1c6f0e-0000-4000-8000-000000000001"))
                .isEqualTo(value("9f1c6f0e-0000-4000-8000-000000000001"));
        assertThat(one("SELECT CAST(? AS timestamptz) AS v", "2026-01-01T00:00:00Z"))
                .isEqualTo(value("2026-01-01T00:00:00Z"));
    }

    @Test
    void returning_gives_rows() {
        var result = exec("INSERT INTO t VALUES (?, ?, ?) RETURNING id, name", 5, "a", 1);
        assertThat(result.at("rows")).isEqualTo(value(List.of(Map.of("id", 5, "name", "a"))));
        assertThat(result.at("changed")).isEqualTo(value(true));
        assertThat(Caller.plain(result.at("message"))).isEqualTo("1 row");
    }

    @Test
    void a_failure_within_a_transaction_undoes_it() {
        var results =
                db.all(
                        "transaction",
                        Caller.function(args -> {
                            db.on(args.getFirst(), "exec", "INSERT INTO t VALUES (1, 'a', 0)");
                            var bad = db.on(args.getFirst(), "exec", "INSERT INTO t VALUES (1)");
                            return List.of(bad.getFirst(), bad.get(1));
                        }));
        assertThat(Caller.plain(results.get(1))).contains("duplicate key");
        assertThat(query("SELECT * FROM t").length()).isZero();
    }
}
