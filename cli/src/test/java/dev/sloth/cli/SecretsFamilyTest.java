package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SecretsFamilyTest {
    private static final String VALUE = "s3cret-Value-4711";

    @TempDir private Path folder;
    private Door door = new Door(Path.of(""));

    @BeforeEach
    void open() {
        door = new Door(folder);
    }

    private Door.Answer secrets(String... words) {
        var all = new ArrayList<>(List.of("secrets"));
        all.addAll(List.of(words));
        return door.call(all.toArray(String[]::new));
    }

    private void set(String name, String value) {
        door.typing(value);
        assertThat(secrets("set", name).exit()).isZero();
    }

    private static void refused(Door.Answer answer, int exit, String code) {
        assertThat(answer.exit()).as("%s", answer).isEqualTo(exit);
        assertThat(answer.err()).startsWith("error " + code).contains("help: ");
        assertThat(answer.out()).isEmpty();
    }

    private Path home(String name) {
        return folder.resolve("home").resolve(name);
    }

    @Test
    void what_was_set_is_shown_to_whoever_asks_for_it() {
        door.typing(VALUE + "\n");
        assertThat(secrets("set", "token").out()).isEqualTo("set token, version 1\n");
        assertThat(secrets("get", "token").out()).isEqualTo(VALUE + "\n");
        assertThat(secrets("get", "token", "--exact").out()).isEqualTo(VALUE);
        assertThat(secrets("get", "token", "-o", "json").out())
                .isEqualTo(
                        "{\n  \"name\" : \"token\",\n  \"value\" : \"%s\"\n}\n".formatted(VALUE));
        door.typing("new\n");
        assertThat(secrets("set", "token", "--exact", "-o", "json").out())
                .contains("\"version\" : 2");
        assertThat(secrets("get", "token").out()).isEqualTo("new\n\n");
        assertThat(secrets("get", "token", "--version", "1").out()).isEqualTo(VALUE + "\n");
        refused(secrets("get", "token", "--version", "9"), Exit.FAILED, "SLOTH-4507");
        refused(secrets("get", "token", "--version", "x"), Exit.WRONG, "SLOTH-9001");
        refused(secrets("get", "other"), Exit.FAILED, "SLOTH-4507");
    }

    @Test
    void a_file_is_kept_byte_by_byte() throws IOException {
        byte[] bytes = {0, 1, (byte) 0xFF, '\n'};
        Files.write(folder.resolve("key.bin"), bytes);
        assertThat(secrets("set", "key", "--from-file", "key.bin").exit()).isZero();
        assertThat(secrets("get", "key", "-o", "json").out()).contains("\"$bytes\" : \"AAH/Cg==\"");
        var gone = secrets("set", "key", "--from-file", "nothing");
        refused(gone, Exit.WRONG, "SLOTH-4510");
        assertThat(gone.err()).contains("cannot read 'nothing': there is no such file");
    }

    @Test
    void lists_show_no_values() {
        set("a", VALUE);
        set("a", VALUE + "2");
        var list = secrets("list");
        assertThat(list.lines().get(1)).matches("a +2 +2 +18 B +.*");
        var document = secrets("list", "-o", "json");
        assertThat(document.out()).contains("\"kept\" : 2", "\"size\" : 18");
        assertThat(list.out() + document.out()).doesNotContain(VALUE);
    }

    @Test
    void nothing_in_the_home_folder_can_be_read() throws IOException {
        set("token", VALUE);
        assertThat(secrets("rotate").out()).isEqualTo("encrypted 1 values with a new key\n");
        var found = new ArrayList<Path>();
        try (Stream<Path> all = Files.walk(folder.resolve("home"))) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                found.add(file);
                assertThat(text).as("%s", file).doesNotContain(VALUE);
            }
        }
        assertThat(found).contains(home("secrets.db"), home("keys/secrets.key"));
        for (var file : List.of("secrets.db", "keys/secrets.key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
        assertThat(secrets("get", "token").out()).isEqualTo(VALUE + "\n");
    }

    @Test
    void a_key_file_that_others_can_read_is_refused() throws IOException {
        set("token", VALUE);
        Files.setPosixFilePermissions(
                home("keys/secrets.key"), PosixFilePermissions.fromString("rw-r--r--"));
        var answer = secrets("get", "token");
        refused(answer, Exit.WRONG, "SLOTH-4505");
        assertThat(answer.err()).contains("chmod 600");
    }

    @Test
    void without_its_key_nothing_is_opened_and_no_new_key_is_made() throws IOException {
        set("token", VALUE);
        var key = home("keys/secrets.key");
        var text = Files.readString(key);
        Files.delete(key);
        refused(secrets("get", "token"), Exit.WRONG, "SLOTH-4502");
        assertThat(key).doesNotExist();
        Files.writeString(key, "# nothing\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        refused(secrets("get", "token"), Exit.WRONG, "SLOTH-4505");
        Files.writeString(key, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
        refused(secrets("get", "token"), Exit.WRONG, "SLOTH-4503");
        Files.writeString(key, text);
        assertThat(secrets("get", "token").out()).isEqualTo(VALUE + "\n");
    }

    @Test
    void a_variable_or_a_passphrase_can_be_the_key() {
        door.with("SLOTH_SECRETS_PASSPHRASE", "correct horse battery");
        set("token", VALUE);
        assertThat(home("keys")).doesNotExist();
        assertThat(secrets("get", "token").out()).isEqualTo(VALUE + "\n");
        door.with("SLOTH_SECRETS_PASSPHRASE", "correct horse batteri");
        refused(secrets("get", "token"), Exit.WRONG, "SLOTH-4503");
        door.with("SLOTH_SECRETS_PASSPHRASE", "short");
        refused(secrets("get", "token"), Exit.WRONG, "SLOTH-4505");
        door.with("SLOTH_SECRETS_KEY", "nonsense");
        refused(secrets("get", "token"), Exit.WRONG, "SLOTH-4505");
        door.with("SLOTH_SECRETS_KEY", "ab".repeat(32));
        refused(secrets("get", "token"), Exit.WRONG, "SLOTH-4502");
    }

    @Test
    void a_new_master_key_takes_over_from_the_old_one() throws IOException {
        set("token", VALUE);
        assertThat(secrets("rotate", "--new-key-file", "other.key").exit()).isZero();
        refused(secrets("get", "token"), Exit.WRONG, "SLOTH-4503");
        door.with("SLOTH_SECRETS_KEY_FILE", folder.resolve("other.key").toString());
        assertThat(secrets("get", "token").out()).isEqualTo(VALUE + "\n");
        var words = folder.resolve("words");
        Files.writeString(words, "correct horse battery\n");
        refused(secrets("rotate", "--new-passphrase-file", "words"), Exit.WRONG, "SLOTH-4505");
        Files.setPosixFilePermissions(words, PosixFilePermissions.fromString("rw-------"));
        assertThat(secrets("rotate", "--new-passphrase-file", "words").exit()).isZero();
        refused(secrets("get", "token"), Exit.WRONG, "SLOTH-4502");
        door.with("SLOTH_SECRETS_PASSPHRASE_FILE", "words");
        assertThat(secrets("get", "token").out()).isEqualTo(VALUE + "\n");
    }

    @Test
    void removing_says_when_there_was_nothing() {
        set("a", VALUE);
        assertThat(secrets("remove", "a").out()).isEqualTo("removed a\n");
        refused(secrets("remove", "a"), Exit.FAILED, "SLOTH-4507");
    }

    @Test
    void namespaces_know_nothing_of_each_other() {
        set("a", VALUE);
        refused(secrets("get", "a", "--namespace", "x"), Exit.FAILED, "SLOTH-4507");
        door.with("SLOTH_SECRETS_NAMESPACE", "x");
        refused(secrets("get", "a"), Exit.FAILED, "SLOTH-4507");
        assertThat(secrets("get", "a", "--namespace", "default").out()).isEqualTo(VALUE + "\n");
    }

    @Test
    void what_cannot_be_kept_is_refused() {
        door.typing("x");
        refused(secrets("set", "1a"), Exit.WRONG, "SLOTH-4501");
        refused(secrets("set", "a", "value"), Exit.WRONG, "SLOTH-9001");
        door.typing("");
        refused(secrets("set", "a"), Exit.WRONG, "SLOTH-4506");
        door.typing("x".repeat(65_537));
        refused(secrets("set", "a"), Exit.WRONG, "SLOTH-4506");
        door.with("SLOTH_SECRETS_MAX_VALUE", "3").typing("1234");
        refused(secrets("set", "a"), Exit.WRONG, "SLOTH-4506");
    }

    @Test
    void files_of_secrets_are_imported_whole_or_not_at_all() {
        door.file(
                "some.env",
                """
                # comment
                export A=plain # comment
                B='single "quoted"
                of two lines'
                C="with \\"quotes\\" and \\n and \\$HOME"
                D=
                """);
        refused(secrets("import", "some.env"), Exit.WRONG, "SLOTH-4506");
        refused(secrets("get", "A"), Exit.FAILED, "SLOTH-4507");
        door.file("some.env", door.read("some.env").replace("D=\n", "D=4\n"));
        assertThat(secrets("import", "some.env").out()).isEqualTo("imported 4\n");
        assertThat(secrets("get", "A").out()).isEqualTo("plain\n");
        assertThat(secrets("get", "B").out()).isEqualTo("single \"quoted\"\nof two lines\n");
        assertThat(secrets("get", "C").out()).isEqualTo("with \"quotes\" and \n and $HOME\n");
        door.file("some.yaml", "e: text\nf: 12\ng: true\n");
        assertThat(secrets("import", "some.yaml", "-o", "json").out()).contains("\"imported\" : 3");
        assertThat(secrets("get", "f").out()).isEqualTo("12\n");
        door.typing("{\"h\": \"json\"}");
        assertThat(secrets("import", "-", "--as", "json").exit()).isZero();
        assertThat(secrets("get", "h").out()).isEqualTo("json\n");
    }

    @Test
    void imported_values_are_what_stands_in_the_file() {
        var written =
                List.of(
                        "007123", "1.10", "1e3", "0x1F", "+5", ".inf", ".NaN", "True", "-0",
                        "0o17");
        var yaml = new StringBuilder();
        for (int i = 0; i < written.size(); i++) {
            yaml.append("n%d: %s\n".formatted(i, written.get(i)));
        }
        door.file(
                "some.yaml", yaml + "base: &b 1_0\nsame: *b\nyes: 'null'\nbytes: !!binary aGk=\n");
        assertThat(secrets("import", "some.yaml").out()).isEqualTo("imported 14\n");
        for (int i = 0; i < written.size(); i++) {
            assertThat(secrets("get", "n" + i).out()).isEqualTo(written.get(i) + "\n");
        }
        assertThat(secrets("get", "same").out()).isEqualTo("1_0\n");
        assertThat(secrets("get", "yes").out()).isEqualTo("null\n");
        assertThat(secrets("get", "bytes").out()).isEqualTo("hi\n");
        door.file(
                "some.json",
                "{\"a\": 1.10, \"b\": 1E3, \"c\": 12345678901234567890, \"d\": true, \"e\": -0}");
        assertThat(secrets("import", "some.json").out()).isEqualTo("imported 5\n");
        assertThat(secrets("get", "a").out()).isEqualTo("1.10\n");
        assertThat(secrets("get", "b").out()).isEqualTo("1E3\n");
        assertThat(secrets("get", "c").out()).isEqualTo("12345678901234567890\n");
        assertThat(secrets("get", "d").out()).isEqualTo("true\n");
        assertThat(secrets("get", "e").out()).isEqualTo("-0\n");
    }

    @Test
    void all_that_is_no_value_is_named_at_once_and_nothing_is_imported() {
        door.file("some.yaml", "a: ~\nb:\nc: [1]\nd: {}\ne: good\n");
        door.file(
                "some.json",
                "{\"a\": null, \"b\": null, \"c\": [], \"d\": {\"x\": 1}, \"e\": \"good\"}");
        for (var file : List.of("some.yaml", "some.json")) {
            var answer = secrets("import", file);
            refused(answer, Exit.WRONG, "SLOTH-4510");
            assertThat(answer.err())
                    .contains("'a' is null", "'b' is null", "'c' is a list", "'d' is a list or")
                    .doesNotContain("good");
            refused(secrets("get", "e"), Exit.FAILED, "SLOTH-4507");
        }
    }

    @Test
    void a_file_that_cannot_be_read_is_told_of_without_what_stands_in_it() {
        for (var text : List.of("A=\"" + VALUE, VALUE + " is no line", "A='x' " + VALUE)) {
            door.file("bad.env", text);
            var answer = secrets("import", "bad.env");
            refused(answer, Exit.WRONG, "SLOTH-4510");
            assertThat(answer.err()).doesNotContain(VALUE);
        }
        for (var text : List.of("{\"a\": \"" + VALUE, "[\"" + VALUE + "\"]", "{\"a\": [1]}")) {
            door.file("bad.json", text);
            var answer = secrets("import", "bad.json");
            refused(answer, Exit.WRONG, "SLOTH-4510");
            assertThat(answer.err()).doesNotContain(VALUE);
        }
        refused(secrets("import", "nothing.env"), Exit.WRONG, "SLOTH-4510");
    }

    @Test
    void every_changed_byte_of_the_database_is_an_error_or_changes_nothing() throws IOException {
        set("token", VALUE);
        var file = home("secrets.db");
        byte[] before = Files.readAllBytes(file);
        int sealed = new String(before, StandardCharsets.ISO_8859_1).lastIndexOf("token");
        assertThat(sealed).isPositive();
        int refusals = 0;
        for (int at = sealed - 30; at < sealed + 60; at += 3) {
            byte[] changed = before.clone();
            changed[at] ^= 0x41;
            Files.deleteIfExists(home("secrets.db-wal"));
            Files.deleteIfExists(home("secrets.db-shm"));
            Files.write(file, changed);
            var answer = secrets("get", "token");
            if (answer.exit() == 0) {
                assertThat(answer.out()).isEqualTo(VALUE + "\n");
            } else {
                refusals++;
                assertThat(answer.err()).startsWith("error SLOTH-");
                assertThat(answer.out()).isEmpty();
            }
        }
        assertThat(refusals).isGreaterThan(10);
    }

    @Test
    void what_was_taken_away_is_missed_until_it_is_accepted() throws SQLException {
        set("token", VALUE);
        set("other", VALUE);
        assertThat(secrets("check").out()).isEqualTo("all is there: 2 values in 1 namespaces\n");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + home("secrets.db"));
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("DELETE FROM versions WHERE name = 'other'"))
                    .isEqualTo(1);
        }
        for (var command : List.of("check", "list")) {
            refused(secrets(command), Exit.WRONG, "SLOTH-4514");
        }
        refused(secrets("get", "token"), Exit.WRONG, "SLOTH-4514");
        assertThat(secrets("check", "--accept", "-o", "json").out()).contains("\"values\" : 1");
        assertThat(secrets("get", "token").out()).isEqualTo(VALUE + "\n");
        refused(secrets("get", "other"), Exit.FAILED, "SLOTH-4507");
    }

    /// The database and what belongs to it, in the place of what is there.
    private void putBack(Path from) throws IOException {
        for (var name : List.of("secrets.db", "secrets.db-wal", "secrets.db-shm")) {
            Files.deleteIfExists(home(name));
        }
        Files.copy(from, home("secrets.db"));
    }

    @Test
    void an_older_copy_of_all_secrets_is_noticed_until_it_is_accepted() throws IOException {
        set("token", "the first");
        var old = Files.copy(home("secrets.db"), folder.resolve("old.db"));
        set("token", VALUE);
        putBack(old);
        var told = secrets("get", "token");
        refused(told, Exit.WRONG, "SLOTH-4515");
        assertThat(told.err()).contains("secrets check --accept");
        assertThat(secrets("check", "--accept").out()).contains("1 values in 1 namespaces");
        assertThat(secrets("get", "token").out()).isEqualTo("the first\n");
        assertThat(secrets("rotate", "--new-key-file", "other.key").exit()).isZero();
        door.with("SLOTH_SECRETS_KEY_FILE", folder.resolve("other.key").toString());
        var rotated = Files.copy(home("secrets.db"), folder.resolve("rotated.db"));
        set("token", VALUE);
        assertThat(secrets("get", "token").out()).isEqualTo(VALUE + "\n");
        putBack(rotated);
        refused(secrets("get", "token"), Exit.WRONG, "SLOTH-4515");
    }

    @Test
    void a_mark_that_holds_no_count_is_refused() throws IOException {
        set("token", VALUE);
        try (Stream<Path> all = Files.list(home("keys"))) {
            var mark = all.filter(file -> file.toString().endsWith(".seen")).toList();
            assertThat(mark).hasSize(1);
            Files.writeString(mark.getFirst(), "many\n");
        }
        refused(secrets("get", "token"), Exit.WRONG, "SLOTH-4516");
    }

    @Test
    void nothing_that_starts_the_program_asks_for_heap_dumps() throws IOException {
        var root = Path.of(System.getProperty("sloth.root", ".."));
        for (var file : List.of("sloth-runner", "cli/src/main/app/jvm.options")) {
            assertThat(Files.readString(root.resolve(file))).as(file).doesNotContain("HeapDump");
        }
    }
}
