package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Commands that follow something of a master, which is away for a while.
class MasterPatienceTest {
    private static final int PATIENCE_SECONDS = 60;

    private static final String LONG =
            """
            local t = task("wait"):command("echo first words; touch $HERE/begun; "
                .. "while test -e $HERE/begun && ! test -e $HERE/go; do sleep 0.05; done; echo last words"):build()
            workflow.define("long"):tasks({ t })
            """;

    @TempDir private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Door door;
    private Site site;

    @BeforeEach
    void open() throws Exception {
        door = new Door(folder).file("long.sloth", LONG.replace("$HERE", folder.toString()));
        site = new Site(folder, door);
        site.agent("web1");
    }

    @AfterEach
    void close() throws Exception {
        door.file("go", "");
        site.close();
    }

    private String begun() throws Exception {
        var id = site.call("run", "long.sloth", "--detach").out().strip();
        site.await(() -> Files.exists(folder.resolve("begun")));
        return id;
    }

    private void awaitIn(ByteArrayOutputStream stream, String words) throws Exception {
        site.await(() -> stream.toString(StandardCharsets.UTF_8).contains(words));
    }

    private void away(String meanwhile) throws Exception {
        site.down();
        awaitIn(err, meanwhile + "it is asked again for 5 minutes");
        site.up();
        awaitIn(err, "the master answers again");
    }

    @ParameterizedTest
    @CsvSource({
        "logs, first words, last words",
        "events, run_submitted, run_ended",
    })
    void who_follows_what_comes_of_a_run_misses_nothing(String what, String first, String last)
            throws Exception {
        var id = begun();
        var words = site.at("runs", what, id, "--follow");
        var seen = CompletableFuture.supplyAsync(() -> door.call(out, err, words));
        awaitIn(out, first);
        away("the run goes on, and ");
        door.file("go", "");
        var answer = seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(answer.exit()).as(answer.err()).isZero();
        assertThat(answer.out()).containsOnlyOnce(first).containsOnlyOnce(last);
    }

    @Test
    void who_follows_what_an_agent_tells_goes_on_until_it_is_enough() throws Exception {
        var words = site.at("agent", "logs", "web1", "--follow");
        var exit = new AtomicInteger();
        var following = Thread.ofVirtual().start(() -> exit.set(door.call(out, err, words).exit()));
        awaitIn(out, "connected");
        away("");
        following.interrupt();
        following.join();
        assertThat(exit).hasValue(Exit.CANCELLED);
    }

    @ParameterizedTest
    @CsvSource({"runs logs ID", "runs events ID", "agent logs web1"})
    void who_only_looks_takes_the_first_no_for_an_answer(String line) throws Exception {
        var words = new ArrayList<>(List.of(line.replace("ID", begun()).split(" ")));
        var asked = site.at(words.toArray(String[]::new));
        site.down();
        assertThat(door.call(asked).exit()).isEqualTo(Exit.UNREACHABLE);
        site.up();
    }
}
