package dev.sloth.plugins.db;

import static dev.sloth.plugins.testing.Caller.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.TestHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds for every kind of database.
abstract class DbContract {
    @TempDir Path folder;
    TestHost host = new TestHost();
    Caller db = new Caller(DbModule.module(), host);
    Value connection = Value.Nil.NIL;

    /// The fields for `db.connect`.
    abstract Map<String, Object> where() throws Exception;

    abstract String blobType();

    /// A query that runs for minutes.
    abstract String slow();

    @BeforeEach
    void connect() throws Exception {
        host = new TestHost(folder);
        db = new Caller(DbModule.module(), host);
        var results = db.all("connect", where());
        assertThat(results.getFirst()).as(results.toString()).isInstanceOf(Value.Handle.class);
        connection = results.getFirst();
        exec("DROP TABLE IF EXISTS t");
        exec("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n DOUBLE PRECISION)");
    }

    @AfterEach
    void disconnect() {
        Connections.of(host).close();
    }

    DataTable exec(String sql, Object... params) {
        var results = db.on(connection, "exec", with(sql, params));
        assertThat(results.getFirst()).as(results.toString()).isInstanceOf(DataTable.class);
        return (DataTable) results.getFirst();
    }

    DataTable query(String sql, Object... params) {
        var results = db.on(connection, "query", with(sql, params));
        assertThat(results.getFirst()).as(results.toString()).isInstanceOf(DataTable.class);
        return (DataTable) results.getFirst();
    }

    String refusal(String sql, Object... params) {
        var results = db.on(connection, "query", with(sql, params));
        assertThat(results.getFirst()).isEqualTo(Value.Nil.NIL);
        return Caller.plain(results.get(1));
    }

    private static Object[] with(String sql, Object[] params) {
        var all = new Object[params.length + 1];
        all[0] = sql;
        System.arraycopy(params, 0, all, 1, params.length);
        return all;
    }

    Value one(String sql, Object... params) {
        return ((DataTable) query(sql, params).at(1)).at("v");
    }

    private long count() {
        return (long) ((Value.Num) one("SELECT COUNT(*) AS v FROM t")).value();
    }

    @Test
    void rows_come_as_tables_by_column() {
        exec("INSERT INTO t VALUES (?, ?, ?)", 1, "one", 1.5);
        exec("INSERT INTO t VALUES (?, ?, ?)", 2, Value.Nil.NIL, 2);
        assertThat(query("SELECT * FROM t ORDER BY id"))
                .isEqualTo(
                        value(
                                List.of(
                                        new DataTable()
                                                .with("id", 1)
                                                .with("name", "one")
                                                .with("n", 1.5),
                                        new DataTable().with("id", 2).with("n", 2))));
        var all = db.on(connection, "query", "SELECT id, name FROM t WHERE id = 9");
        assertThat(all.get(2)).isEqualTo(value(List.of("id", "name")));
    }

    @Test
    void values_never_become_part_of_a_statement() {
        var nasty = "x'); DROP TABLE t; --";
        exec("INSERT INTO t VALUES (?, ?, ?)", 1, nasty, 0);
        assertThat(one("SELECT name AS v FROM t WHERE name = ?", nasty)).isEqualTo(value(nasty));
        assertThat(count()).isEqualTo(1);
        assertThat(db.text("escape", "O'Neill")).isEqualTo("O''Neill");
    }

    @Test
    void texts_numbers_bytes_and_json_come_back_as_they_were() {
        assertThat(one("SELECT CAST(? AS TEXT) AS v", "ü€😀")).isEqualTo(value("ü€😀"));
        assertThat(one("SELECT CAST(? AS BIGINT) AS v", 9007199254740992.0))
                .isEqualTo(value(9007199254740992.0));
        assertThat(one("SELECT CAST(9223372036854775807 AS BIGINT) AS v"))
                .isEqualTo(value("9223372036854775807"));
        assertThat(one("SELECT CAST(? AS DOUBLE PRECISION) AS v", 0.1)).isEqualTo(value(0.1));
        exec("DROP TABLE IF EXISTS b");
        exec("CREATE TABLE b (data " + blobType() + ", doc TEXT)");
        var bytes = Text.ofBytes(new byte[] {0, 1, (byte) 0xff});
        exec("INSERT INTO b VALUES (?, ?)", bytes, Map.of("a", List.of(1, 2)));
        assertThat(one("SELECT data AS v FROM b")).isEqualTo(bytes);
        assertThat(one("SELECT doc AS v FROM b")).isEqualTo(value("{\"a\":[1,2]}"));
        exec("DELETE FROM b");
        exec("INSERT INTO b VALUES (?, ?)", db.call("bytes", "a\\b"), db.call("json", List.of(1)));
        assertThat(one("SELECT data AS v FROM b")).isEqualTo(value("a\\b"));
        assertThat(one("SELECT doc AS v FROM b")).isEqualTo(value("[1]"));
    }

    @Test
    void exec_says_how_many_rows_changed() {
        assertThat(exec("INSERT INTO t VALUES (1, 'a', 0), (2, 'b', 0)").at("rows_affected"))
                .isEqualTo(value(2));
        var none = exec("UPDATE t SET name = 'c' WHERE id = ?", 9);
        assertThat(none.at("changed")).isEqualTo(value(false));
        assertThat(db.call("rows_affected", none)).isEqualTo(value(0));
        assertThat(exec("DELETE FROM t").at("changed")).isEqualTo(value(true));
    }

    void does(String sql, int rows, boolean changed) {
        var done = exec(sql);
        assertThat(done.at("rows_affected")).as(sql).isEqualTo(value(rows));
        assertThat(done.at("changed")).as(sql).isEqualTo(value(changed));
    }

    @Test
    void what_changes_no_rows_counts_none_and_says_whether_it_changed_anything_else() {
        does("INSERT INTO t VALUES (1, 'a', 0), (2, 'b', 0)", 2, true);
        does("SELECT * FROM t", 0, false);
        does("WITH x AS (SELECT 1) SELECT * FROM x", 0, false);
        does("CREATE TABLE fresh (x INTEGER)", 0, true);
        does("CREATE TABLE IF NOT EXISTS fresh (x INTEGER)", 0, false);
        does("ALTER TABLE fresh ADD COLUMN y INTEGER", 0, true);
        does("DROP TABLE fresh", 0, true);
        does("DELETE FROM t WHERE id = 9", 0, false);
        does("INSERT INTO t VALUES (3, 'c', 0) RETURNING id", 1, true);
        does("UPDATE t SET name = 'x' WHERE id = 9 RETURNING id", 0, false);
    }

    @Test
    void several_statements_are_added_up_and_all_done_or_none() {
        does("INSERT INTO t VALUES (1, 'a;b', 0); -- and\nUPDATE t SET name = 'c';", 2, true);
        does("DELETE FROM t WHERE id = 8; DELETE FROM t WHERE id = 9", 0, false);
        does("CREATE TABLE several (x INTEGER); DROP TABLE several", 0, true);
        var half = "INSERT INTO t VALUES (2, 'b', 0); INSERT INTO nowhere VALUES (1)";
        assertThat(db.on(connection, "exec", half).getFirst()).isEqualTo(Value.Nil.NIL);
        assertThat(count()).isEqualTo(1);
        does("INSERT INTO t VALUES (2, 'b', 0)", 1, true);
    }

    @Test
    void several_statements_belong_to_the_transaction_that_is_under_way() {
        var tx = db.call("begin");
        exec("INSERT INTO t VALUES (1, 'a', 0); INSERT INTO t VALUES (2, 'b', 0)");
        db.on(tx, "rollback");
        assertThat(count()).isZero();
    }

    @Test
    void a_transaction_keeps_all_or_nothing() {
        var kept =
                db.all(
                        "transaction",
                        Caller.function(args -> {
                            db.on(args.getFirst(), "exec", "INSERT INTO t VALUES (1, 'a', 0)");
                            return List.of(value("done"));
                        }));
        assertThat(kept).containsExactly(value("done"));
        var undone =
                db.all(
                        "transaction",
                        Caller.function(args -> {
                            db.on(args.getFirst(), "exec", "DELETE FROM t");
                            return List.of(value(false), value("not so"));
                        }));
        assertThat(undone).containsExactly(Value.Nil.NIL, value("not so"));
        assertThatThrownBy(() ->
                        db.all(
                                "transaction",
                                Caller.function(args -> {
                                    db.on(args.getFirst(), "exec", "DELETE FROM t");
                                    throw new IllegalStateException("oh");
                                })))
                .isInstanceOf(ScriptFailure.class);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void begin_commit_and_rollback_do_what_they_say() {
        var tx = db.call("begin");
        db.on(tx, "exec", "INSERT INTO t VALUES (1, 'a', 0)");
        assertThat(db.error("begin")).contains("under way");
        assertThat(db.truth("rollback", tx)).isTrue();
        assertThat(count()).isZero();
        assertThat(db.error("commit", tx)).contains("is over");
        var second = db.call("begin");
        db.on(second, "exec", "INSERT INTO t VALUES (1, 'a', 0)");
        assertThat(Caller.result(db.on(second, "commit"), 0).truthy()).isTrue();
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void a_prepared_statement_is_run_with_many_values() {
        var insert = db.call("prepare", "INSERT INTO t VALUES (?, ?, ?)");
        for (int i = 1; i <= 3; i++) {
            assertThat(db.first(insert, "exec", i, "n" + i, Value.Nil.NIL).truthy()).isTrue();
        }
        var select = db.call("prepare", "SELECT name AS v FROM t WHERE id = ?");
        assertThat(((DataTable) db.first(select, "query", 2)).at(1))
                .isEqualTo(value(Map.of("v", "n2")));
    }

    @Test
    void both_styles_and_names_of_connections_work() {
        assertThat(db.call("query", "SELECT 1 AS v")).isEqualTo(value(List.of(Map.of("v", 1))));
        assertThat(db.call("query", "SELECT CAST(? AS INTEGER) AS v", "default", 7))
                .isEqualTo(value(List.of(Map.of("v", 7))));
        assertThat(
                        db.call(
                                "query",
                                Map.of(
                                        "sql",
                                        "SELECT CAST(? AS INTEGER) AS v",
                                        "params",
                                        List.of(8))))
                .isEqualTo(value(List.of(Map.of("v", 8))));
        assertThatThrownBy(() -> db.all("query", "SELECT 1", "other"))
                .hasMessageContaining("no connection is called other");
    }

    @Test
    void what_holds_no_statement_is_refused_in_plain_words() {
        for (var empty :
                List.of("", " \n", ";", " ; ;", "-- comment", "/* x */", "-- a\n/* b */;")) {
            for (var function : List.of("query", "exec")) {
                assertThatThrownBy(() -> db.on(connection, function, empty))
                        .as(function + " " + empty)
                        .hasMessageContaining("sql holds no statement");
            }
            assertThatThrownBy(() -> db.call("prepare", empty))
                    .hasMessageContaining("sql holds no statement");
        }
        assertThat(query("/* x */ SELECT 1 AS v; -- done").length()).isEqualTo(1);
    }

    @Test
    void integers_that_a_number_cannot_hold_come_as_text() {
        for (var digits :
                List.of("9007199254740993", "-9007199254740993", "-9223372036854775808")) {
            assertThat(one("SELECT CAST('" + digits + "' AS BIGINT) AS v"))
                    .isEqualTo(value(digits));
        }
        assertThat(one("SELECT CAST('-9007199254740992' AS BIGINT) AS v"))
                .isEqualTo(value(-9007199254740992.0));
        assertThat(one("SELECT CAST('9007199254740991' AS BIGINT) AS v"))
                .isEqualTo(value(9007199254740991.0));
    }

    @Test
    void what_the_database_refuses_is_said_and_the_connection_lives_on() {
        assertThat(refusal("SELEC 1")).isNotEmpty();
        assertThat(refusal("SELECT * FROM none_such")).contains("none_such");
        assertThat(refusal("SELECT ?")).isNotEmpty();
        assertThatThrownBy(() -> db.on(connection, "query", ""))
                .hasMessageContaining("sql holds no statement");
        assertThatThrownBy(() -> query("SELECT ?", Caller.function(_ -> List.of())))
                .hasMessageContaining("cannot be stored");
        assertThat(db.truth("ping")).isTrue();
    }

    @Test
    void a_result_has_its_limits() {
        var many =
                "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 100001)"
                        + " SELECT x FROM c";
        assertThat(refusal(many)).contains("more than 100000 rows");
        assertThat(db.truth("ping")).isTrue();
    }

    @Test
    void a_slow_statement_is_cancelled_and_the_connection_lives_on() throws Exception {
        var fields = new HashMap<>(where());
        fields.put("name", "quick");
        fields.put("timeout", "300ms");
        var quick = db.call("connect", fields);
        var results = db.on(quick, "query", slow());
        assertThat(Caller.plain(results.get(1))).contains("took longer than 0.3 s");
        assertThat(Caller.result(db.on(quick, "query", "SELECT 1 AS v"), 0))
                .isEqualTo(value(List.of(Map.of("v", 1))));
    }

    @Test
    void stopping_a_script_cancels_its_statement_and_closes_the_connection() throws Exception {
        var link = Connections.of(host).meant(connection);
        var thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                var _ = link.use(new Sql(slow(), List.of(), Allowance.FREE)::ask);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        while (!link.isBusy()) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
        assertThat(link.isGone(Duration.ofSeconds(20))).isTrue();
        assertThat(link.isClosed()).isTrue();
    }

    @Test
    void the_end_of_the_script_closes_and_undoes() throws Exception {
        var other = Connections.of(host).meant(connection);
        var tx = db.call("begin");
        db.on(tx, "exec", "INSERT INTO t VALUES (1, 'a', 0)");
        Connections.of(host).close();
        assertThat(other.isGone(Duration.ofSeconds(10))).isTrue();
        assertThatThrownBy(() -> db.all("query", "SELECT 1")).hasMessageContaining("no connection");
        connection = db.call("connect", where());
        assertThat(count()).isZero();
    }

    @Test
    void there_are_only_so_many_connections() throws Exception {
        for (int i = 1; i < Limits.CONNECTIONS_MAX; i++) {
            var fields = new HashMap<>(where());
            fields.put("name", "c" + i);
            assertThat(db.call("connect", fields)).isInstanceOf(Value.Handle.class);
        }
        var fields = new HashMap<>(where());
        fields.put("name", "one too many");
        assertThat(db.error("connect", fields)).contains("are open already");
        assertThat(db.error("connect", where())).contains("a connection called default is open");
        assertThat(db.truth("close", "c1")).isTrue();
        assertThat(db.call("connect", fields)).isInstanceOf(Value.Handle.class);
    }

    @Test
    void lists_with_gaps_bind_nil_where_it_stands() {
        var packed = (DataTable) value(Arrays.asList(1, "x"));
        packed.with("n", 3);
        exec("INSERT INTO t VALUES (?, ?, ?)", packed);
        assertThat(query("SELECT n FROM t").at(1)).isEqualTo(new DataTable());
    }
}
