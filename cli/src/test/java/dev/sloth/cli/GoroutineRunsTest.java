package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goroutines in tasks of a run: how they end, what they may take, what is said of them.
@Timeout(120)
final class GoroutineRunsTest {
    @TempDir private Path folder;

    private Door.Answer run(String body, String... options) {
        return task("function()\n" + body + "\nend", options);
    }

    private Door.Answer task(String command, String... options) {
        var script = "workflow.define('w'):tasks{ task('t'):command(" + command + ") }";
        var words = new java.util.ArrayList<>(List.of("run", "w.sloth"));
        words.addAll(List.of(options));
        return new Door(folder).file("w.sloth", script).call(words.toArray(String[]::new));
    }

    /// The threads of goroutines and coroutines, by name.
    private List<String> scriptThreads() throws IOException {
        var dump = folder.resolve("threads");
        Files.deleteIfExists(dump);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
        return Files.readString(dump)
                .lines()
                .filter(line -> line.startsWith("#"))
                .filter(line -> line.contains("lua-fiber") || line.contains("lua-coroutine"))
                .toList();
    }

    /// Goroutines that wait in every way there is, then whatever ends the task.
    private static final String WAITING =
            """
            local ch, full, mutex = goroutine.channel(), goroutine.channel(1), goroutine.mutex()
            local group, cond, sem = goroutine.wait_group(), goroutine.cond(), goroutine.semaphore(1)
            local rw, once, ctx = goroutine.rwmutex(), goroutine.once(), goroutine.context()
            full:send(1) mutex:lock() group:add() sem:acquire() rw:lock()
            local begun = 0
            local function go(f) goroutine.spawn(function() begun = begun + 1 f() end) end
            go(function() goroutine.sleep(1e7) end)
            go(function() time.sleep(1000) end)
            go(function() exec.run("echo $$ > pid; exec sleep 1000") end)
            go(function() os.execute("echo $$ > pid2; exec sleep 1000") end)
            go(function() io.popen("sleep 1000"):read("*a") end)
            go(function() ch:receive() end)
            go(function() full:send(2) end)
            go(function() ch:range(print) end)
            go(function() goroutine.select({ { channel = ch, receive = true }, { channel = full, send = 3 } }) end)
            go(function() goroutine.select_timeout(1e7, { { channel = ch, receive = true } }) end)
            go(function() mutex:lock() end)
            go(function() rw:rlock() end)
            go(function() sem:acquire() end)
            go(function() group:wait() end)
            go(function() cond:lock() cond:wait() end)
            go(function() ctx:wait() end)
            go(function() once:call(function() ch:receive() end) end)
            go(function() goroutine.await(goroutine.async(function() ch:receive() end)) end)
            go(function() goroutine.map({ 1, 2, 3 }, function() ch:receive() end) end)
            go(function() goroutine.pool_create("p") goroutine.pool_submit("p", ch.receive, ch) goroutine.pool_wait("p") end)
            go(function() coroutine.wrap(function() ch:receive() end)() end)
            go(function() while true do pcall(goroutine.sleep, 1e7) end end)
            go(function() while true do end end)
            state.lock("held", 1000)
            go(function() state.with_lock("held", print, 1000) end)
            go(function() state.watch("never", print, 1000) end)
            go(function() http.get("http://127.0.0.1:PORT/", { timeout = 1000 }) end)
            goroutine.pipeline(ch, { { fn = print, workers = 3 } })
            local function exists(name) return fs.exists(name) and #fs.read(name) > 1 end
            while begun < 26 or not exists("pid") or not exists("pid2") do goroutine.sleep(1) end
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return true",
                "error('no')",
                "local f = function() ch:receive() end goroutine.spawn(f) while true do end",
                "exec.run('sleep 1000')",
            })
    void no_goroutine_outlives_its_task_however_that_ends(String end) throws IOException {
        try (var silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            endsWithItsTask(WAITING.replace("PORT", "" + silent.getLocalPort()), end);
        }
    }

    private void endsWithItsTask(String waiting, String end) throws IOException {
        boolean byItself = end.startsWith("return") || end.startsWith("error");
        var script =
                "workflow.define('w'):tasks{ task('t'):workdir('work'):timeout('%s'):command(function()\n%s\n%s\nend) }"
                        .formatted(byItself ? "100s" : "6s", waiting, end);
        var answer = new Door(folder).file("w.sloth", script).call("run", "w.sloth");
        assertThat(answer.exit()).as(answer.out()).isEqualTo(end.equals("return true") ? 0 : 1);
        assertThat(answer.out())
                .doesNotContain("internal error", "attempt to call", "attempt to index");
        assertThat(scriptThreads()).isEmpty();
        for (var pid : List.of("work/pid", "work/pid2")) {
            long number = Long.parseLong(Files.readString(folder.resolve(pid)).strip());
            assertThat(ProcessHandle.of(number).filter(ProcessHandle::isAlive)).as(pid).isEmpty();
        }
    }

    @Test
    void a_deadlock_names_what_each_waits_for_and_where_and_what_to_do() {
        var answer =
                run(
                        """
                        local ch, m = goroutine.channel(), goroutine.mutex()
                        m:lock()
                        for i = 1, 3 do
                            goroutine.spawn(function()
                                m:lock()
                            end)
                        end
                        goroutine.spawn(function() ch:send(1) end)
                        goroutine.spawn(function()
                            goroutine.select({ { channel = goroutine.channel(), receive = true } })
                        end)
                        local group = goroutine.wait_group()
                        group:add(2)
                        group:wait()
                        return true
                        """);
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.out())
                .contains("deadlock: everything waits")
                .contains("w.sloth:15: wait_group wait, 2 to be done\n")
                .contains("w.sloth:6: mutex lock (3 times)\n")
                .contains("w.sloth:9: channel send\n")
                .contains("w.sloth:11: select of 1 receives and 0 sends\n")
                .contains("see that somebody sends, receives");
    }

    @Test
    void a_deadlock_tells_how_much_is_still_to_be_done() {
        var answer =
                run(
                        """
                        local group = goroutine.wait_group()
                        group:add(3)
                        goroutine.spawn(function() group:done() group:done() end)
                        group:wait()
                        """);
        assertThat(answer.out()).contains("w.sloth:5: wait_group wait, 1 to be done\n");
    }

    @Test
    void what_was_raised_comes_back_as_pcall_gives_it() {
        var answer =
                run(
                        """
                        local t = setmetatable({}, { __tostring = function() return "shown" end })
                        local function bad() error(t) end
                        local function worse() error("text") end
                        local function same(what, a, b) if a ~= b then error(what .. tostring(b)) end end
                        local _, text = pcall(worse)
                        local _, got = goroutine.await(goroutine.async(bad))
                        same("await", t, got)
                        _, got = goroutine.async(bad):await()
                        same("method", t, got)
                        _, got = goroutine.await(goroutine.async(worse))
                        same("text", text, got)
                        _, got = goroutine.await(goroutine.async(error))
                        same("nil", nil, got)
                        _, got = goroutine.await(goroutine.async(error, 5))
                        local _, number = pcall(error, 5)
                        same("number", number, got)
                        same("all", t, goroutine.await_all({ goroutine.async(bad) })[1].error)
                        _, got = goroutine.timeout(10000, bad)
                        same("timeout", t, got)
                        _, got = goroutine.map({ 1 }, bad)
                        same("map", t, got)
                        _, got = goroutine.map({ 1 }, worse)
                        same("map of text", "item 1: " .. text, got)
                        goroutine.pool_create("p", { workers = 1 })
                        local id = goroutine.pool_submit("p", bad)
                        _, got = goroutine.pool_result("p", id)
                        same("pool", t, got)
                        same("pool results", t, goroutine.pool_results("p")[1].error)
                        return true
                        """);
        assertThat(answer.exit()).as(answer.out() + answer.err()).isZero();
    }

    @Test
    void a_case_of_a_select_does_one_thing() {
        for (var each :
                List.of(
                        List.of("receive = true, send = 1", "cases[1] says receive and send"),
                        List.of("send = 1, default = true", "cases[1] says send and default"),
                        List.of("recieve = true", "cases[1]: unknown field 'recieve', did you"),
                        List.of("handler = 1", "cases[1]: field 'handler': function expected"))) {
            var answer =
                    run(
                            "goroutine.select({ { channel = goroutine.channel(), "
                                    + each.getFirst()
                                    + " } })");
            assertThat(answer.exit()).isEqualTo(1);
            assertThat(answer.out()).contains("w.sloth:2: ").contains(each.getLast());
        }
        assertThat(run("goroutine.channel(1, 'both')").out())
                .contains("bidirectional or send or receive expected, got \"both\"");
        assertThat(run("goroutine.pipeline(goroutine.channel(), { { f = print } })").out())
                .contains("stages[1]: unknown field 'f', did you mean 'fn'?");
    }

    @Test
    void goroutines_take_the_same_turns_in_every_run() {
        var body =
                """
                local said, ch = {}, goroutine.channel(2)
                for id = 1, 20 do
                    goroutine.spawn(function()
                        for i = 1, 5 do
                            ch:send(id * 10 + i)
                            said[#said + 1] = "s" .. id
                        end
                    end)
                    goroutine.spawn(function()
                        for i = 1, 5 do
                            local v = ch:receive()
                            said[#said + 1] = id .. "r" .. v
                        end
                    end)
                end
                while #said < 200 do goroutine.sleep(1) end
                print("said " .. table.concat(said, " "))
                """;
        var first = run(body).lines().stream().filter(line -> line.contains("said")).toList();
        assertThat(first).hasSize(1);
        for (int i = 0; i < 5; i++) {
            assertThat(run(body).lines()).containsAll(first);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local ch = goroutine.channel(1000000) while true do ch:send({ 1, 2, 3 }) end",
                "local ch = goroutine.channel(1000000) while true do ch:send(('x'):rep(1000) .. n) n = n + 1 end",
                "local ch = goroutine.channel(1000000) while true do ch:send(goroutine.channel(10)) end",
                "local ch = goroutine.channel(1000000) while true do ch:send(1) end",
                "local ch = goroutine.channel() while true do n = n + 1 goroutine.spawn(ch.send, ch, ('x'):rep(20000) .. n) goroutine.sleep(0) end",
                "while true do n = n + 1 goroutine.spawn(function() goroutine.channel():send(('x'):rep(20000) .. n) end) goroutine.sleep(0) end",
                "local ch = goroutine.channel() while true do goroutine.spawn(function() local t = {} for i = 1, 2000 do t[i] = i end ch:receive() t[1] = 2 end) goroutine.sleep(0) end",
                "local all = {} while true do n = n + 1 all[n] = goroutine.async(function(s) return s .. n end, ('x'):rep(10000)) goroutine.sleep(0) end",
                "goroutine.pool_create('p') while true do n = n + 1 goroutine.pool_submit('p', function(s) return s .. n end, ('x'):rep(10000)) goroutine.sleep(0) end",
                "goroutine.pool_create('p') goroutine.pool_submit('p', goroutine.sleep, 1e7) while true do n = n + 1 goroutine.pool_submit('p', goroutine.sleep, 1e7, ('x'):rep(10000) .. n) end",
                "local all, never = {}, goroutine.channel() while true do local c = goroutine.channel() goroutine.fan_in({ c, never }) c:send(('x'):rep(20000) .. n) n = n + 1 all[n] = c end",
                "local all, c = {}, goroutine.context() while true do n = n + 1 all[n] = c:with_timeout(1e9) end",
                "local all, c = {}, goroutine.context() while true do n = n + 1 all[n] = select(2, c:with_cancel():with_cancel()) end",
                "local all = {} for i = 1, 200000 do all[i] = goroutine.mutex() end",
                "local l = {} for i = 1, 100000 do l[i] = i end assert(goroutine.map(l, function(i) return ('z'):rep(2000) .. i end, 100))",
                "while true do n = n + 1 goroutine.pool_create('p' .. n) end",
                "while true do n = n + 1 if n % 50000 == 1 then goroutine.pool_create('p' .. n) p = 'p' .. n end goroutine.pool_submit(p, function() end) if n % 1000 == 0 then goroutine.sleep(0) end end",
                "while true do n = n + 1 reliability.circuit_breaker('c' .. n, {}, function() end) end",
                "while true do n = n + 1 state.try_lock(('l'):rep(400) .. n) end",
            })
    void what_modules_keep_for_a_script_is_its_memory(String bomb) {
        var answer =
                run(
                        "local n = 0 " + bomb,
                        "--script-execute-memory",
                        "8MiB",
                        "--script-goroutines",
                        "1000000");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.out()).contains("or raise script.execute_memory");
    }

    @Test
    void what_goes_through_channels_and_ends_is_no_longer_memory_of_the_script()
            throws IOException {
        var answer =
                run(
                        """
                        local ch = goroutine.channel(10)
                        goroutine.spawn(function()
                            for i = 1, 20000 do ch:send(("x"):rep(10000) .. i) end
                            ch:close()
                        end)
                        local n = 0
                        ch:range(function(s) n = n + #s end)
                        for i = 1, 30000 do
                            goroutine.await(goroutine.async(function() return ("y"):rep(1000) .. i end))
                        end
                        print("got " .. n)
                        """,
                        "--script-execute-memory",
                        "16MiB");
        assertThat(answer.out()).contains("got 200088894");
        assertThat(answer.exit()).isZero();
        assertThat(scriptThreads()).isEmpty();
    }

    @Test
    void so_many_goroutines_run_at_once_as_the_setting_says() {
        var answer =
                run(
                        """
                        for i = 1, 50 do goroutine.spawn(goroutine.sleep, 1) end
                        print(pcall(goroutine.spawn, print))
                        goroutine.sleep(20)
                        goroutine.pool_create("p", { workers = 100 })
                        for i = 1, 200 do goroutine.pool_submit("p", goroutine.sleep, 1) end
                        goroutine.pool_wait("p")
                        print("done", goroutine.pool_stats("p").completed)
                        for i = 1, 51 do goroutine.spawn(goroutine.sleep, 1e6) end
                        """,
                        "--script-goroutines",
                        "50");
        assertThat(answer.out())
                .contains("[t] false\ttoo many goroutines at once (50)")
                .contains("[t] done\t200")
                .contains("or raise script.goroutines");
        assertThat(answer.exit()).isEqualTo(1);
    }

    @Test
    void many_goroutines_of_many_tasks_lose_and_double_nothing() throws IOException {
        var script =
                """
                local tasks = {}
                for t = 1, 12 do
                    tasks[t] = task("t" .. t):command(function()
                        local a, b, out = goroutine.channel(), goroutine.channel(3), goroutine.channel(5)
                        local senders = goroutine.wait_group()
                        for s = 1, 30 do
                            senders:add()
                            goroutine.spawn(function()
                                for i = 1, 20 do
                                    if (s + i) % 7 == 0 then goroutine.sleep(math.random() * 2) end
                                    local v = s * 100 + i
                                    goroutine.select({ { channel = a, send = v }, { channel = b, send = v } })
                                end
                                senders:done()
                            end)
                        end
                        goroutine.spawn(function() senders:wait() a:close() b:close() end)
                        local workers = goroutine.wait_group()
                        for w = 1, 8 do
                            workers:add()
                            goroutine.spawn(function()
                                local openA, openB = true, true
                                while openA or openB do
                                    local cases = {}
                                    if openA then cases[#cases + 1] = { channel = a, receive = true, handler = function(v, ok) openA = ok end } end
                                    if openB then cases[#cases + 1] = { channel = b, receive = true, handler = function(v, ok) openB = ok end } end
                                    local i, v, ok = goroutine.select_timeout(5000, cases)
                                    if not i then error("late") end
                                    if ok then out:send(v) end
                                end
                                workers:done()
                            end)
                        end
                        goroutine.spawn(function() workers:wait() out:close() end)
                        local seen, n, sum = {}, 0, 0
                        out:range(function(v)
                            if seen[v] then error("twice " .. v) end
                            seen[v] = true
                            n, sum = n + 1, sum + v
                        end)
                        print("n " .. n .. " sum " .. sum)
                    end)
                end
                workflow.define("w"):tasks(tasks)
                """;
        var answer =
                new Door(folder)
                        .file("w.sloth", script)
                        .call("run", "w.sloth", "--max-parallel", "6");
        assertThat(answer.exit()).as(answer.out()).isZero();
        assertThat(answer.lines().stream().filter(line -> line.contains("n 600 sum 936300")))
                .hasSize(12);
        assertThat(scriptThreads()).isEmpty();
    }
}
