package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.agent.remote.MasterLine;
import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.HookBook;
import dev.sloth.api.event.HookWish;
import dev.sloth.api.event.HookWish.Power;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.cluster.AuditQuery;
import dev.sloth.core.store.cluster.AuditRow;
import dev.sloth.core.store.cluster.ClusterTables;
import dev.sloth.core.store.event.HookRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tasks on agents add hooks, and a hostile agent adds none of its own.
class HooksOfRunsTest {
    private static final String ADDS =
            """
            local add = task("add"):command(function(this)
                local hooked = hook.on("deploy.*", "hooks/tell.lua", { when = 'event.subject == "web"', attempts = 3 })
                this.changed = hooked.changed
                return true, hooked.message
            end)
            workflow.define("add"):tasks({ add })
            """;

    private static final String TELL =
            """
            local words = require("words")
            function on_event(event) return true, words.of(event) end
            """;

    /// How many hooks the master keeps.
    private static final int MOST = 5;

    @TempDir private Path folder;
    private Door door;
    private Site site;

    @BeforeEach
    void open() throws Exception {
        write("config.yaml", "events:\n  max_hooks: %d\n".formatted(MOST));
        door = new Door(folder);
        site = new Site(folder, door);
        site.agent("web1");
        Files.createDirectory(folder.resolve(".git"));
        Files.createDirectory(folder.resolve("hooks"));
        write("hooks/tell.lua", TELL);
        write("hooks/words.lua", "return { of = function(event) return event.type end }");
        write("add.sloth", ADDS);
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    /// The program on the machine of the master.
    private Door there() {
        return new Door(folder).with("SLOTH_HOME", folder.resolve("master").toString());
    }

    private List<HookRow> hooks() {
        return site.store().hooks().list("default");
    }

    private List<AuditRow> audit(String object) {
        var query = new AuditQuery(Instant.EPOCH, "", object, Long.MAX_VALUE, 100);
        return site.store().cluster().read(tables -> tables.audit(query)).stream()
                .filter(row -> row.what().equals("Shared.Hooks"))
                .toList();
    }

    // ---- as it is meant

    @Test
    void a_task_adds_a_hook_with_all_its_code_and_a_second_time_changes_nothing() throws Exception {
        var first = site.call("run", "add.sloth");
        assertThat(first.exit()).as(first.out() + first.err()).isZero();
        assertThat(first.out()).contains("added the hook tell");
        assertThat(site.call("run", "add.sloth").out()).contains("the hook tell is there");

        assertThat(hooks()).hasSize(1);
        var hook = hooks().getFirst();
        assertThat(hook.types()).containsExactly("deploy.*");
        assertThat(hook.condition()).isEqualTo("event.subject == \"web\"");
        assertThat(hook.attempts()).isEqualTo(3);
        var home = folder.resolve("master");
        var source = HookShelf.read(home, hook.file());
        assertThat(source.text()).asString().isEqualTo(TELL);
        assertThat(source.project()).startsWith(home.toRealPath());
        assertThat(source.file()).isEqualTo(source.project().resolve("hooks/tell.lua"));
        assertThat(source.project().resolve("hooks/words.lua")).exists();
    }

    @Test
    void a_hook_of_a_run_is_called_with_the_code_that_the_run_was_given() throws Exception {
        var _ = site.call("run", "add.sloth");
        write("hooks/words.lua", "return { of = function() return 'changed since' end }");

        var called =
                there().call("hook", "test", "tell", "--type", "deploy.done", "--subject", "web");
        assertThat(called.out()).as(called.err()).contains("done: deploy.done");
    }

    @Test
    void what_is_added_is_written_down_with_its_run_its_task_its_agent_and_who_submitted_it() {
        var _ = site.call("run", "add.sloth");
        var run = site.store().runs().list(RunQuery.ALL).getFirst().id();

        assertThat(audit(run.text()))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.who()).contains("/agent/");
                    assertThat(row.allowed()).isTrue();
                    assertThat(row.outcome())
                            .contains("hooks/tell.lua")
                            .contains("the task add")
                            .contains("/admin/admin");
                });
    }

    @Test
    void what_a_start_of_the_master_finds_of_hooks_that_are_gone_goes() throws Exception {
        var _ = site.call("run", "add.sloth");
        var shelf = folder.resolve("master").resolve("hook-files");
        site.restart();
        assertThat(Path.of(hooks().getFirst().file())).exists();
        assertThat(site.store().hooks().remove("default", "tell")).isTrue();
        site.restart();
        try (var left = Files.list(shelf)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_task_looks_after_the_hooks_that_runs_have_added() throws Exception {
        write(
                "after.sloth",
                ADDS.replace(
                        "return true, hooked.message",
                        """
                        local off = hook.disable("tell").changed and not hook.show("tell").enabled
                        local on = hook.enable("tell").changed and hook.show("tell").enabled
                        local gone = hook.remove("tell").changed and not hook.show("tell")
                        local history = pcall(hook.history, "tell")
                        return off and on and gone and not history
                        """));
        var looked = site.call("run", "after.sloth");
        assertThat(looked.exit()).as(looked.out()).isZero();
        assertThat(hooks()).isEmpty();
    }

    @Test
    void a_hook_that_somebody_added_on_the_machine_of_the_master_is_not_for_runs_to_change() {
        var there = there();
        var _ = there.call("hook", "add", "tell", "--file", "hooks/tell.lua");
        var before = hooks();

        var refused = site.call("run", "add.sloth");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out()).contains("SLOTH-4767").contains("on the machine of the master");
        assertThat(hooks()).isEqualTo(before);
    }

    // ---- who may

    private String[] as(String who, String... words) {
        var all = new ArrayList<>(List.of(site.at(words)));
        int at = all.indexOf("--credentials");
        all.set(at + 1, folder.resolve(who + ".pem").toString());
        return all.toArray(String[]::new);
    }

    private void access(String who, String role) {
        var file = folder.resolve(who + ".pem").toString();
        var made = site.call("access", "create", who, "--role", role, "--file", file);
        assertThat(made.exit()).as(made.err()).isZero();
    }

    @Test
    void an_operator_may_run_workflows_whose_hooks_are_refused_and_may_see_hooks()
            throws Exception {
        access("olga", "operator");
        write(
                "list.sloth",
                """
                local see = task("see"):command(function() return true, #hook.list() .. " hooks" end)
                workflow.define("see"):tasks({ see })
                """);

        var refused = door.call(as("olga", "run", "add.sloth"));
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out())
                .contains("/user/olga, who may not look after hooks")
                .contains("the role 'operator' may not do this")
                .contains("have somebody submit the workflow who may")
                .contains("SLOTH-4713");
        assertThat(hooks()).isEmpty();
        assertThat(audit(""))
                .anySatisfy(row -> {
                    assertThat(row.allowed()).isFalse();
                    assertThat(row.code()).isEqualTo("SLOTH-4713");
                    assertThat(row.outcome()).contains("olga");
                });
        assertThat(door.call(as("olga", "run", "list.sloth")).out()).contains("0 hooks");
    }

    @Test
    void what_somebody_may_is_what_they_may_now_and_whoever_has_their_name_next_is_another()
            throws Exception {
        access("ann", "admin");
        write("wait.sloth", WAITS);
        write("other.lua", "");
        Files.createDirectories(folder.resolve("forged/hooks"));
        write("forged/hooks/tell.lua", TELL);
        var begun = door.call(as("ann", waits()));
        assertThat(begun.exit()).as(begun.err()).isZero();
        var order = order();
        try (var line = site.line("web1")) {
            var book = book(line, order);
            assertThat(book.put(named("first")).name()).isEqualTo("first");
            var _ = site.call("access", "change", "ann", "--role", "viewer");
            for (var role : List.of("viewer", "operator")) {
                var _ = site.call("access", "change", "ann", "--role", role);
                assertThat(refused(() -> book.put(named("second"))))
                        .contains("the role '%s'".formatted(role))
                        .contains("SLOTH-4713");
                assertThat(refused(() -> book.remove("first"))).contains("SLOTH-4713");
                assertThat(refused(() -> book.power("first", false))).contains("SLOTH-4713");
            }
            assertThat(book.list()).hasSize(1);
            var _ = site.call("access", "revoke", "ann");
            Files.delete(folder.resolve("ann.pem"));
            access("ann", "admin");
            assertThat(refused(() -> book.put(named("second")))).contains("SLOTH-4732");
            assertThat(refused(book::list)).contains("SLOTH-4732");
            assertThat(hooks()).extracting(HookRow::name).containsExactly("first");
        }
    }

    @Test
    void nobody_is_not_somebody_who_may() throws Exception {
        var run = site.submit("fired", ADDS);
        assertThat(site.ended(run).tasks().toString())
                .contains("nobody is known to have submitted the run")
                .contains("SLOTH-4768");
        assertThat(hooks()).isEmpty();
    }

    // ---- a hostile agent

    /// A task that goes on until it is told to end.
    private static final String WAITS =
            """
            local go = "while [ -d $(dirname '%s') ] && ! [ -e '%s' ]; do sleep 0.05; done"
            local wait = task("wait"):command(go:format(values.go, values.go))
            local late = task("late"):depends_on(wait):command(function()
                return true, hook.on("deploy.*", "hooks/tell.lua").message
            end)
            workflow.define("wait"):files({ "other.lua" }):tasks({ wait, late })
            """;

    private HookWish wish(String file, String condition) {
        return new HookWish(
                Optional.of("mine"),
                folder.resolve("forged").resolve(file),
                List.of(),
                condition,
                "",
                Power.AS_IT_IS,
                HookWish.TIMEOUT,
                HookWish.ATTEMPTS,
                true);
    }

    private HookBook book(MasterLine line, String order) {
        return line.events(order, folder.resolve("forged"), (watcher, _) -> watcher.name())
                .as("me", List.of())
                .hooks();
    }

    private String[] waits() {
        var go = "go=" + folder.resolve("go");
        return new String[] {"run", "wait.sloth", "--var", go, "--delegate-to", "web1", "--detach"};
    }

    /// The order of a task that is under way on web1 until the file `go` is there.
    private String waiting() throws Exception {
        var begun = site.call(waits());
        assertThat(begun.exit()).as(begun.err()).isZero();
        return order();
    }

    private String order() throws Exception {
        site.await(() -> !site.store().cluster().read(ClusterTables::orders).isEmpty());
        return site.store().cluster().read(ClusterTables::orders).getFirst().id();
    }

    private static String refused(Runnable asking) {
        return String.valueOf(catchThrowableOfType(EventRefusal.class, asking::run).getMessage());
    }

    @Test
    void a_hostile_agent_adds_nothing_but_what_the_scripts_of_its_run_add() throws Exception {
        write("wait.sloth", WAITS);
        write("other.lua", "function on_event(event) return true end");
        Files.createDirectories(folder.resolve("forged/hooks"));
        write("forged/hooks/tell.lua", TELL);
        write("forged/other.lua", "function on_event(event) return true end");
        write("forged/mine.lua", "function on_event() os.execute('rm -rf /') end");
        site.agent("web2");
        var order = waiting();
        try (var line = site.line("web1");
                var stranger = site.line("web2")) {
            var book = book(line, order);
            assertThat(refused(() -> book.put(wish("mine.lua", ""))))
                    .contains("the run does not keep the file mine.lua")
                    .contains("SLOTH-4767");
            assertThat(refused(() -> book.put(wish("other.lua", ""))))
                    .contains("no script of the run adds a hook of the file other.lua");
            assertThat(refused(() -> book.put(wish("hooks/words.lua", ""))))
                    .contains("no script of the run adds a hook");
            assertThat(refused(() -> book.put(wish("hooks/tell.lua", "os.exit()"))))
                    .contains("with this condition");
            assertThat(refused(() -> book.put(wish("../../etc/passwd", ""))))
                    .contains("the run does not keep the file ../../etc/passwd");
            assertThat(refused(() -> book(stranger, order).put(wish("hooks/tell.lua", ""))))
                    .contains("SLOTH-4741");
            assertThat(refused(() -> book(stranger, order).list())).contains("SLOTH-4741");
            assertThat(refused(() -> book(line, "forged").put(wish("hooks/tell.lua", ""))))
                    .contains("SLOTH-4741");
            write("forged/hooks/tell.lua", "function on_event() os.execute('rm -rf /') end");
            assertThat(refused(() -> book.put(wish("hooks/tell.lua", ""))))
                    .contains("is not on the agent what it was when the run was submitted");
            Files.delete(folder.resolve("forged/hooks/tell.lua"));
            assertThat(refused(() -> book.put(wish("hooks/tell.lua", ""))))
                    .contains("is not on the agent what it was");
            assertThat(hooks()).isEmpty();
            assertThat(audit("")).hasSizeGreaterThanOrEqualTo(8);

            write("forged/hooks/tell.lua", TELL);
            assertThat(book.put(wish("hooks/tell.lua", "")).name()).isEqualTo("mine");
            write("go", "");
            // Between the two tasks nobody has an order either.
            site.await(() -> hooks().size() == 2);
            site.await(() -> site.store().cluster().read(ClusterTables::orders).isEmpty());
            assertThat(refused(() -> book.put(wish("hooks/tell.lua", "")))).contains("SLOTH-4741");
            assertThat(refused(book::list)).contains("SLOTH-4741");
        }
        assertThat(hooks()).extracting(HookRow::name).containsExactly("mine", "tell");
    }

    @Test
    void there_are_no_more_hooks_than_there_may_be() throws Exception {
        write("wait.sloth", WAITS);
        write("other.lua", "");
        Files.createDirectories(folder.resolve("forged/hooks"));
        write("forged/hooks/tell.lua", TELL);
        var order = waiting();
        try (var line = site.line("web1")) {
            var book = book(line, order);
            for (int i = 0; i < MOST; i++) {
                var _ = book.put(named("h" + i));
            }
            assertThatThrownBy(() -> book.put(named("one-more")))
                    .isInstanceOfSatisfying(
                            EventRefusal.class,
                            e -> assertThat(e.reason()).isEqualTo(EventRefusal.Reason.QUOTA));
            assertThat(hooks()).hasSize(MOST);
            assertThat(audit("")).anyMatch(row -> row.code().equals("SLOTH-4769"));
        }
        write("go", "");
    }

    private HookWish named(String name) {
        var wish = wish("hooks/tell.lua", "");
        return new HookWish(
                Optional.of(name),
                wish.file(),
                wish.types(),
                wish.condition(),
                wish.description(),
                wish.power(),
                wish.timeout(),
                wish.attempts(),
                wish.replace());
    }
}
