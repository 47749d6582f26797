package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.cli.config.Layers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StateFamilyTest {
    @TempDir private Path folder;
    private Door door = new Door(Path.of(""));

    @BeforeEach
    void open() {
        door = new Door(folder);
    }

    private OpenState state() {
        var home = folder.resolve("home");
        return new OpenState(
                home, Layers.read(home, Map.of(), Map.of()).config().shared(), Causes.NONE);
    }

    private Door.Answer state(String... words) {
        var all = new ArrayList<>(List.of("state"));
        all.addAll(List.of(words));
        return door.call(all.toArray(String[]::new));
    }

    private static void refused(Door.Answer answer, int exit, String code) {
        assertThat(answer.exit()).as("%s", answer).isEqualTo(exit);
        assertThat(answer.err()).startsWith("error " + code);
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void what_was_set_is_shown_text_as_it_is_and_the_rest_as_json() {
        assertThat(state("set", "a", "1.4 ä").out()).isEqualTo("set a\n");
        assertThat(state("get", "a").out()).isEqualTo("1.4 ä\n");
        state("set", "b", "{\"x\": [1, true]}", "--json");
        assertThat(state("get", "b").out()).isEqualTo("{\"x\":[1,true]}\n");
        assertThat(state("get", "b", "-o", "yaml").out())
                .isEqualTo("key: b\ntype: table\nvalue:\n  x:\n  - 1\n  - true\n");
        door.typing("from\nelsewhere\n");
        state("set", "c", "-");
        assertThat(state("get", "c").out()).isEqualTo("from\nelsewhere\n\n");
        assertThat(state("set", "d", "--", "-5").exit()).isZero();
        assertThat(state("get", "d", "-o", "json").out())
                .isEqualTo(
                        "{\n  \"key\" : \"d\",\n  \"type\" : \"string\",\n  \"value\" : \"-5\"\n}\n");
    }

    @Test
    void a_project_has_a_namespace_of_its_own() {
        door.file("sloth.yaml", "state:\n  namespace: mine\n");
        state("set", "a", "1");
        assertThat(state("list", "--namespace", "mine").out()).isEqualTo("a\n");
        assertThat(state("list", "--namespace", "default").out()).isEmpty();
        door.with("SLOTH_STATE_NAMESPACE", "other");
        assertThat(state("list").out()).isEmpty();

        door.file("sloth.yaml", "run:\n  kill_grace: 1h\n");
        refused(state("list"), Exit.WRONG, "SLOTH-9013");
    }

    @Test
    void a_value_that_is_not_there_is_told_of_and_the_exit_code_is_1() {
        refused(state("get", "a"), Exit.FAILED, "SLOTH-4208: there is no value under 'a'");
        state("set", "a", "x", "--ttl", "1ms");
        awaitNothing("a");
        refused(state("get", "a"), Exit.FAILED, "SLOTH-4208");
    }

    private void awaitNothing(String key) {
        try (var state = state()) {
            while (state.ask(new StateCommand.Exists(key)).done()) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void the_past_is_shown_as_far_as_it_is_remembered() {
        state("set", "a", "old");
        refused(state("get", "a", "--at", "30m"), Exit.FAILED, "SLOTH-4208: there was no value");
        refused(state("get", "a", "--at", "3d"), Exit.FAILED, "SLOTH-4206");
        refused(state("get", "a", "--at", "2999-01-01"), Exit.WRONG, "SLOTH-4201");
        refused(state("get", "a", "--at", "soon"), Exit.WRONG, "SLOTH-9001: --at cannot be 'soon'");
        assertThat(state("get", "a", "--at", "0").out()).isEqualTo("old\n");
    }

    @Test
    void a_value_that_is_there_stays_when_it_should() {
        assertThat(state("set", "a", "1", "--if-absent").exit()).isZero();
        refused(state("set", "a", "2", "--if-absent"), Exit.FAILED, "SLOTH-4209");
        assertThat(state("get", "a").out()).isEqualTo("1\n");
    }

    @Test
    void a_namespace_that_is_given_is_as_that_of_the_settings() {
        for (var name : List.of(" ", "a\nb", "x".repeat(513))) {
            refused(state("set", "a", "1", "--namespace", name), Exit.WRONG, "SLOTH-4201");
            refused(state("list", "--namespace", name), Exit.WRONG, "SLOTH-4201");
        }
        assertThat(state("list", "--namespace", "x".repeat(512)).exit()).isZero();
    }

    @Test
    void what_cannot_be_set_says_why() {
        refused(state("set", "", "1"), Exit.WRONG, "SLOTH-4201");
        refused(state("set", "a", "1", "--ttl", "soon"), Exit.WRONG, "SLOTH-9001");
        refused(state("set", "a", "1", "--ttl", "0"), Exit.WRONG, "SLOTH-4201");
        refused(state("set", "a", "1", "--token", "x"), Exit.WRONG, "SLOTH-9001");
        refused(state("set", "a", "1", "--token", "7"), Exit.FAILED, "SLOTH-4204");
        refused(state("set", "a", "[1", "--json"), Exit.WRONG, "SLOTH-9001: the value is no JSON");
        door.with("SLOTH_STATE_MAX_VALUE", "10");
        refused(state("set", "a", "much too much"), Exit.FAILED, "SLOTH-4203");
        assertThat(state("list").out()).isEmpty();
    }

    @Test
    void namespaces_know_nothing_of_each_other() {
        state("set", "a", "1", "--namespace", "x");
        assertThat(state("list").out()).isEmpty();
        assertThat(door.with("SLOTH_STATE_NAMESPACE", "x").call("state", "list").out())
                .isEqualTo("a\n");
        refused(state("list", "--namespace", ""), Exit.WRONG, "SLOTH-4201: a namespace");
    }

    @Test
    void keys_are_listed_by_pages_and_in_full() {
        for (var key : List.of("a/1", "a/2", "b")) {
            state("set", key, "x");
        }
        state("set", "a/2", "[1]", "--json", "--ttl", "90m");
        assertThat(state("list").out()).isEqualTo("a/1\na/2\nb\n");
        assertThat(state("list", "a/*").out()).isEqualTo("a/1\na/2\n");
        assertThat(state("list", "--limit", "1").out()).isEqualTo("a/1\nmore: --after 'a/1'\n");
        assertThat(state("list", "--limit", "2", "--after", "a/1").out()).isEqualTo("a/2\nb\n");
        var table = state("list", "-l").lines();
        assertThat(table.get(0)).matches("KEY +TYPE +SIZE +TTL");
        assertThat(table.get(1)).matches("a/1 +string +\\d+ B +-");
        assertThat(table.get(2)).matches("a/2 +table +\\d+ B +1h29m");
        assertThat(state("list", "b", "-o", "json").out())
                .contains("\"key\" : \"b\"", "\"ttl\" : -1.0", "\"next\" : \"\"");
        refused(state("list", "--limit", "0"), Exit.WRONG, "SLOTH-9001");
        refused(state("list", "["), Exit.WRONG, "SLOTH-4201");
    }

    @Test
    void deleting_says_how_many_there_were() {
        for (var key : List.of("a/1", "a/2", "b", "c")) {
            state("set", key, "x");
        }
        assertThat(state("delete", "b", "b", "nothing").out()).isEqualTo("deleted 1\n");
        assertThat(state("delete", "--pattern", "a/*", "-o", "json").out())
                .contains("\"deleted\" : 2");
        assertThat(state("list").out()).isEqualTo("c\n");
        refused(state("delete"), Exit.WRONG, "SLOTH-9001: say which keys");
        refused(state("delete", "c", "--pattern", "*"), Exit.WRONG, "SLOTH-9001");
    }

    @Test
    void deleting_is_refused_to_a_token_that_is_stale_and_then_nothing_is_deleted() {
        state("set", "a", "1");
        state("set", "b", "1");
        try (var state = state()) {
            var number = number(state.ask(lock("ann")));
            assertThat(state("delete", "a", "--token", number).out()).isEqualTo("deleted 1\n");
            state.ask(new StateCommand.Break("deploy"));
            refused(state("delete", "b", "--token", number), Exit.FAILED, "SLOTH-4204");
            refused(
                    state("delete", "--pattern", "*", "--token", number),
                    Exit.FAILED,
                    "SLOTH-4204");
        }
        refused(state("delete", "b", "--token", "x"), Exit.WRONG, "SLOTH-9001");
        refused(state("delete", "b", "", "--token", "7"), Exit.FAILED, "SLOTH-4204");
        refused(state("delete", "b", ""), Exit.WRONG, "SLOTH-4201");
        assertThat(state("list").out()).isEqualTo("b\n");
    }

    private static String number(Answer taken) {
        return Long.toString((long) ((Value.Num) taken.value()).value());
    }

    private static StateCommand.Lock lock(String holder) {
        return new StateCommand.Lock("deploy", holder, Duration.ofMinutes(5));
    }

    @Test
    void locks_tell_who_holds_them_and_who_waits() throws InterruptedException {
        assertThat(state("locks").out()).isEqualTo("no locks are held\n");
        try (var state = state()) {
            state.ask(lock("ann"));
            var waiting = Thread.ofVirtual().start(() -> waitFor(state, lock("bob")));
            var shown = state("locks");
            while (!shown.out().contains("bob")) {
                shown = state("locks", "dep*");
            }
            assertThat(shown.lines().get(0))
                    .matches("LOCK +HOLDER +TOKEN +SINCE +EXPIRES IN +WAITERS");
            assertThat(shown.lines().get(1)).matches("deploy +ann +\\d+ +[-0-9]+ [:0-9]+ .* bob");
            assertThat(state("locks", "-o", "json").out())
                    .contains("\"name\" : \"deploy\"", "\"holder\" : \"ann\"", "\"bob\"");
            assertThat(state("locks", "x*").out()).isEqualTo("no locks are held\n");
            waiting.interrupt();
            waiting.join();
        }
    }

    private static void waitFor(OpenState state, StateCommand.Lock lock) {
        try {
            state.lock(lock, Duration.ofMinutes(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_lock_is_taken_away_from_who_holds_it() {
        refused(state("unlock", "deploy"), Exit.FAILED, "SLOTH-4208: nobody holds");
        try (var state = state()) {
            var number = number(state.ask(lock("ann")));
            assertThat(state("set", "a", "1", "--token", number).exit()).isZero();
            refused(state("unlock", "deploy", "--token", number + "1"), Exit.FAILED, "SLOTH-4204");
            assertThat(state("unlock", "deploy", "--token", number).out())
                    .isEqualTo("took deploy away from ann (token %s)\n".formatted(number));
            refused(state("set", "a", "1", "--token", number), Exit.FAILED, "SLOTH-4204");
            state.ask(lock("bob"));
            assertThat(state("unlock", "deploy", "-o", "json").out())
                    .contains("\"unlocked\" : {", "\"holder\" : \"bob\"");
            assertThat(state.ask(lock("eve")).done()).isTrue();
        }
    }

    @Test
    void a_watch_shows_what_changes_and_ends_in_time() throws InterruptedException {
        var heard = new ByteArrayOutputStream();
        var out = new PrintStream(heard, true, StandardCharsets.UTF_8);
        var call = List.of("state", "watch", "a*", "-o", "json");
        // Ended below, as by Ctrl-C.
        var watching = Thread.ofVirtual().start(() -> Program.run(call, door.caller(out)));
        try (var state = state()) {
            int round = 0;
            while (!heard.toString(StandardCharsets.UTF_8).contains("\n")) {
                state.ask(put("other", round));
                state.ask(put("a", round++));
            }
        }
        watching.interrupt();
        watching.join();
        assertThat(heard.toString(StandardCharsets.UTF_8).lines())
                .allMatch(line -> line.startsWith("{\"number\":") && line.contains("\"key\":\"a\""))
                .allMatch(line -> line.contains("\"now\":") && line.endsWith("\"expired\":false}"));
        assertThat(state("watch", "--timeout", "10ms")).isEqualTo(new Door.Answer(0, "", ""));
    }

    private static StateCommand.Put put(String key, int number) {
        return new StateCommand.Put(key, new Value.Num(number), Optional.empty(), false);
    }

    @Test
    void a_document_with_a_key_twice_is_refused_with_the_key() {
        state("set", "a", "1");
        var twice =
                """
                format: sloth-state-1
                entries:
                - {key: a, type: value, value: "2"}
                - {key: b, type: value, value: "2"}
                - {key: a, type: value, value: "3"}
                """;
        door.typing(twice);
        var answer = state("import", "-");
        refused(answer, Exit.WRONG, "SLOTH-4210");
        assertThat(answer.err()).contains("the key 'a' is there twice", "nothing was changed");
        assertThat(state("list").out()).doesNotContain("b");
        assertThat(state("get", "a").out()).isEqualTo("1\n");
    }

    @Test
    void what_was_exported_is_imported_all_of_it_or_nothing() {
        try (var state = state()) {
            state.ask(put("n", 3));
            state.ask(new StateCommand.Push("l", Text.of("x"), StateCommand.End.BACK));
            state.ask(new StateCommand.PutField("h", "f", Text.ofBytes(new byte[] {-1})));
            state.ask(new StateCommand.AddMember("s", Value.Bool.TRUE));
        }
        var exported = state("export").out();
        assertThat(exported).contains("\"format\" : \"sloth-state-1\"", "\"$bytes\" : \"/w==\"");
        door.file("state.json", exported).typing(exported);
        assertThat(state("import", "state.json", "--namespace", "x").out())
                .isEqualTo("imported 4\n");
        assertThat(entries(state("export", "--namespace", "x").out())).isEqualTo(entries(exported));
        assertThat(state("import", "-", "-o", "json").out()).contains("\"imported\" : 4");

        door.with("SLOTH_STATE_MAX_KEYS", "3");
        refused(state("import", "-", "--namespace", "y"), Exit.FAILED, "SLOTH-4203");
        assertThat(state("list", "--namespace", "y").out()).isEmpty();
        refused(state("import", "nothing.json"), Exit.WRONG, "SLOTH-4210: cannot read");
    }

    private static String entries(String document) {
        return document.substring(0, document.indexOf("\"exported_at\""));
    }

    @Test
    void stats_tell_what_is_used_and_what_may_be() {
        assertThat(state("stats").out()).contains("keys           0 of 100000", "never");
        state("set", "a", "1");
        assertThat(state("stats").out())
                .contains("namespace      default", "keys           1 of 100000", "of 256.0 MiB");
        assertThat(state("stats", "-o", "json").out())
                .containsPattern("\"last_modified\" : \"20[-0-9]+T[:.0-9]+Z\"")
                .contains("\"total_keys\" : 1", "\"max_size\" : 268435456");
    }
}
