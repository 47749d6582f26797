package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.Fact;
import dev.sloth.api.event.Watcher;
import dev.sloth.api.value.DataTable;
import dev.sloth.core.event.EventStream;
import dev.sloth.core.store.cluster.AuditQuery;
import dev.sloth.core.store.cluster.AuditRow;
import dev.sloth.core.store.cluster.ClusterTables;
import dev.sloth.core.store.event.EventRow;
import dev.sloth.wire.shared.Numbered;
import dev.sloth.wire.shared.SeenFact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tasks on agents have their machine watched, from then on.
class WatchersOfAgentsTest {
    /// How many watchers an agent has.
    private static final int MOST = 3;

    /// How much of what they see a master takes within a minute that is soon told too much.
    private static final int SEEN = 20;

    private static final String WATCHES =
            """
            local watch = task("watch"):command(function()
                watcher.register.file{
                    name = values.name, file_path = values.path, when = { "created", "changed", "deleted" },
                    check_hash = true, interval = "100ms",
                }
                return true
            end)
            workflow.define("watch"):tasks({ watch })
            """;

    @TempDir private Path folder;
    private Door door;
    private Site site;
    private int turns;

    @BeforeEach
    void open() throws Exception {
        write("config.yaml", "watchers:\n  max: %d\n".formatted(MOST));
        door = new Door(folder);
        site = new Site(folder, door);
        site.agent("web1");
        write("watch.sloth", WATCHES);
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private Door.Answer watch(String name, String file) {
        return site.call(
                "run",
                "watch.sloth",
                "--var",
                "name=" + name,
                "--var",
                "path=" + folder.resolve(file),
                "--delegate-to",
                "web1");
    }

    private List<EventRow> events(String subject) {
        return site.store().events().behind("default", 0, 10_000).stream()
                .filter(event -> event.subject().equals(folder.resolve(subject).toString()))
                .toList();
    }

    /// Changes a file until that is told.
    private void awaitChange(String file) throws Exception {
        int before = events(file).size();
        site.await(() -> {
            write(file, "turn " + turns++);
            return events(file).size() > before;
        });
    }

    /// Whether the agent keeps something of this type that no master has taken.
    private boolean keeps(String type) throws IOException {
        var untold = folder.resolve("web1").resolve("watch").resolve("untold");
        try (var files = Files.newDirectoryStream(untold, "[0-9]*")) {
            for (var file : files) {
                var text = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (text.contains(type)) {
                    return true;
                }
            }
            return false;
        }
    }

    private List<AuditRow> audit(String call) {
        var query = new AuditQuery(Instant.EPOCH, "", "", Long.MAX_VALUE, 100);
        return site.store().cluster().read(tables -> tables.audit(query)).stream()
                .filter(row -> row.what().equals(call))
                .toList();
    }

    // ---- as it is meant

    @Test
    void what_changes_on_the_agent_is_an_event_of_the_master_until_it_is_watched_no_longer()
            throws Exception {
        write("conf", "first");
        var watched = watch("conf", "conf");
        assertThat(watched.exit()).as(watched.out()).isZero();
        awaitChange("conf");
        var event = events("conf").getFirst();
        assertThat(event.type()).isEqualTo("file.modified");
        assertThat(event.source()).isEqualTo("watcher conf on web1");
        var stream = new EventStream(site.store(), "default");
        var told = stream.find("e" + event.number()).orElseThrow();
        assertThat(told.data().toString())
                .contains("agent")
                .contains("web1")
                .contains("seen_at")
                .contains("sha256");

        var listed = site.call("watcher", "list", "--agent", "web1");
        assertThat(listed.out()).as(listed.err()).contains("conf", "file", "changed", "watch");
        assertThat(site.call("watcher", "list", "--agent", "web1", "-o", "json").out())
                .contains("\"name\" : \"conf\"");
        var missing = site.call("watcher", "remove", "conf", "nothing", "--agent", "web1");
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.err())
                .contains("there is no watcher 'nothing'", "watcher list --agent web1");
        assertThat(site.call("watcher", "list", "--agent", "web1").out()).contains("conf");
        var removed = site.call("watcher", "remove", "conf", "--agent", "web1");
        assertThat(removed.out()).as(removed.err()).contains("removed conf");
        assertThat(site.call("watcher", "list", "--agent", "web1").out())
                .contains("nothing is watched");
    }

    @Test
    void what_is_watched_and_what_is_removed_is_written_down() {
        var _ = watch("conf", "conf");
        var _ = site.call("watcher", "remove", "conf", "--agent", "web1");

        assertThat(audit("Shared.Agree"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.who()).contains("/agent/");
                    assertThat(row.outcome())
                            .contains("watches conf (file ")
                            .contains("for the task watch, submitted by")
                            .contains("/admin/admin");
                });
        assertThat(audit("Administration.RemoveWatchers"))
                .singleElement()
                .satisfies(row -> assertThat(row.outcome()).contains("conf"));
    }

    @Test
    void that_nothing_was_removed_is_written_down_with_why() {
        var _ = watch("conf", "conf");
        var _ = site.call("watcher", "remove", "conf", "other", "--agent", "web1");
        assertThat(audit("Administration.RemoveWatchers"))
                .extracting(AuditRow::code)
                .containsExactlyInAnyOrder("", "SLOTH-4309");
        assertThat(audit("Administration.RemoveWatchers"))
                .allMatch(AuditRow::allowed)
                .anySatisfy(row ->
                        assertThat(row.outcome())
                                .contains("nothing is removed: it does not watch other"));
    }

    @Test
    void a_file_of_the_run_itself_is_not_watched() {
        var watched =
                site.call(
                        "run",
                        "watch.sloth",
                        "--var",
                        "name=own",
                        "--var",
                        "path=own.txt",
                        "--delegate-to",
                        "web1");
        assertThat(watched.exit()).isNotZero();
        assertThat(watched.out() + watched.err())
                .contains("'own.txt' is of the run", "an absolute path");
        assertThat(site.call("watcher", "list", "--agent", "web1").out())
                .contains("nothing is watched");
    }

    @Test
    void an_agent_that_starts_again_watches_on() throws Exception {
        write("conf", "first");
        var _ = watch("conf", "conf");
        site.leave("web1");
        site.agent("web1");
        assertThat(site.call("watcher", "list", "--agent", "web1").out()).contains("conf");
        awaitChange("conf");
    }

    @Test
    void what_is_seen_while_no_master_answers_is_told_later_once_and_in_its_order()
            throws Exception {
        write("conf", "first");
        var _ = watch("conf", "conf");
        awaitChange("conf");
        site.await(() -> site.untold("web1") == 0);
        site.down();
        Files.delete(folder.resolve("conf"));
        site.await(() -> keeps("file.deleted"));
        write("conf", "again");
        site.await(() -> keeps("file.created"));
        site.up();
        site.await(() -> site.untold("web1") == 0);

        var last = events("conf").stream().map(EventRow::type).toList();
        assertThat(last).filteredOn("file.deleted"::equals).hasSize(1);
        assertThat(last).filteredOn("file.created"::equals).hasSize(1);
        assertThat(last.indexOf("file.deleted")).isLessThan(last.indexOf("file.created"));
    }

    @Test
    void what_is_seen_outlives_the_agent_when_no_master_answers() throws Exception {
        write("conf", "first");
        var _ = watch("conf", "conf");
        awaitChange("conf");
        site.await(() -> site.untold("web1") == 0);
        site.down();
        Files.delete(folder.resolve("conf"));
        site.await(() -> keeps("file.deleted"));
        site.leave("web1");
        site.up();
        site.agent("web1");
        site.await(() -> events("conf").getLast().type().equals("file.deleted"));
    }

    @Test
    void an_agent_has_no_more_watchers_than_it_may_have() {
        for (int i = 0; i < MOST; i++) {
            assertThat(watch("w" + i, "conf").exit()).isZero();
        }
        assertThat(watch("w0", "other").exit()).isZero();
        var refused = watch("one-more", "conf");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out())
                .contains("this agent watches 3 things already")
                .contains("watcher remove --agent NAME");
    }

    // ---- who asks for what

    @Test
    void an_agent_that_is_not_there_is_not_asked() throws Exception {
        assertThat(site.call("watcher", "list", "--agent", "nobody").exit()).isEqualTo(2);
        site.leave("web1");
        site.await(
                () -> site.call("watcher", "list", "--agent", "web1").err().contains("SLOTH-4765"));
        assertThat(site.call("watcher", "list").err()).contains("say which agent of the master");
    }

    @Test
    void a_viewer_sees_watchers_and_removes_none() {
        var _ = watch("conf", "conf");
        var file = folder.resolve("vera.pem").toString();
        var _ = site.call("access", "create", "vera", "--role", "viewer", "--file", file);
        var words = List.of(site.at("watcher", "list", "--agent", "web1"));
        var as = new ArrayList<>(words);
        as.set(as.indexOf("--credentials") + 1, file);
        assertThat(door.call(as.toArray(String[]::new)).out()).contains("conf");
        as.set(as.indexOf("list"), "remove");
        as.add("conf");
        assertThat(door.call(as.toArray(String[]::new)).err()).contains("SLOTH-4713");
        assertThat(site.call("watcher", "list", "--agent", "web1").out()).contains("conf");
    }

    // ---- a hostile agent

    private static byte[] seen(String type, long number) {
        var fact = new Fact(type, "me", new DataTable().with("agent", "web9"));
        var numbered = new Numbered(7, number, List.of());
        return new SeenFact(numbered, "w on web9", Instant.EPOCH, fact).bytes();
    }

    @Test
    void a_hostile_agent_tells_nothing_but_what_watchers_see_and_in_no_other_name()
            throws Exception {
        try (var line = site.line("web1")) {
            for (var type : List.of("run.failed", "agent.joined", "custom", "deploy.done")) {
                assertThat(line.tell(seen(type, 1))).as(type).isFalse();
            }
            assertThat(line.tell(new byte[] {1, 2, 3})).isFalse();
            assertThat(site.store().events().behind("default", 0, 9)).isEmpty();
            assertThat(audit("Shared.Tell"))
                    .anySatisfy(row -> assertThat(row.code()).isEqualTo("SLOTH-4760"));

            assertThat(line.tell(seen("file.created", 2))).isTrue();
            assertThat(line.tell(seen("file.created", 2))).isTrue();
            var kept = site.store().events().behind("default", 0, 9);
            assertThat(kept).hasSize(1);
            assertThat(kept.getFirst().source()).isEqualTo("watcher w on web9 on web1");
            var told =
                    new EventStream(site.store(), "default")
                            .find("e" + kept.getFirst().number())
                            .orElseThrow();
            assertThat(told.data().toString()).contains("web1").doesNotContain("web9");
        }
    }

    @Test
    void an_agent_that_tells_too_much_waits_and_nothing_is_lost() throws Exception {
        site.close();
        write("config.yaml", "watchers:\n  seen: %d\n".formatted(SEEN));
        site = new Site(folder, door);
        site.agent("web1");
        try (var line = site.line("web1")) {
            for (int i = 1; i <= SEEN + 2; i++) {
                assertThat(line.tell(seen("file.created", i))).isTrue();
            }
        }
        assertThat(site.store().events().behind("default", 0, 10_000)).hasSize(SEEN + 2);
        assertThat(site.refused())
                .anySatisfy(refused -> {
                    assertThat(refused.problem().message())
                            .isEqualTo(
                                    "watchers of the agent web1 saw more than 20 things within a minute (watchers.seen)");
                    assertThat(refused.problem().remedy()).contains("watcher list --agent web1");
                });
    }

    @Test
    void nothing_is_watched_in_the_name_of_an_order_that_is_not_the_agents_own() throws Exception {
        site.agent("web2");
        write(
                "wait.sloth",
                "local w = task('w'):command('until [ -e go ]; do sleep 0.05; done')\n"
                        + "workflow.define('w'):tasks({ w })");
        var _ = site.call("run", "wait.sloth", "--delegate-to", "web1", "--detach");
        site.await(() -> !site.store().cluster().read(ClusterTables::orders).isEmpty());
        var order = site.store().cluster().read(ClusterTables::orders).getFirst().id();
        try (var line = site.line("web2")) {
            for (var named : List.of(order, "forged", "")) {
                var events =
                        line.events(named, folder, (watcher, _) -> watcher.name())
                                .as("me", List.of());
                assertThat(catchThrowableOfType(EventRefusal.class, () -> events.watch(cpu())))
                        .hasMessageContaining("SLOTH-4741");
            }
        }
        assertThat(audit("Shared.Agree")).allMatch(row -> !row.allowed());
        var _ = site.call("runs", "cancel", "last");
    }

    private static Watcher cpu() {
        return new Watcher(
                "w", Watcher.Kind.CPU, "", List.of("above"), Duration.ofSeconds(1), Map.of());
    }
}
