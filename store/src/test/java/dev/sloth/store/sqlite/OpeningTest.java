package dev.sloth.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of files when a store is opened on them.
final class OpeningTest {
    @TempDir private Path folder;

    private Path home() {
        return folder.resolve("home");
    }

    private Path file() {
        return home().resolve("store.db");
    }

    private static Links links(Path file, Schema schema) {
        return new Links(file, schema, StoreConfig.DEFAULT);
    }

    /// Runs statements on a file as any other program would.
    private static void change(Path file, String sql) throws SQLException {
        try (var connection = links(file, Schema.STATE).raw("")) {
            Links.run(connection, sql);
        }
    }

    private static Database database(Path file, Schema schema) {
        return Database.open(file, schema, StoreConfig.DEFAULT, () -> Sample.NOW, _ -> {});
    }

    private static StoreFailure refusal(ThrowingCallable act) {
        var failure = catchThrowableOfType(StoreFailure.class, act);
        assertThat(failure).isNotNull();
        return failure;
    }

    /// The SHA-256 of each file of the home.
    private Map<String, String> files() throws IOException {
        var files = new TreeMap<String, String>();
        try (var all = Files.walk(home())) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.toString(), Content.sha256(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    private void makeStore() {
        try (var store = Sample.open(home())) {
            Sample.submit(store, "run");
        }
    }

    @Test
    void a_home_is_made_for_its_user_alone() throws IOException {
        makeStore();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home())))
                .isEqualTo("rwx------");
    }

    @Test
    void in_a_home_that_others_may_look_into_the_files_are_their_users_alone() throws IOException {
        Files.createDirectory(
                home(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        makeStore();

        try (var store = Sample.open(home())) {
            assertThat(store.runs().find(new RunId("run"))).isPresent();
            for (var name : List.of("store.db", "store.db-wal")) {
                assertThat(
                                PosixFilePermissions.toString(
                                        Files.getPosixFilePermissions(home().resolve(name))))
                        .as(name)
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void a_path_may_have_any_character() {
        var odd = folder.resolve("a ?#%25&=;'\"ü \uD83E\uDDA5");
        try (var store = Sample.open(odd)) {
            Sample.submit(store, "run");
        }

        assertThat(odd.resolve("store.db")).exists();
        try (var store = Sample.open(odd)) {
            assertThat(store.runs().find(new RunId("run"))).isPresent();
        }
    }

    @Test
    void never_does_a_missing_home_hold_up_others_that_make_it_too() throws Exception {
        Callable<Boolean> open =
                () -> {
                    try (var store = Sample.open(home())) {
                        Sample.submit(store, "run-" + Thread.currentThread().threadId());
                        return true;
                    }
                };
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var opened : pool.invokeAll(List.of(open, open, open, open, open, open))) {
                assertThat(opened.get()).isTrue();
            }
        }
    }

    @Test
    void a_store_of_a_later_version_is_refused_and_stays_as_it_is() throws Exception {
        makeStore();
        change(file(), "PRAGMA user_version = 99");
        var before = files();

        var failure = refusal(() -> Sample.open(home()));

        assertThat(failure.reason()).isEqualTo(Reason.NEWER);
        assertThat(failure)
                .hasMessageContainingAll(file().toString(), "99", "SLOTH_HOME", "later version");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void a_later_version_is_seen_though_it_is_only_in_the_log_of_a_process_that_died()
            throws Exception {
        makeStore();
        var live = folder.resolve("live");
        Files.move(home(), live);
        try (var connection = links(live.resolve("store.db"), Schema.STATE).raw("")) {
            Links.run(connection, "PRAGMA user_version = 99");
            copyOfTheDead(live);
        }
        var before = files();

        assertThat(refusal(() -> Sample.open(home())).reason()).isEqualTo(Reason.NEWER);
        for (var name : List.of("store.db", "store.db-wal")) {
            var path = home().resolve(name).toString();
            assertThat(files().get(path)).isEqualTo(before.get(path));
        }
    }

    /// As a process leaves its files when it is killed.
    private void copyOfTheDead(Path live) throws IOException {
        Files.createDirectory(home());
        for (var name : List.of("store.db", "store.db-wal")) {
            Files.copy(live.resolve(name), home().resolve(name));
        }
    }

    @Test
    void a_store_that_becomes_newer_while_it_is_open_is_written_no_more() throws Exception {
        try (var store = Sample.open(home())) {
            var claim = Sample.submit(store, "run");
            change(file(), "PRAGMA user_version = 99");

            assertThat(refusal(() -> store.runs().append(claim, Sample.last(2))).reason())
                    .isEqualTo(Reason.NEWER);
        }
    }

    @Test
    void a_database_of_another_program_is_refused_and_stays_as_it_is() throws Exception {
        Files.createDirectory(home());
        change(file(), "CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)");
        var before = files();

        assertThat(refusal(() -> Sample.open(home())))
                .hasMessageContainingAll(file().toString(), "another program");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void one_of_our_files_is_not_taken_for_another() throws Exception {
        makeStore();
        try (var store = Sample.open(home())) {
            store.logs().delete(new RunId("run"));
        }
        Files.move(file(), folder.resolve("aside"));
        Files.move(home().resolve("logs.db"), file());

        assertThat(refusal(() -> Sample.open(home()))).hasMessageContaining("another program");
    }

    @Test
    void a_file_that_is_no_database_is_damaged_and_stays_as_it_is() throws Exception {
        Files.createDirectory(home());
        Files.writeString(file(), "these are not the rows you are looking for ".repeat(99));
        var before = files();

        var failure = refusal(() -> Sample.open(home()));
        assertThat(failure.reason()).isEqualTo(Reason.DAMAGED);
        assertThat(failure).hasMessageContainingAll(file().toString(), "backup");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void an_empty_file_is_a_new_store_unless_it_held_something_once() throws Exception {
        Files.createDirectory(home());
        Files.createFile(file());
        makeStore();
        Files.write(file(), new byte[0]);

        assertThat(refusal(() -> Sample.open(home())).reason()).isEqualTo(Reason.DAMAGED);
        assertThat(file()).isEmptyFile();
    }

    @Test
    void so_is_an_empty_file_of_output() throws Exception {
        try (var store = Sample.open(home())) {
            store.logs().append(Sample.submit(store, "run"), Sample.chunk("run", 0));
        }
        Files.write(home().resolve("logs.db"), new byte[0]);

        try (var store = Sample.open(home())) {
            var failure = refusal(() -> store.logs().read(Sample.attempt("run", 1), 0, 1));
            assertThat(failure.reason()).isEqualTo(Reason.DAMAGED);
        }
    }

    @Test
    void a_file_that_ends_in_its_first_page_is_damaged() throws Exception {
        makeStore();
        var whole = Files.readAllBytes(file());
        for (int size : new int[] {1, 99, 100, 4_095}) {
            Files.write(file(), Arrays.copyOf(whole, size));
            var before = files();

            assertThat(refusal(() -> Sample.open(home())).reason()).isEqualTo(Reason.DAMAGED);
            assertThat(files()).isEqualTo(before);
        }
    }

    @Test
    void a_home_that_is_a_file_is_refused() throws Exception {
        Files.createFile(home());

        for (var home : List.of(home(), home().resolve("below"))) {
            assertThat(refusal(() -> Sample.open(home)))
                    .hasMessageContainingAll(home().toString(), "no folder", "SLOTH_HOME");
        }
    }

    private static final Schema OLD = schema("V0001__things.sql");
    private static final Schema NEW = schema("V0001__things.sql", "V0002__colours.sql");
    private static final Schema BROKEN = schema("V0001__things.sql", "V0002__broken.sql");

    private static Schema schema(String... steps) {
        return new Schema(77, "try", List.of(steps));
    }

    private Path things() {
        return folder.resolve("things.db");
    }

    private void makeThings() throws SQLException {
        database(things(), OLD).close();
        change(things(), "INSERT INTO things (name) VALUES ('anvil')");
    }

    private static long count(Path file, String from) throws SQLException {
        try (var connection = links(file, OLD).raw("")) {
            return Links.number(connection, "SELECT COUNT(*) FROM " + from);
        }
    }

    @Test
    void a_file_of_an_older_version_is_migrated_and_a_backup_is_kept() throws Exception {
        makeThings();

        database(things(), NEW).close();

        assertThat(count(things(), "things WHERE name = 'anvil' AND colour = 'grey'")).isOne();
        var backup = folder.resolve("things.db.v1-20260329T013000.backup");
        assertThat(count(backup, "things WHERE name = 'anvil'")).isOne();
        assertThat(count(backup, "pragma_table_info('things') WHERE name = 'colour'")).isZero();
        database(backup, OLD).close();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void what_is_only_in_the_log_is_migrated_and_backed_up_too() throws Exception {
        makeThings();
        try (var connection = links(things(), OLD).raw("")) {
            Links.run(connection, "INSERT INTO things (name) VALUES ('bolt')");
            database(things(), NEW).close();
        }

        assertThat(count(things(), "things WHERE colour = 'grey'")).isEqualTo(2);
        assertThat(count(folder.resolve("things.db.v1-20260329T013000.backup"), "things"))
                .isEqualTo(2);
    }

    @Test
    void a_migration_that_fails_leaves_the_file_as_it_was() throws Exception {
        makeThings();

        assertThat(refusal(() -> database(things(), BROKEN)))
                .hasMessageContaining(things().toString());
        assertThat(count(things(), "pragma_table_info('things') WHERE name = 'colour'")).isZero();
        database(things(), OLD).close();
        database(things(), NEW).close();
        assertThat(count(things(), "things WHERE colour = 'grey'")).isOne();
    }

    @Test
    void a_file_of_the_newest_version_is_not_backed_up() {
        makeStore();
        makeStoreAgain();

        assertThat(home()).isDirectoryNotContaining("glob:**.backup");
    }

    private void makeStoreAgain() {
        try (var store = Sample.open(home())) {
            Sample.submit(store, "again");
        }
    }

    @Test
    void a_store_without_one_of_its_tables_is_damaged() throws Exception {
        makeStore();
        change(file(), "PRAGMA foreign_keys = OFF; DROP TABLE contents");
        try (var store = Sample.open(home())) {
            var failure = refusal(() -> store.runs().content("0"));
            assertThat(failure.reason()).isEqualTo(Reason.DAMAGED);
            assertThat(failure).hasMessageContaining("no such table: contents");
        }
    }

    /// @param meanwhile what others do while the file is looked at again
    private void bringUp(Runnable meanwhile) {
        new Opening(
                        links(file(), Schema.STATE),
                        Schema.STATE,
                        StoreConfig.DEFAULT,
                        () -> Sample.NOW,
                        meanwhile)
                .bringUp();
    }

    private void write(byte[] bytes) {
        try {
            Files.write(file(), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_file_in_which_half_of_a_change_is_seen_is_looked_at_again() throws Exception {
        makeStore();
        byte[] good = Files.readAllBytes(file());
        byte[] torn = good.clone();
        Arrays.fill(torn, 100, 200, (byte) 0);
        write(torn);
        bringUp(() -> write(good));
        assertThat(Files.readAllBytes(file())).isEqualTo(good);

        write(torn);
        assertThat(refusal(() -> bringUp(() -> {})).reason()).isEqualTo(Reason.DAMAGED);
        write(new byte[0]);
        bringUp(() -> write(good));
        assertThat(Files.readAllBytes(file())).isEqualTo(good);
    }

    @Test
    void every_commit_reaches_the_disk_before_it_is_answered() throws Exception {
        makeStore();
        try (var connection = links(file(), Schema.STATE).writing()) {
            assertThat(Links.number(connection, "PRAGMA synchronous")).isEqualTo(2);
            assertThat(Links.number(connection, "PRAGMA foreign_keys")).isEqualTo(1);
            assertThat(
                            Links.number(
                                    connection,
                                    "SELECT journal_mode = 'wal' FROM pragma_journal_mode"))
                    .isEqualTo(1);
        }
    }

    @Test
    void every_step_is_a_resource_and_in_the_order_of_its_number() throws Exception {
        for (var schema : List.of(Schema.STATE, Schema.LOGS)) {
            for (int version = 1; version <= schema.version(); version++) {
                assertThat(schema.steps().get(version - 1))
                        .matches("V%04d__[a-z_]+\\.sql".formatted(version));
                assertThat(schema.step(version)).isNotBlank();
            }
            var folder = Path.of("src/main/resources/dev/sloth/store/sqlite", schema.folder());
            try (var files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()).sorted())
                        .isEqualTo(schema.steps());
            }
        }
    }
}
