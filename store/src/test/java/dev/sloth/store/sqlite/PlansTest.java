package dev.sloth.store.sqlite;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sloth.store.sql.Sql;
import dev.sloth.store.sql.SqlState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How the database goes about each of our statements, over all that a table may hold.
class PlansTest {
    /// What may go through a table or sort, by why there is little to go through.
    private static final Map<String, List<String>> SMALL =
            Map.of(
                    "a table of one row, or of one row a table",
                    List.of(
                            "find last event",
                            "find last page",
                            "find master key",
                            "find memory",
                            "note forgotten changes",
                            "take token"),
                    "the first rows in the order of the table, and no more",
                    List.of("find changes to forget", "find oldest change", "forget events"),
                    "rows of one run",
                    List.of(
                            "list artifacts",
                            "list attempts",
                            "list files",
                            "list logs",
                            "list timers"),
                    "a page of runs, and the labels that are wanted",
                    List.of("list runs"),
                    "what a hook is owed at most",
                    List.of(
                            "find next delivery",
                            "list deliveries",
                            "list due deliveries",
                            "list owners of deliveries",
                            "release deliveries"),
                    "what is held, waited for, or due at the moment",
                    List.of("due timers", "list ended locks", "list lost waiters"),
                    "what people make by hand, what crashes leave, and runs that have not ended",
                    List.of(
                            "count schedules",
                            "list access",
                            "list given",
                            "list keys",
                            "list leftovers",
                            "list masters",
                            "list open fires",
                            "list schedules",
                            "list shards",
                            "list tokens"),
                    "all agents, which a list of them is about",
                    List.of("list agents"),
                    "all orders, which a master takes up when it starts",
                    List.of("list orders"));

    @Test
    void no_statement_goes_through_a_whole_table_or_sorts_one() throws SQLException {
        var slow = new TreeMap<String, String>();
        var statements = statements();
        for (var schema :
                List.of(
                        Schema.STATE,
                        Schema.LOGS,
                        Schema.SHARED,
                        Schema.EVENTS,
                        Schema.SECRETS,
                        Schema.CLUSTER)) {
            try (var connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
                bringUp(connection, schema);
                for (var statement : statements) {
                    plan(connection, statement)
                            .filter(PlansTest::slow)
                            .ifPresent(plan -> slow.put(statement.name(), plan));
                }
            }
        }
        var small = SMALL.values().stream().flatMap(List::stream).sorted().toList();
        assertEquals(small, List.copyOf(slow.keySet()), slow::toString);
    }

    private static boolean slow(String plan) {
        return plan.replace("SCAN CONSTANT ROW", "").contains("SCAN")
                || plan.contains("TEMP B-TREE");
    }

    private static void bringUp(Connection connection, Schema schema) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (int version = 1; version <= schema.version(); version++) {
                statement.executeUpdate(schema.step(version));
            }
        }
    }

    /// Nothing where the file has no such tables.
    private static Optional<String> plan(Connection connection, Sql statement) {
        var lines = new ArrayList<String>();
        try (var asked = connection.createStatement();
                var rows = asked.executeQuery("EXPLAIN QUERY PLAN " + statement.text())) {
            while (rows.next()) {
                lines.add(rows.getString("detail"));
            }
            return Optional.of(String.join("; ", lines));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private static List<Sql> statements() {
        var folder = folder();
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name ->
                            SqlState.class.getPackageName()
                                    + "."
                                    + name.substring(0, name.length() - ".class".length()))
                    .flatMap(PlansTest::statements)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            var location = requireNonNull(SqlState.class.getResource("SqlState.class"));
            return requireNonNull(Path.of(location.toURI()).getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Sql> statements(String type) {
        try {
            return Arrays.stream(Class.forName(type).getDeclaredFields())
                    .filter(field -> Modifier.isStatic(field.getModifiers()))
                    .filter(field -> field.getType() == Sql.class)
                    .map(field -> {
                        try {
                            field.setAccessible(true);
                            return (Sql) requireNonNull(field.get(null));
                        } catch (IllegalAccessException e) {
                            throw new IllegalStateException(e);
                        }
                    });
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
