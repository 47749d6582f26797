package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.run.TaskReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs of a master that are tried again, on agents.
class RetryByMasterTest {
    /// What `build` keeps and gives, `ship` consumes and reads in the new run.
    private static final String SCRIPT =
            """
            local build = task("build"):artifacts({ "a.txt" }):command(function()
                exec.run("echo x >> $HERE/built; echo built > a.txt")
                return true, "built", { size = 3 }
            end):build()
            local check = task("check"):depends_on("build"):command("test -e $HERE/ready"):build()
            local ship = task("ship"):depends_on({ "build", "check" }):consumes({ "a.txt" })
                :command(function(this, params, inputs)
                    local out, _, failed = exec.run("cat a.txt")
                    return not failed, out .. inputs.build.size .. values.region
                end):build()
            workflow.define("deploy"):tasks({ build, check, ship })
            """;

    private static final String LONG =
            """
            local t = task("wait"):command("while ! test -e $HERE/go; do sleep 0.05; done"):build()
            workflow.define("long"):tasks({ t })
            """;

    @TempDir private Path folder;
    private Door door;
    private Site site;

    @BeforeEach
    void open() throws Exception {
        var here = folder.toString();
        door =
                new Door(folder)
                        .file("deploy.sloth", SCRIPT.replace("$HERE", here))
                        .file("long.sloth", LONG.replace("$HERE", here));
        site = new Site(folder, door);
        site.agent("web1");
    }

    @AfterEach
    void close() throws Exception {
        door.file("go", "");
        site.close();
    }

    private static String[] deploy() {
        return new String[] {"run", "deploy.sloth", "--var", "region=north", "--label", "team=web"};
    }

    private String failed() {
        assertThat(site.call(deploy()).exit()).isEqualTo(Exit.FAILED);
        return newest();
    }

    /// What stood in the way of the last run does so no more.
    private void repair() {
        door.file("ready", "");
    }

    private String succeeded() {
        repair();
        assertThat(site.call(deploy()).exit()).isZero();
        return newest();
    }

    private String newest() {
        return column(site.call("runs", "list")).getFirst();
    }

    private static List<String> column(Door.Answer answer) {
        return answer.lines().stream().skip(1).map(line -> line.split(" ", 2)[0]).toList();
    }

    private String[] retry(String run, String... more) {
        var words = new ArrayList<>(List.of("runs", "retry", run));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private TaskReport task(String run, String name) throws Exception {
        return site.ended(new RunId(run)).task(new TaskName(name)).orElseThrow();
    }

    @Test
    void what_succeeded_is_taken_over_and_the_rest_is_done_by_agents() throws Exception {
        var first = failed();
        repair();
        door.file("deploy.sloth", "this is no script any more");
        var answer = site.call(retry(first));
        assertThat(answer.exit()).as("%s", answer).isZero();
        var second = newest();
        assertThat(answer.lines().getFirst())
                .isEqualTo(
                        "run %s tries %s again, and takes over 1 of 3 tasks"
                                .formatted(second, first));
        assertThat(answer.out()).contains("[check] started on web1", "[ship] started on web1");
        assertThat(door.read("built")).isEqualTo("x\n");
        assertThat(task(second, "build").attempts()).isZero();
        assertThat(task(second, "check").attempts()).isEqualTo(1);
        assertThat(task(second, "ship").message()).isEqualTo("built\n3north");
        assertThat(column(site.call("runs", "list", "--label", "team=web")))
                .containsExactly(second, first);
        assertThat(site.call("runs", "artifacts", second).out()).contains("a.txt");
        assertThat(site.call("runs", "explain", second, "build").out())
                .contains("taken over from run " + first);
    }

    @Test
    void from_a_task_on_all_is_done_again() throws Exception {
        var first = succeeded();
        var answer = site.call(retry(first, "--from", "build"));
        assertThat(answer.out()).as(answer.err()).contains("takes over 0 of 3 tasks");
        assertThat(door.read("built")).isEqualTo("x\nx\n");
        assertThat(task(newest(), "ship").attempts()).isEqualTo(1);
    }

    /// Without what differs from one run to the next.
    private static String timeless(String out) {
        return out.replaceAll("[0-9]{8}-[0-9]{6}-[0-9a-f]{8}", "ID")
                .replaceAll("[0-9]+(\\.[0-9]+)?(ms|s)\\b", "TIME")
                .replaceAll("\"seconds\" : [0-9.E-]+", "\"seconds\" : TIME")
                .replaceAll("started on [a-z0-9]+", "started")
                .replaceAll(" --master 127\\.0\\.0\\.1:[0-9]+ --credentials [^ `]+", "")
                .replaceAll(" +", " ");
    }

    private void same(Door.Answer here, Door.Answer afar) {
        assertThat(timeless(afar.out())).as(afar.err()).isEqualTo(timeless(here.out()));
        assertThat(timeless(afar.err())).isEqualTo(timeless(here.err()));
        assertThat(afar.exit()).isEqualTo(here.exit());
    }

    @Test
    void what_is_seen_of_it_is_what_is_seen_of_one_of_this_machine() {
        var afar = failed();
        assertThat(door.call(deploy()).exit()).isEqualTo(Exit.FAILED);
        var here = column(door.call("runs", "list")).getFirst();
        same(door.call(retry(here)), site.call(retry(afar)));
        repair();
        same(door.call(retry(here)), site.call(retry(afar)));
        same(door.call(retry(here, "-o", "json")), site.call(retry(afar, "-o", "json")));
        same(door.call(retry("last")), site.call(retry("last")));
        same(
                door.call(retry("last", "--from", "bild")),
                site.call(retry("last", "--from", "bild")));
        same(door.call(retry("nobody")), site.call(retry("nobody")));
    }

    @Test
    void a_run_that_goes_on_is_not_tried_again() {
        var id = site.call("run", "long.sloth", "--detach").out().strip();
        var answer = site.call(retry(id));
        assertThat(answer.exit()).isEqualTo(Exit.WRONG);
        assertThat(answer.err())
                .contains("SLOTH-4006", "run " + id + " has not ended")
                .contains("`sloth-runner attach " + id + " --master 127.0.0.1:");
    }

    @Test
    void a_run_that_succeeded_is_tried_again_from_a_task_only() {
        var answer = site.call(retry(succeeded()));
        assertThat(answer.exit()).isEqualTo(Exit.WRONG);
        assertThat(answer.err()).contains("SLOTH-4010");
    }

    @Test
    void detached_it_goes_on_by_itself() throws Exception {
        var first = failed();
        repair();
        var id = site.call(retry(first, "--detach")).out().strip();
        assertThat(id).matches("[0-9]{8}-[0-9]{6}-[0-9a-f]{8}").isNotEqualTo(first);
        assertThat(task(id, "ship").message()).isEqualTo("built\n3north");
        var alone = door.call(retry(first, "--detach"));
        assertThat(alone.exit()).isEqualTo(Exit.WRONG);
        assertThat(alone.err()).contains("--detach goes with --master only");
    }

    /// What is behind the name of the agent is all of the command.
    private Door.Answer command(String... words) {
        var all = new ArrayList<>(List.of(site.at("agent", "run")));
        all.add("web1");
        all.addAll(List.of(words));
        return door.call(all.toArray(String[]::new));
    }

    @Test
    void a_command_on_agents_is_asked_for_again_as_one() {
        assertThat(command("false").exit()).isEqualTo(Exit.FAILED);
        var answer = site.call(retry("last"));
        assertThat(answer.exit()).isEqualTo(Exit.WRONG);
        assertThat(answer.err()).contains("SLOTH-4764", "is a command", "agent exec");
    }

    @Test
    void artifacts_that_are_lost_are_told_before_there_is_a_run() throws Exception {
        var first = failed();
        try (var all = Files.walk(folder.resolve("master"))) {
            all.filter(Files::isRegularFile).filter(this::isArtifact).forEach(this::remove);
        }
        var answer = site.call(retry(first));
        assertThat(answer.exit()).as(answer.err()).isEqualTo(Exit.STORE);
        assertThat(answer.err())
                .contains("SLOTH-4106", "artifact a.txt", "`--from build` makes it again");
        assertThat(newest()).isEqualTo(first);
        repair();
        assertThat(site.call(retry(first, "--from", "build")).exit()).isZero();
    }

    private boolean isArtifact(Path file) {
        try {
            return Files.size(file) == "built\n".length()
                    && Files.readString(file).equals("built\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remove(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void who_decides_about_a_run_that_has_ended_is_told_what_tries_it_again() {
        var first = failed();
        assertThat(site.call("runs", "decide", first).err())
                .contains("`sloth-runner runs retry %s --master 127.0.0.1:".formatted(first));
    }
}
