package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scripts that have functions of modules take more memory than there is: each is refused within
/// the limit of its script, and the process goes on in a heap that holds none of it.
final class HostileModulesIT {
    private static final String HEAP = "-Xmx128m";
    private static final String LIMIT = "16MiB";

    /// A table that means 2^20 tables, of which there are 21.
    private static final String SHARED = "local t = { 1 } for i = 1, 20 do t = { t, t } end ";

    private static final String ROWS =
            "local row = {} for i = 1, 1000 do row[i] = ('x'):rep(1000) end "
                    + "local rows = {} for i = 1, 100000 do rows[i] = row end ";

    private static final String TEXTS =
            "local l = {} local x = ('x'):rep(1000000) for i = 1, 10000 do l[i] = x end ";

    /// Each is to be refused with "not enough memory".
    private static final Map<String, String> BOMBS = new LinkedHashMap<>();

    static {
        BOMBS.put("json_decode", "data.json_decode('[' .. ('1,'):rep(3000000) .. '1]')");
        BOMBS.put("json_texts", "data.json_decode('[' .. ('\"abcdefgh\",'):rep(600000) .. '1]')");
        BOMBS.put("yaml_decode", "data.yaml_decode(('- 1\\n'):rep(600000))");
        BOMBS.put(
                "yaml_alias",
                "data.yaml_decode('a: &a [' .. ('1,'):rep(999) .. "
                        + "'1]\\nb: [' .. ('*a,'):rep(999) .. '*a]')");
        BOMBS.put("csv_parse", "data.csv_parse(('a,'):rep(1500000))");
        BOMBS.put("xml_decode", "data.xml_decode('<a>' .. ('<b/>'):rep(1000000) .. '</a>')");
        BOMBS.put("json_encode", SHARED + "data.json_encode(t)");
        BOMBS.put("json_encode_texts", TEXTS + "data.json_encode(l)");
        BOMBS.put("yaml_encode", SHARED + "data.yaml_encode(t)");
        BOMBS.put("xml_encode", SHARED + "data.xml_encode(t)");
        BOMBS.put("csv_generate", ROWS + "data.csv_generate(rows)");
        BOMBS.put("deep_merge", SHARED + "data.deep_merge({ a = t }, { b = t })");
        BOMBS.put("flatten", SHARED + "data.flatten({ a = t })");
        BOMBS.put("split", "strings.split(('a'):rep(4000000), '')");
        BOMBS.put("join", TEXTS + "strings.join(l, '')");
        BOMBS.put("replace", "strings.replace(('a'):rep(4000000), 'a', ('b'):rep(4000000))");
        BOMBS.put(
                "replace_regex",
                "strings.replace_regex(('a'):rep(2000000), 'a', ('$0'):rep(2000000))");
        BOMBS.put("replace_all", "strings.replace_regex(('a'):rep(2000), 'a+', ('$0'):rep(20000))");
        BOMBS.put("match_all", "strings.match_all(('a'):rep(4000000), 'a')");
        BOMBS.put(
                "match",
                "strings.match(('a'):rep(2000000), ('('):rep(1000) .. 'a*' .. (')'):rep(1000))");
        BOMBS.put("truncate", "strings.truncate(('a'):rep(6000000), 5)");
        BOMBS.put("url_encode", "strings.url_encode(('%'):rep(6000000))");
        BOMBS.put("export", "for i = 1, 100000 do export('k' .. i, ('x'):rep(1000)) end");
        BOMBS.put("export_shared", SHARED + "export('t', t)");
        BOMBS.put(
                "log",
                TEXTS
                        + "local f = {} for i, x in ipairs(l) do f['k' .. i] = x end log.info('x',"
                        + " f)");
        BOMBS.put("read", "assert(fs.read('/dev/zero'))");
        BOMBS.put("path", TEXTS + "fs.join(unpack(l, 1, 100))");
        BOMBS.put("words", TEXTS + "exec.run(l)");
        BOMBS.put("endless", "exec.run('yes', { quiet = true })");
        BOMBS.put(
                "outputs",
                "local g = goroutine.wait_group() local why for i = 1, 20 do g:add() goroutine.spawn("
                        + "function() local ok, e = pcall(exec.run, 'head -c 14000000 /dev/zero',"
                        + " { quiet = true }) why = why or (not ok and e) g:done() end) end g:wait()"
                        + " error(why, 0)");
        BOMBS.put(
                "env",
                TEXTS
                        + "local e = {} for i, x in ipairs(l) do e['k' .. i] = x end exec.run('true', { env = e })");
        BOMBS.put(
                "template",
                TEXTS + "template.render('{{ for x in l }}{{ x }}{{ end }}', { l = l })");
        BOMBS.put(
                "database",
                "local c = db.connect('sqlite', ':memory:') assert(c:query('WITH RECURSIVE n(i) AS"
                        + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 90000) SELECT i, i, i,"
                        + " i FROM n'))");
        BOMBS.put("stack", SHARED + "stack.set_output('t', t)");
        BOMBS.put(
                "webhook",
                TEXTS
                        + "notifications.send('webhook', { url = 'http://127.0.0.1:9/', payload = {"
                        + " l = l } })");
        BOMBS.put(
                "edit",
                "assert(fs.write('f', ('a'):rep(100000))) assert(file_ops.replace{ path = 'f',"
                        + " pattern = 'a', replacement = ('b'):rep(100000) })");
        BOMBS.put(
                "state",
                "for i = 1, 20 do state.set('g' .. i, ('x'):rep(900000)) end state.get_all()");
        BOMBS.put(
                "state_at_once",
                "local g = goroutine.wait_group() local why for i = 1, 200 do g:add() goroutine.spawn("
                        + "function() local ok, e = pcall(state.get_all) why = why or (not ok and e)"
                        + " g:done() end) end g:wait() error(why, 0)");
    }

    /// What takes much, and keeps little.
    private static final String PASSES =
            """
            local texts = {} local x = ("x"):rep(1000000) for i = 1, 10000 do texts[i] = x end
            assert(not pcall(state.set, texts, 1))
            log.info(texts)
            exec.run("head -c 10000000 /dev/zero > large")
            assert(#assert(fs.read("large")) == 10000000)
            local ended, allocated = false, 0
            goroutine.spawn(function()
                for i = 1, 20 do
                    assert(#assert(exec.run("head -c 3000000 /dev/zero", { quiet = true }).stdout) == 3000000)
                end
                ended = true
            end)
            while not ended do
                for i = 1, 100 do allocated = allocated + #(x:sub(1, 100000) .. i) end
                goroutine.sleep(0.001)
            end
            local document = "[" .. ("1,"):rep(20000) .. "1]"
            local text = ("some words, "):rep(20000)
            for i = 1, 100 do
                assert(#assert(data.json_decode(document)) == 20001)
                assert(#strings.split(text, ",") == 20001)
                assert(#strings.replace(text, "words", "letters") == #text + 40000)
                assert(#assert(exec.run("head -c 1000000 /dev/zero", { quiet = true }).stdout) == 1000000)
            end
            """;

    private static String script() {
        var script = new StringBuilder("local tasks = {}\n");
        BOMBS.forEach((name, body) ->
                script.append(
                        """
                        tasks[#tasks + 1] = task("%1$s"):command(function()
                            local ok, why = pcall(function() %2$s end)
                            return not ok and tostring(why):find("not enough memory") ~= nil, "%1$s: " .. tostring(why):sub(1, 200)
                        end)
                        """
                                .formatted(name, body)));
        return script.append("tasks[#tasks + 1] = task(\"passes\"):command(function()\n")
                .append(PASSES)
                .append("return true end)\n")
                .append("workflow.define(\"bombs\"):tasks(tasks)\n")
                .toString();
    }

    @TempDir Path scratch;

    /// Tables are copied while the script is stopped, again and again; values are written that wait
    /// for each other; and more is asked for at once than anybody writes.
    private static final String WRITERS =
            """
            local tasks = {}
            for i = 1, 5 do
                tasks[i] = task("stopped" .. i):timeout((300 + 20 * i) .. "ms"):command(function()
                    local t = {} for i = 1, 10000 do t[i] = { i, "x" } end
                    while true do pcall(state.set, "t", t) end
                end)
            end
            tasks[6] = task("waiting"):timeout("2s"):command(function()
                local x = ("x"):rep(900000)
                for i = 1, 1000 do goroutine.spawn(function() pcall(state.set, "w" .. i, x) end) end
                goroutine.sleep(60)
            end)
            tasks[7] = task("after"):command(function()
                state.set("a", 1)
                local values, x = {}, ("y"):rep(1000000)
                for i = 1, 2000 do values["k" .. i] = x end
                local ok, why = pcall(state.set_many, values)
                return not ok and tostring(why):find("state.max_answer") ~= nil, tostring(why)
            end)
            workflow.define("writers"):tasks(tasks)
            """;

    private static final Duration IN_TIME = Duration.ofSeconds(40);

    @Test
    void who_writes_shared_state_is_stopped_in_time_and_alone() throws Exception {
        Files.writeString(scratch.resolve("writers.sloth"), WRITERS);
        long began = System.nanoTime();
        var ended =
                Shell.in(scratch, Files.createDirectory(scratch.resolve("home")))
                        .with("JAVA_TOOL_OPTIONS", "-Xmx256m")
                        .run(
                                Shell.root().resolve("sloth-runner").toString(),
                                "run",
                                "writers.sloth",
                                "--max-parallel",
                                "1",
                                "--script-execute-memory",
                                LIMIT);
        assertThat(ended.all()).contains("[after] succeeded", "[stopped5] timed out");
        // How many of its values wait at once decides which of its two limits it meets.
        assertThat(ended.all()).containsPattern("\\[waiting] (timed out|failed) after [0-9]\\.");
        assertThat(ended.all()).doesNotContain("OutOfMemory", "internal error", "was closed");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(IN_TIME);
    }

    @Test
    void what_modules_take_counts_as_the_memory_of_the_script() throws Exception {
        Files.writeString(scratch.resolve("bombs.sloth"), script());
        var ended =
                Shell.in(scratch, Files.createDirectory(scratch.resolve("home")))
                        .with("JAVA_TOOL_OPTIONS", HEAP)
                        .run(
                                Shell.root().resolve("sloth-runner").toString(),
                                "run",
                                "bombs.sloth",
                                "--max-parallel",
                                "1",
                                "--script-execute-memory",
                                LIMIT);
        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.all()).doesNotContain("OutOfMemory", "internal error");
    }
}
