package dev.sloth.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.secret.Secret;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.security.secret.HighMark;
import dev.sloth.core.security.secret.KeySource;
import dev.sloth.core.security.secret.SecretLimits;
import dev.sloth.core.security.secret.SecretVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody can do who may write `secrets.db` and has not the key.
class SecretsFileTest {
    private static final String SPACE = "default";
    private static final String OTHER = "other";

    @TempDir private Path home;

    private final SplittableRandom random = new SplittableRandom(3);
    private HighMark mark = HighMark.NONE;

    /// Kept in a place of its own.
    private static final class Kept implements HighMark {
        private long seen;

        @Override
        public long seen() {
            return seen;
        }

        @Override
        public void saw(long changes) {
            seen = Math.max(seen, changes);
        }
    }

    private <T> T with(Function<SecretVault, T> work) {
        var key = new byte[KeySource.KEY_LENGTH];
        Arrays.fill(key, (byte) 7);
        try (var store = Sample.open(home);
                var vault =
                        SecretVault.open(
                                store.secrets(),
                                new KeySource.Key(Secret.of(key)),
                                SecretLimits.DEFAULT,
                                random,
                                () -> Sample.NOW,
                                mark)) {
            return work.apply(vault);
        }
    }

    private void set(String space, String name, String value) {
        long _ = with(vault -> vault.set(space, name, Secret.of(value)));
    }

    private String text(String space, String name) {
        return with(vault ->
                new String(
                        vault.get(space, name, Optional.empty()).bytes(), StandardCharsets.UTF_8));
    }

    private void refused(String space, String name) {
        refused("SLOTH-4514", space, name);
    }

    private void refused(String code, String space, String name) {
        var problems = catchThrowableOfType(Problems.class, () -> text(space, name));
        assertThat(problems).as("refusal").isNotNull();
        assertThat(problems.list().getFirst().code()).isEqualTo(code);
    }

    private void unpack() throws IOException {
        try (var in = SecretsFileTest.class.getResourceAsStream("old/secrets-v1.db.gz")) {
            assertThat(in).isNotNull();
            Files.copy(new GZIPInputStream(in), home.resolve("secrets.db"));
        }
    }

    /// A copy of all that is there now.
    private Path copy() throws IOException, SQLException {
        var copy = home.resolve("copy.db");
        sql("VACUUM INTO '" + copy + "'");
        return copy;
    }

    private void sql(String... statements) throws SQLException {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + home.resolve("secrets.db"));
                var statement = connection.createStatement()) {
            for (var each : statements) {
                statement.executeUpdate(each);
            }
        }
    }

    @Test
    void secrets_of_the_version_before_are_read_and_come_under_seal() throws Exception {
        unpack();
        assertThat(text(SPACE, "a")).isEqualTo("two");
        assertThat(text(SPACE, "b/c")).isEqualTo("six");
        assertThat(text(OTHER, "a")).isEqualTo("other");
        var one = with(vault -> vault.get(SPACE, "a", Optional.of(1L)));
        assertThat(one.length()).isEqualTo(3);
        assertThat(with(SecretVault::check)).isEqualTo(new SecretVault.Checked(2, 4));
        set(SPACE, "a", "three");
        assertThat(text(SPACE, "a")).isEqualTo("three");
        sql("DELETE FROM versions WHERE version = 3");
        refused(SPACE, "a");
    }

    @Test
    void rows_of_the_time_before_the_seal_are_not_taken_for_those_after_it() throws Exception {
        unpack();
        var old = copy();
        set(SPACE, "a", "three");
        sql(
                "ATTACH '" + old + "' AS old",
                "UPDATE main.master SET seal = '', changes = 0",
                "INSERT OR REPLACE INTO main.keys SELECT *, '' FROM old.keys WHERE space = 'other'",
                "INSERT OR REPLACE INTO main.versions SELECT * FROM old.versions"
                        + " WHERE space = 'other'");
        refused("SLOTH-4504", OTHER, "a");
        refused(SPACE, "a");
    }

    @Test
    void a_namespace_that_was_taken_away_whole_is_missed() throws Exception {
        set(SPACE, "a", "one");
        set(OTHER, "a", "one");
        sql("DELETE FROM versions WHERE space = 'other'", "DELETE FROM keys WHERE space = 'other'");
        refused(OTHER, "a");
        refused(SPACE, "a");
    }

    @Test
    void a_namespace_that_was_put_back_whole_is_noticed() throws Exception {
        set(SPACE, "a", "one");
        set(OTHER, "a", "one");
        var old = copy();
        set(SPACE, "a", "two");
        sql(
                "ATTACH '" + old + "' AS old",
                "DELETE FROM main.versions WHERE space = 'default'",
                "INSERT OR REPLACE INTO main.keys SELECT * FROM old.keys WHERE space = 'default'",
                "INSERT INTO main.versions SELECT * FROM old.versions WHERE space = 'default'");
        refused(SPACE, "a");
    }

    private void putBack(Path old) throws IOException {
        for (var name : List.of("secrets.db", "secrets.db-wal", "secrets.db-shm")) {
            Files.deleteIfExists(home.resolve(name));
        }
        Files.copy(old, home.resolve("secrets.db"));
    }

    @Test
    void an_older_copy_of_the_whole_file_is_noticed_by_the_count_that_is_kept_elsewhere()
            throws Exception {
        mark = new Kept();
        set(SPACE, "a", "one");
        var old = copy();
        set(SPACE, "a", "two");
        putBack(old);
        refused("SLOTH-4515", SPACE, "a");
        refused("SLOTH-4515", OTHER, "a");
        var problems = catchThrowableOfType(Problems.class, () -> set(SPACE, "a", "three"));
        assertThat(problems).hasMessageContaining("SLOTH-4515");

        boolean _ =
                with(vault -> {
                    vault.accept();
                    return true;
                });
        assertThat(text(SPACE, "a")).isEqualTo("one");
        set(SPACE, "a", "two again");
        assertThat(text(SPACE, "a")).isEqualTo("two again");
        putBack(old);
        refused("SLOTH-4515", SPACE, "a");
    }

    @Test
    void so_is_a_file_from_before_there_were_seals_and_one_that_was_taken_away() throws Exception {
        mark = new Kept();
        unpack();
        var old = Files.copy(home.resolve("secrets.db"), home.resolve("old.db"));
        set(SPACE, "a", "one");
        putBack(old);
        refused("SLOTH-4515", SPACE, "a");
        for (var name : List.of("secrets.db", "secrets.db-wal", "secrets.db-shm")) {
            Files.deleteIfExists(home.resolve(name));
        }
        Files.deleteIfExists(home.resolve("secrets.db.made"));
        refused("SLOTH-4515", SPACE, "a");
    }

    @Test
    void a_store_whose_master_row_was_taken_away_gets_no_new_one() throws Exception {
        set(SPACE, "a", "one");
        sql("DELETE FROM master");
        var problems = catchThrowableOfType(Problems.class, () -> text(SPACE, "a"));
        assertThat(problems).hasMessageContaining("SLOTH-4504");
    }
}
