package dev.sloth.plugins.db;

import static dev.sloth.plugins.testing.Caller.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.value.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// On a file of SQLite.
class SqliteTest extends DbContract {
    @Override
    Map<String, Object> where() {
        return Map.of("driver", "sqlite", "path", "app.db");
    }

    @Override
    String blobType() {
        return "BLOB";
    }

    @Override
    String slow() {
        return "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT COUNT(*)"
                + " FROM c";
    }

    @Test
    void the_file_lies_in_the_folder_of_the_task() {
        assertThat(folder.resolve("app.db")).isRegularFile();
    }

    @Test
    void the_id_of_a_new_row_is_told() {
        exec("INSERT INTO t (name) VALUES ('a')");
        var result = exec("INSERT INTO t (name) VALUES (?)", "b");
        assertThat(db.call("last_insert_id", result)).isEqualTo(value(2));
        assertThat(db.call("last_insert_id", exec("DELETE FROM t"))).isEqualTo(Value.Nil.NIL);
    }

    @Test
    void several_statements_are_all_done_or_refused_and_never_half_done() {
        exec("INSERT INTO t VALUES (1, 'a;b', 0); -- and\nINSERT INTO t VALUES (2, 'c', 0);");
        assertThat(query("SELECT id FROM t").length()).isEqualTo(2);
        assertThat(refusal("SELECT 1; DELETE FROM t")).contains("several statements");
        var bound = db.on(connection, "exec", "DELETE FROM t WHERE id = ?; DELETE FROM t", 1);
        assertThat(bound.get(1).toString()).contains("several statements");
        assertThat(query("SELECT id FROM t; -- done").length()).isEqualTo(2);
    }

    @Test
    void settings_and_triggers_are_no_rows() {
        does("INSERT INTO t VALUES (1, 'a', 0)", 1, true);
        does("PRAGMA user_version = 5", 0, true);
        does("PRAGMA user_version", 0, false);
        does("CREATE TRIGGER no AFTER DELETE ON t BEGIN UPDATE t SET name = 'b'; END", 0, true);
        does("DROP TRIGGER no", 0, true);
        does("BEGIN; INSERT INTO t VALUES (2, 'b', 0); COMMIT", 1, true);
    }

    @Test
    void an_id_is_told_only_of_a_row_that_was_added_and_loses_no_digit() {
        exec("INSERT INTO t VALUES (7, 'a', 0)");
        var ignored = exec("INSERT OR IGNORE INTO t VALUES (7, 'b', 0)");
        assertThat(ignored.at("changed")).isEqualTo(value(false));
        assertThat(ignored.at("last_insert_id")).isEqualTo(Value.Nil.NIL);
        var none = exec("INSERT INTO t SELECT id + 1, name, n FROM t WHERE id = 99");
        assertThat(none.at("last_insert_id")).isEqualTo(Value.Nil.NIL);
        var large = exec("INSERT INTO t VALUES (9007199254740993, 'c', 0)");
        assertThat(db.call("last_insert_id", large)).isEqualTo(value("9007199254740993"));
    }

    @Test
    void changes_of_attached_databases_and_of_what_a_database_remembers_are_seen() {
        does("ATTACH '" + folder.resolve("o.db") + "' AS \"o \"\"x\"", 0, false);
        does("CREATE TABLE \"o \"\"x\".a (x INTEGER)", 0, true);
        does("CREATE TABLE IF NOT EXISTS \"o \"\"x\".a (x INTEGER)", 0, false);
        does("PRAGMA \"o \"\"x\".user_version = 3", 0, true);
        does("PRAGMA \"o \"\"x\".user_version = 3", 0, false);
        does("DROP TABLE \"o \"\"x\".a", 0, true);
        does("DETACH \"o \"\"x\"", 0, false);
        does("PRAGMA journal_mode = TRUNCATE", 0, false);
        does("PRAGMA journal_mode = WAL", 0, true);
        does("PRAGMA journal_mode = WAL", 0, false);
        does("PRAGMA journal_mode", 0, false);
        does("CREATE TEMP TABLE passing (x INTEGER)", 0, true);
    }

    @Test
    void what_is_done_in_a_database_that_comes_and_goes_counts_as_a_change() {
        var attach = "ATTACH '" + folder.resolve("p.db") + "' AS p; ";
        does(attach + "CREATE TABLE p.a (x INTEGER)", 0, true);
        does("CREATE TABLE p.b (x INTEGER); DETACH p", 0, true);
        does(attach + "SELECT * FROM p.a", 0, false);
    }

    @Test
    void what_is_no_place_for_a_database_is_refused() {
        assertThatThrownBy(() -> db.all("connect", "sqlite", "x.db?enable_load_extension=true"))
                .hasMessageContaining("is a path or :memory:");
        assertThatThrownBy(() -> db.all("connect", "sqlite", "file:x.db"))
                .hasMessageContaining("is a path or :memory:");
        assertThatThrownBy(() -> db.all("connect", "oracle", "x"))
                .hasMessageContaining("sqlite or postgresql");
        assertThat(db.error("connect", "sqlite", "no/such/folder/x.db", "other"))
                .contains("cannot connect to SQLite");
        assertThat(db.call("connect", "sqlite", ":memory:", "m")).isInstanceOf(Value.Handle.class);
    }

    @Test
    void a_read_only_connection_changes_nothing() {
        var fields = Map.of("driver", "sqlite", "path", "app.db", "name", "ro", "read_only", true);
        var reader = db.call("connect", fields);
        assertThat(db.on(reader, "exec", "DELETE FROM t").get(1).toString()).contains("readonly");
    }
}
