package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.testkit.Gen;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user is told when the files in SLOTH_HOME are not what was written.
final class DamagedHomeTest {
    /// Where SQLite keeps the version of a file, as a number of four bytes.
    private static final int VERSION_AT = 60;

    private static final List<List<String>> CALLS =
            List.of(
                    List.of("runs", "list"),
                    List.of("runs", "show", "last"),
                    List.of("runs", "events", "last"),
                    List.of("runs", "logs", "last"),
                    List.of("resume", "last"));

    @TempDir private Path folder;
    private Path home = Path.of("");
    private Path good = Path.of("");
    private Door door = new Door(Path.of(""));
    private String events = "";

    @BeforeEach
    void a_run_that_is_kept() throws IOException {
        door = new Door(folder);
        home = folder.resolve("home");
        good = folder.resolve("good");
        door.file(
                "a.sloth",
                """
                local tasks = {}
                for i = 1, 12 do
                    tasks[i] = task("t" .. i):command(function()
                        print("this is task " .. i)
                        return true, "done", { number = i }
                    end):build()
                end
                workflow.define("kept"):tasks(tasks)
                """);
        assertThat(call("run", "a.sloth").exit()).isZero();
        events = call("runs", "events", "last").out();
        assertThat(events).contains("t12");
        copy(home, good);
    }

    private Door.Answer call(String... words) {
        return door.call(words);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /// The home folder as it was.
    private void mend() throws IOException {
        for (var name : List.of("store.db-wal", "store.db-shm", "logs.db-wal", "logs.db-shm")) {
            Files.deleteIfExists(home.resolve(name));
        }
        copy(good, home);
    }

    private Path store() {
        return home.resolve("store.db");
    }

    private void write(byte[] bytes) throws IOException {
        mend();
        Files.write(store(), bytes);
    }

    /// Refused with a code and a remedy, and left as it is.
    private void refused(String code, int exit) throws IOException {
        var before = Files.readAllBytes(store());
        for (var words : CALLS) {
            var answer = call(words.toArray(String[]::new));
            assertThat(answer.exit()).as("%s: %s", words, answer).isEqualTo(exit);
            assertThat(answer.err()).as("%s", words).contains(code).contains("help: ");
        }
        var run = call("run", "a.sloth");
        assertThat(run.exit()).as("%s", run).isEqualTo(exit);
        assertThat(run.err()).contains(code);
        assertThat(Files.readAllBytes(store())).isEqualTo(before);
    }

    @Test
    void a_store_that_was_cut_off_is_damaged() throws IOException {
        var all = Files.readAllBytes(store());
        for (int keep : new int[] {50, 100, 4_096, all.length / 2, all.length - 4_096}) {
            write(Arrays.copyOf(all, keep));
            refused("SLOTH-4106", Exit.STORE);
        }
    }

    @Test
    void a_store_of_a_newer_version_is_refused_and_left_as_it_is() throws IOException {
        var all = Files.readAllBytes(store());
        var version = ByteBuffer.wrap(all);
        version.putInt(VERSION_AT, version.getInt(VERSION_AT) + 1);
        write(all);
        refused("SLOTH-4107", Exit.REFUSED);
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.filter(file -> file.toString().contains("backup"))).isEmpty();
        }
    }

    @Test
    void a_store_without_its_content_is_no_new_store() throws IOException {
        write(new byte[0]);
        refused("SLOTH-4106", Exit.STORE);
    }

    @Test
    void who_asks_for_a_run_whose_events_are_lost_is_told_of_damage() throws Exception {
        var ended = call("runs", "list", "--limit", "1").lines().get(1).split(" ", 2)[0];
        door.file("u.sloth", "workflow.define('u'):tasks({ task('t'):command('true') })");
        var left = LeftRun.of(door, "u.sloth", "t").toString();
        try (var link = DriverManager.getConnection("jdbc:sqlite:" + store());
                var change = link.createStatement()) {
            assertThat(change.executeUpdate("DELETE FROM journal")).isPositive();
            // The store itself would miss them.
            assertThat(change.executeUpdate("UPDATE runs SET events = 0")).isPositive();
        }
        for (var words :
                List.of(
                        List.of("runs", "retry", ended, "--from", "t1"),
                        List.of("runs", "decide", left),
                        List.of("runs", "decide", left, "t", "--failed"),
                        List.of("runs", "show", left),
                        List.of("runs", "explain", left, "t"))) {
            var answer = call(words.toArray(String[]::new));
            assertThat(answer.exit()).as("%s: %s", words, answer).isEqualTo(Exit.STORE);
            assertThat(answer.err())
                    .contains("SLOTH-4106", "does not begin with a submission", "help: ");
        }
    }

    /// Whatever bits are wrong: what is told of the past is true, or it is told that the store is
    /// damaged. Never an internal error.
    @Test
    void flipped_bits_are_told_or_do_no_harm() throws IOException {
        var all = Files.readAllBytes(store());
        int[] refusals = {0};
        Gen.forAll(
                60,
                gen -> {
                    var flipped = all.clone();
                    int count = gen.oneOf(1, 1, 3, 40);
                    for (int i = 0; i < count; i++) {
                        flipped[gen.below(all.length)] ^= (byte) (1 << gen.below(8));
                    }
                    write(flipped);
                    for (var words : CALLS) {
                        var answer = call(words.toArray(String[]::new));
                        assertThat(answer.exit())
                                .as("%s: %s", words, answer)
                                .isNotEqualTo(Exit.FAULT);
                        refusals[0] += answer.exit() == Exit.STORE ? 1 : 0;
                    }
                    var told = call("runs", "events", "last");
                    if (told.exit() == Exit.OK) {
                        assertThat(told.out()).isEqualTo(events);
                    }
                });
        assertThat(refusals[0]).isPositive();
    }
}
