package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Secrets on their way through a run.
@Timeout(120)
class SecretsInRunsTest {
    private static final String VALUE = "v'ery \"s3cret\" Value-4711";
    private static final String OTHER = "another-s3cret-0815";

    @TempDir private Path folder;
    private Door door = new Door(Path.of(""));

    @BeforeEach
    void open() {
        door = new Door(folder);
        set("token", VALUE);
        set("db/password", OTHER);
    }

    private void set(String name, String value) {
        door.typing(value);
        assertThat(door.call("secrets", "set", name).exit()).isZero();
    }

    private Door.Answer run(String script, String... more) {
        door.file("flow.sloth", script);
        var words = new ArrayList<>(List.of("run", "flow.sloth"));
        words.addAll(List.of(more));
        return door.call(words.toArray(String[]::new));
    }

    /// No form of a secret is in what was shown, nor in any file below the home folder.
    private void hidden(Door.Answer... answers) {
        var forms = new ArrayList<String>();
        for (var value : List.of(VALUE, OTHER)) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            forms.add(value);
            forms.add(Base64.getEncoder().encodeToString(bytes).substring(0, 20));
            forms.add(HexFormat.of().formatHex(bytes));
        }
        for (var form : forms) {
            for (var answer : answers) {
                assertThat(answer.out() + answer.err()).doesNotContain(form);
            }
            try (Stream<Path> all = Files.walk(folder.resolve("home"))) {
                for (var file : all.filter(Files::isRegularFile).toList()) {
                    var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                    assertThat(text).as("%s", file).doesNotContain(form);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Test
    void a_declared_secret_reaches_functions_and_commands_and_nobody_else() {
        var ran =
                run(
                        """
                        local show = task("show"):command(function()
                          print("print " .. secrets.token)
                          log.info("log " .. secret("token"), { field = secrets.pass })
                          local r = exec.run("printf %s \\"$T\\" | base64 -w0; printf %s \\"$T\\" | od -An -tx1 | tr -d ' \\\\n'; echo; echo $T >&2",
                            { env = { T = secrets.token } })
                          local same = exec.run({ "printf", "%s", secrets.pass }).stdout
                          if same ~= "another-s3cret-0815" then return false, "changed" end
                          return true, "said " .. secrets.pass, { given = secrets.token, [secrets.pass] = 1 }
                        end)
                        local line = task("line"):command('echo "line $TOKEN"; for i in $(seq ${#TOKEN}); do printf %s "${TOKEN:i-1:1}"; done; echo; printf "%s" "$PASS" >&2')
                          :env({ TOKEN = secret("token"), PASS = secrets.pass, PLAIN = "x" }):depends_on("show")
                        workflow.define("flow"):secrets({ "token", pass = "db/password" }):tasks({ show, line })
                        """);
        assertThat(ran.exit()).as("%s", ran).isZero();
        assertThat(ran.out()).contains("print ***", "log ***", "line ***");
        hidden(
                ran,
                door.call("runs", "show", "last", "-o", "json"),
                door.call("runs", "logs", "last"),
                door.call("runs", "events", "last"),
                door.call("plan", "flow.sloth", "-o", "json"),
                run(door.read("flow.sloth"), "-o", "json"),
                run(door.read("flow.sloth"), "--return"),
                run(door.read("flow.sloth"), "--in-memory"));
    }

    @Test
    void failures_errors_and_tracebacks_do_not_tell() {
        for (var body :
                List.of(
                        "return false, 'no ' .. secrets.token",
                        "error('raised ' .. secrets.token)",
                        "error({ code = secrets.token })",
                        "local x = nil; return x[secrets.token]",
                        "local f = loadstring('return ' .. secrets.token); f()",
                        "fs.read('/' .. secrets.token)",
                        "exec.run({ secrets.token })",
                        "io.stderr:write(secrets.token, '\\n'); io.stdout:write(secrets.token); return false")) {
            var ran =
                    run(
                            "workflow.define('flow'):secrets('token'):tasks({ task('t'):command(function() %s end) })"
                                    .formatted(body));
            hidden(ran, door.call("runs", "show", "last", "-o", "json"));
        }
    }

    @Test
    void what_is_not_declared_cannot_be_read() {
        var ran =
                run(
                        """
                        workflow.define("flow"):secrets({ "token" }):tasks({
                          task("t"):command(function() return true, secret("db/password") end) })
                        """);
        assertThat(ran.exit()).isEqualTo(Exit.FAILED);
        assertThat(ran.out()).contains("SLOTH-4509", "does not declare the secret 'db/password'");
        var none =
                run(
                        "workflow.define('flow'):tasks({ task('t'):command(function() return true, secrets.token end) })");
        assertThat(none.exit()).isEqualTo(Exit.FAILED);
        assertThat(none.out()).contains("SLOTH-4509", "add secrets = { \"token\" }");
        hidden(ran, none);
    }

    @Test
    void secrets_that_are_not_there_are_told_of_at_once_and_nothing_runs() {
        var ran =
                run(
                        """
                        workflow.define("flow"):secrets({ "token", "nothing", a = "nowhere", b = "unknown:place" }):tasks({
                          task("t"):command("touch ran") })
                        """);
        assertThat(ran.exit()).isEqualTo(Exit.WRONG);
        assertThat(ran.err())
                .contains("SLOTH-4507", "'nothing'", "'nowhere'", "SLOTH-4511", "'unknown'");
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(door.call("runs", "list").out()).doesNotContain("flow");
    }

    @Test
    void while_tasks_are_defined_a_secret_only_stands_for_its_value() {
        var shown =
                run(
                        """
                        local t = secret("token")
                        print("it is " .. tostring(t) .. ", a " .. type(t))
                        workflow.define("flow"):secrets("token"):tasks({ task("t"):command("true") })
                        """);
        assertThat(shown.exit()).as("%s", shown).isZero();
        assertThat(shown.out()).contains("it is secret: token, a userdata");
        var joined =
                run(
                        "workflow.define('flow'):secrets('token'):tasks({ task('t'):command('echo ' .. secret('token')) })");
        assertThat(joined.exit()).isEqualTo(Exit.WRONG);
        hidden(shown, joined);
    }

    @Test
    void a_definition_that_cannot_be_kept_is_refused() {
        for (var wrong :
                List.of(
                        "workflow.define('flow'):tasks({ task('t'):command('true'):env({ T = secret('token') }) })",
                        "workflow.define('flow'):secrets('token'):config({ permissions = { secrets = false } }):tasks({ task('t'):command('true'):env({ T = secret('token') }) })",
                        "workflow.define('flow'):secrets({ 'a b' }):tasks({ task('t'):command('true') })",
                        "workflow.define('flow'):secrets({ 'vault:a/b#c' }):tasks({ task('t'):command('true') })",
                        "workflow.define('flow'):secrets({ a = 'one', 'two', a = true }):tasks({ task('t'):command('true') })",
                        "workflow.define('flow'):secrets(function() end):tasks({ task('t'):command('true') })",
                        "secrets.a = 1")) {
            var ran = run(wrong);
            assertThat(ran.exit()).as("%s\n%s", wrong, ran).isEqualTo(Exit.WRONG);
            assertThat(ran.err()).contains("SLOTH-");
        }
    }

    @Test
    void a_permission_withholds_what_is_declared() {
        var ran =
                run(
                        """
                        workflow.define("flow"):secrets("token"):config({ permissions = { secrets = false } }):tasks({
                          task("t"):command(function()
                            local a, one = pcall(function() return secrets.token end)
                            local b, two = pcall(secret, "token")
                            return not a and not b, one .. two end) })
                        """);
        assertThat(ran.exit()).as("%s", ran).isZero();
        hidden(ran);
    }

    @Test
    void a_value_that_is_too_short_is_warned_of() {
        set("pin", "123");
        var ran =
                run(
                        "workflow.define('flow'):secrets('pin'):tasks({ task('t'):command(function() print(secrets.pin) end) })");
        assertThat(ran.err()).contains("SLOTH-4512", "'pin'");
        assertThat(ran.out()).contains("123");
    }

    @Test
    void earlier_versions_are_hidden_too() {
        set("token", "the-newer-Value-1");
        var ran =
                run(
                        "workflow.define('flow'):secrets('token'):tasks({ task('t'):command(function() print('a-' .. 'v\\'ery \"s3cret\" Value' .. '-4711') print(secrets.token) end) })");
        assertThat(ran.out()).contains("a-***").doesNotContain("the-newer-Value-1");
    }

    @Test
    void what_opens_the_secrets_is_not_in_the_environment_of_scripts_and_commands() {
        var ran =
                run(
                        "workflow.define('flow'):secrets('token'):tasks({ task('t'):command(function() print(tostring(os.getenv('SLOTH_SECRETS_KEY_FILE')) .. exec.run('env | grep -c SLOTH_SECRETS').stdout) end) })");
        assertThat(ran.out()).contains("nil0");
    }

    @Test
    void an_artifact_whose_name_is_a_secret_is_not_kept() {
        var ran =
                run(
                        "workflow.define('flow'):secrets({p = 'db/password'}):tasks({ task('t'):artifacts('*.txt'):command('touch $P.txt'):env({ P = secrets.p }) })");
        assertThat(ran.exit()).isEqualTo(Exit.FAILED);
        assertThat(ran.out()).contains("the name of a file holds a secret");
        hidden(ran);
    }

    @Test
    void events_and_labels_hide_secrets() {
        var ran =
                run(
                        """
                        local t = task("t"):command(function()
                          assert(event.dispatch("leak", { x = secrets.token }, secrets.token))
                          local ok = pcall(watcher.register.custom, { command = "echo " .. secrets.token })
                          assert(not ok)
                          return true
                        end)
                        workflow.define("w"):secrets({ "token" }):tasks({ t })
                        """,
                        "--label",
                        "by=" + VALUE);
        assertThat(ran.exit()).as("%s", ran).isZero();
        var events = door.call("events", "list", "--type", "leak", "-o", "json");
        assertThat(events.out()).contains("\"subject\" : \"***\"");
        hidden(ran, events, door.call("runs", "show", "last", "-o", "json"));
    }

    @Test
    void the_type_of_an_event_and_what_hooks_and_watchers_are_called_may_be_no_secret() {
        door.file("h.lua", "function on_event() end");
        var ran =
                run(
                        """
                        local t = task("t"):command(function()
                          local s = secrets.p
                          local function refused(call, ...)
                            local ok, good, err = pcall(call, ...)
                            err = ok and err or good
                            assert(not (ok and good), "was taken")
                            assert(tostring(err):find("may hold no secret", 1, true), tostring(err))
                          end
                          refused(event.dispatch, "deploy." .. s, { n = 1 })
                          refused(event.dispatch, s, { n = 1 }, "subject")
                          refused(hook.add, { name = s, file = "h.lua" })
                          refused(watcher.register.port, { name = s, port = 1 })
                          return true
                        end)
                        workflow.define("w"):secrets({ p = "db/password" }):tasks({ t })
                        """);
        assertThat(ran.exit()).as("%s", ran).isZero();
        hidden(ran, door.call("events", "list", "-o", "json"), door.call("hook", "list"));
    }

    @Test
    void no_command_that_computes_leaves_a_secret_in_shared_state() {
        set("pin", "47110815");
        var ran =
                run(
                        """
                        local t = task("t"):command(function()
                          local function refused(call, ...)
                            local ok, err = pcall(call, ...)
                            assert(not ok and tostring(err):find("may hold no secret", 1, true), tostring(err))
                          end
                          local pin, token = secrets.pin, secrets.token
                          refused(state.increment, "n", tonumber(pin))
                          refused(state.increment, "n", -tonumber(pin))
                          refused(state.decrement, "n", tonumber(pin))
                          assert(state.increment("n", tonumber(pin) - 1) == tonumber(pin) - 1)
                          refused(state.increment, "n")
                          refused(state.increment, "n", 1)
                          assert(state.get("n") == tonumber(pin) - 1)
                          assert(state.increment("n", 2) == tonumber(pin) + 1)
                          refused(state.decrement, "n")
                          assert(state.append("a", "x" .. token:sub(1, 9)) == 10)
                          refused(state.append, "a", token:sub(10))
                          assert(state.get("a") == "x" .. token:sub(1, 9))
                          assert(state.append("a", "!") == 11)
                          local ok, err = pcall(state.transaction, function()
                            state.set("done", 1)
                            state.append("b", token:sub(1, 9))
                            pcall(state.append, "b", token:sub(10))
                          end)
                          assert(not ok and tostring(err):find("may hold no secret", 1, true), tostring(err))
                          assert(state.get("b") == nil and state.get("done") == nil)
                          state.transaction(function() state.increment("n") state.append("c", "1") end)
                          assert(state.get("n") == tonumber(pin) + 2 and state.get("c") == "1")
                          return true
                        end)
                        workflow.define("w"):secrets({ "token", "pin" }):tasks({ t })
                        """);
        assertThat(ran.exit()).as("%s", ran).isZero();
        hidden(ran, door.call("events", "list", "-o", "json"));
        assertThat(door.call("state", "export").out()).doesNotContain("47110815");
    }

    @Test
    void the_lines_of_a_script_that_an_error_shows_hide_what_they_hold() {
        var script =
                """
                local t = task("t"):command(function()
                  local pasted = "%s" error("no luck with " .. pasted)
                  return true
                end)
                workflow.define("w"):secrets({ "db/password" }):tasks({ t })
                """
                        .formatted(OTHER)
                        .replace("{ \"db/password\" }", "{ p = \"db/password\" }");
        var ran = run(script);
        assertThat(ran.exit()).isEqualTo(Exit.FAILED);
        assertThat(ran.out()).contains("2 |   local pasted = \"***\" error(", "no luck with ***");
        var asDocument = run(script, "-o", "json");
        assertThat(asDocument.out()).contains("no luck with ***");
        for (var answer :
                List.of(
                        ran,
                        asDocument,
                        door.call("runs", "show", "last"),
                        door.call("runs", "events", "last"),
                        door.call("runs", "logs", "last"))) {
            assertThat(answer.out() + answer.err()).doesNotContain(OTHER);
        }
    }

    @Test
    void a_secret_with_blanks_around_it_is_hidden_where_a_shell_drops_them() {
        set("blank", "  s3cret-with  blanks ");
        var ran =
                run(
                        "workflow.define('flow'):secrets('blank'):tasks({ task('t'):command('echo got $T'):env({ T = secret('blank') }) })");
        assertThat(ran.exit()).as("%s", ran).isZero();
        assertThat(ran.out()).contains("got ***").doesNotContain("s3cret-with");
    }

    @Test
    void shared_state_and_stacks_take_no_secret() {
        var ran =
                run(
                        """
                        local t = task("t"):command(function()
                          local function refused(call, ...)
                            local ok, err = pcall(call, ...)
                            assert(not ok and tostring(err):find("may hold no secret", 1, true), tostring(err))
                          end
                          local token = secrets.token
                          refused(state.set, "a", token)
                          refused(state.set, "a", { deep = { "x" .. token } })
                          refused(state.set, token, 1)
                          refused(state.set_many, { a = 1, b = token })
                          refused(state.append, "a", token)
                          refused(state.list_push, "l", token)
                          refused(state.hash_set, "h", token, 1)
                          refused(state.set_add, "s", token)
                          refused(state.compare_swap, "a", nil, token)
                          refused(state.transaction, function() state.set("a", token) end)
                          refused(stack.set_output, "url", token)
                          assert(#state.keys("*") == 0)
                          state.set("a", "open")
                          return true
                        end)
                        workflow.define("w"):secrets({ "token" }):tasks({ t })
                        """);
        assertThat(ran.exit()).as("%s", ran).isZero();
        hidden(ran, door.call("events", "list", "-o", "json"));
    }
}
