package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Commands that agents are asked to do from a command line.
@Timeout(120)
class AgentCommandsTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir private Path folder;
    private Door door;
    private Site site;

    @BeforeEach
    void open() throws Exception {
        door = new Door(folder);
        site = new Site(folder, door);
        site.agent("web1", "web", "rack=r1");
        site.agent("web2", "web");
    }

    @AfterEach
    void close() throws Exception {
        door.file("go", "");
        site.close();
    }

    /// The options of the site stand before the command: what is behind it is the command's.
    private Door.Answer call(String what, String... more) {
        return door.call(words(what, more));
    }

    private String[] words(String what, String... more) {
        var words = new ArrayList<String>();
        words.addAll(Arrays.asList(site.at("agent", what)));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    @Test
    void one_agent_runs_a_command_as_it_is_and_its_lines_come_back() {
        var answer = call("run", "web1", "printf", "%s|", "a b", "--", "-o", "$HOME");
        assertThat(answer.err()).contains("1 agent: web1\n", "web1: exit code 0", "done on 1 of 1");
        assertThat(answer.out()).isEqualTo("web1 | a b|--|-o|$HOME|\n");
        assertThat(answer.exit()).isZero();
    }

    @Test
    void all_selected_run_it_and_each_line_names_its_agent() {
        var answer = call("exec", "--select", "'web' in tags", "--shell", "echo", "hi;", "pwd");
        assertThat(answer.err()).startsWith("2 agents: web1, web2\n");
        assertThat(answer.lines()).contains("web1 | hi", "web2 | hi").hasSize(4);
        assertThat(answer.exit()).as(answer.err()).isZero();
    }

    @Test
    void one_that_fails_fails_the_whole_and_each_exit_code_is_told() {
        var line = "case $PWD in *" + folder.getFileName() + "*/web2/*) exit 3;; esac; echo ok";
        var answer = call("exec", "--select", "name matches 'web*'", "--shell", line);
        assertThat(answer.exit()).as(answer.err()).isEqualTo(1);
        assertThat(answer.err())
                .contains("web1: exit code 0", "web2: exit code 3", "done on 1 of 2");
        assertThat(answer.out()).isEqualTo("web1 | ok\n");
    }

    @Test
    void a_document_has_what_each_wrote_and_how_it_ended() {
        var answer =
                call(
                        "exec",
                        "--select",
                        "labels.rack == 'r1'",
                        "-o",
                        "json",
                        "--shell",
                        "echo out; echo bad >&2; exit 7");
        assertThat(answer.exit()).as(answer.err()).isEqualTo(1);
        assertThat(answer.out())
                .contains(
                        "\"name\" : \"web1\"",
                        "\"status\" : \"failed\"",
                        "\"exit_code\" : 7",
                        "\"channel\" : \"out\"",
                        "\"text\" : \"out\"",
                        "\"channel\" : \"err\"",
                        "\"text\" : \"bad\"",
                        "\"failed\" : 1")
                .doesNotContain("web2");
        assertThat(answer.err()).isEmpty();
    }

    @Test
    void those_that_are_away_or_draining_are_told_and_count_as_failed() throws Exception {
        site.leave("web2");
        site.await(() -> site.call("agent", "list").out().contains("away"));
        var answer = call("exec", "--select", "'web' in tags", "echo", "here");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.err()).contains("web2: away", "web1: exit code 0", "done on 1 of 2");
        assertThat(answer.out()).isEqualTo("web1 | here\n");

        assertThat(site.call("agent", "drain", "web1").exit()).isZero();
        var none = call("run", "web1", "echo", "here");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.err()).contains("web1: draining", "done on 0 of 1");
        assertThat(none.out()).isEmpty();
    }

    @Test
    void a_master_that_is_not_there_has_taken_nothing() throws Exception {
        site.down();
        var answer = call("run", "web1", "true");
        site.up();
        assertThat(answer.exit()).isEqualTo(4);
        assertThat(answer.err()).contains("SLOTH-4701").doesNotContain("nevertheless");
    }

    @Test
    void nobody_who_fits_is_an_error_and_so_is_a_bad_selector() {
        var nobody = call("exec", "--select", "'db' in tags", "true");
        assertThat(nobody.exit()).isEqualTo(2);
        assertThat(nobody.err()).contains("SLOTH-4762", "'db' in tags", "help:");
        var bad = call("exec", "--select", "tags = 'db'", "true");
        assertThat(bad.exit()).isEqualTo(2);
        assertThat(bad.err()).contains("SLOTH-4763", "column", "help:");
        assertThat(call("run", "web9", "true").err()).contains("SLOTH-4720");
        assertThat(call("exec", "--select", "'web' in tags").err()).contains("SLOTH-9001");
        assertThat(call("exec", "true").err()).contains("--select");
        assertThat(call("run", "--timeout", "99d", "web1", "true").err()).contains("SLOTH-4764");
        assertThat(site.call("runs", "list").out()).doesNotContain("exec");
    }

    @Test
    void a_timeout_ends_it() {
        var answer = call("run", "--timeout", "300ms", "web1", "sleep", "60");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.err()).contains("web1: timed out", "done on 0 of 1");
    }

    @Test
    void it_is_a_run_that_others_see_and_cancel() throws Exception {
        var out = new ByteArrayOutputStream();
        var line = "echo begun; while ! test -e " + folder.resolve("go") + "; do sleep 0.05; done";
        var asked =
                CompletableFuture.supplyAsync(() ->
                        door.call(
                                out, words("exec", "--select", "'web' in tags", "--shell", line)));
        site.await(() -> out.toString(StandardCharsets.UTF_8).lines().count() == 2);
        assertThat(site.call("runs", "list").out()).contains("exec");
        assertThat(site.call("runs", "cancel", "last").exit()).isZero();
        var answer = asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.err()).contains("web1: cancelled", "web2: cancelled", "done on 0 of 2");
        assertThat(Files.notExists(folder.resolve("go"))).isTrue();
    }

    @Test
    void what_a_full_agent_is_waited_for_is_told_once_and_that_it_has_begun() throws Exception {
        var line = "echo begun; while ! test -e " + folder.resolve("go") + "; do sleep 0.05; done";
        var busy = new ArrayList<CompletableFuture<Door.Answer>>();
        for (int i = 0; i < Site.SLOTS; i++) {
            var out = new ByteArrayOutputStream();
            busy.add(
                    CompletableFuture.supplyAsync(
                            () -> door.call(out, words("run", "web1", "--shell", line)),
                            Thread::startVirtualThread));
            site.await(() -> out.size() > 0);
        }
        var err = new ByteArrayOutputStream();
        var asked =
                CompletableFuture.supplyAsync(
                        () ->
                                door.call(
                                        new ByteArrayOutputStream(),
                                        err,
                                        words("run", "web1", "echo", "mine")),
                        Thread::startVirtualThread);
        site.await(() -> err.toString(StandardCharsets.UTF_8).contains("waits for"));
        door.file("go", "");
        var answer = asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        for (var each : busy) {
            assertThat(each.get(PATIENCE_SECONDS, TimeUnit.SECONDS).err())
                    .doesNotContain("waits", "started");
        }
        assertThat(answer.err())
                .containsOnlyOnce("waits for web1: all slots are in use: web1 4/4")
                .containsSubsequence("waits for web1", "started on web1", "web1: exit code 0");
        assertThat(answer.out()).isEqualTo("web1 | mine\n");
    }

    @Test
    void who_waits_for_a_command_is_told_that_its_agent_is_away_and_back() throws Exception {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var line = "echo begun; while ! test -e " + folder.resolve("go") + "; do sleep 0.05; done";
        var asked =
                CompletableFuture.supplyAsync(
                        () -> door.call(out, err, words("run", "web1", "--shell", line)),
                        Thread::startVirtualThread);
        site.await(() -> out.toString(StandardCharsets.UTF_8).contains("begun"));
        site.lose("web1");
        site.await(() -> err.toString(StandardCharsets.UTF_8).contains("web1 is away since"));
        site.agent("web1");
        site.await(() -> err.toString(StandardCharsets.UTF_8).contains("web1 is back"));
        door.file("go", "");
        assertThat(asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS).err())
                .containsOnlyOnce("web1 is away")
                .contains("web1: exit code 0");
    }

    @Test
    void what_an_agent_itself_has_told_is_shown() throws Exception {
        var answer = site.call("agent", "logs", "web1");
        assertThat(answer.out()).as(answer.err()).contains("connected to 127.0.0.1");
        assertThat(site.call("agent", "logs", "web1", "-o", "json").out())
                .contains("\"number\":1", "\"text\":\"connected to");
        site.leave("web2");
        site.await(() -> site.call("agent", "show", "web2").out().contains("away"));
        var away = site.call("agent", "logs", "web2");
        assertThat(away.exit()).isEqualTo(3);
        assertThat(away.err()).contains("SLOTH-4765", "not connected", "help:");
        assertThat(site.call("agent", "logs", "web9").err()).contains("SLOTH-4720");
    }

    @Test
    void a_list_shows_those_that_are_selected() {
        var answer = site.call("agent", "list", "--select", "labels.rack == 'r1'");
        assertThat(answer.out()).contains("web1").doesNotContain("web2");
        assertThat(site.call("agent", "list", "--select", "nothing").exit()).isEqualTo(2);
    }
}
