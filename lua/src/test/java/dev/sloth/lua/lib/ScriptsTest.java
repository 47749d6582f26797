package dev.sloth.lua.lib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.lua.Lua;
import dev.sloth.lua.Script;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.HostProcesses;
import dev.sloth.lua.value.LuaExit;
import dev.sloth.lua.value.LuaKilled;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scripts that use the library, beyond what its functions answer: what they are granted and what
/// they do outside.
class ScriptsTest {
    private static final Grants ALL = Grants.of("io", "os", "debug", "dofile", "loadfile");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Surroundings around = Surroundings.NOTHING.withOutput(printed);

    private static List<Object> run(String text, Grants grants, Surroundings around) {
        try (Lua lua = Lua.bare(Budget.DEFAULT)) {
            Libraries.open(lua.state(), grants, around);
            return switch (Script.compile("test", text.getBytes(StandardCharsets.UTF_8))) {
                case Script.Outcome.Ready(Script script) ->
                        lua.run(script).stream().map(ScriptsTest::plain).toList();
                case Script.Outcome.Wrong(var errors) ->
                        throw new IllegalArgumentException(errors.toString());
            };
        }
    }

    private static Object plain(Object value) {
        return value instanceof LuaString text ? text.toString() : value;
    }

    @Test
    void print_goes_where_the_host_says() {
        run("print(1, 'a', nil, true) print()", Grants.NONE, around);
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("1\ta\tnil\ttrue\n\n");
    }

    @Test
    void the_sandbox_has_nothing_that_reaches_out() {
        assertThat(
                        run(
                                """
                                local found = {}
                                for _, name in ipairs{'io', 'debug', 'package', 'require', 'dofile', 'loadfile'} do
                                  if _G[name] ~= nil then found[#found + 1] = name end
                                end
                                for _, name in ipairs{'execute', 'exit', 'getenv', 'remove', 'rename', 'tmpname', 'setlocale'} do
                                  if os[name] ~= nil then found[#found + 1] = name end
                                end
                                return table.concat(found, ' ')
                                """,
                                Grants.NONE,
                                around))
                .containsExactly("");
    }

    @Test
    void each_name_is_granted_alone() {
        assertThat(
                        run(
                                "return type(os.getenv), type(os.remove), type(io.open), type(io.popen)",
                                Grants.of("os.getenv", "io.open"),
                                around))
                .containsExactly("function", "nil", "function", "nil");
    }

    @Test
    void the_clock_shows_the_processor_time_that_the_host_gives() {
        var used = new AtomicLong(1_500_000_000);
        assertThat(run("return os.clock()", Grants.NONE, around.withCpuTime(used::get)))
                .containsExactly(1.5);
        used.set(2_000_000);
        assertThat(run("return os.clock()", Grants.NONE, around.withCpuTime(used::get)))
                .containsExactly(0.002);
    }

    @Test
    void without_processor_time_the_clock_shows_the_time_since_the_start() {
        var now = new AtomicLong();
        InstantSource ticking = () -> Instant.ofEpochMilli(now.getAndAdd(250));
        assertThat(
                        run(
                                "return os.clock(), os.clock()",
                                Grants.NONE,
                                around.withTime(ticking, ZoneOffset.UTC)))
                .containsExactly(0.25, 0.5);
    }

    @Test
    void modules_come_from_the_host_once() {
        Surroundings withModules =
                around.withModules((s, name) ->
                        name.equals("greet")
                                ? Optional.of(Lab.function(given -> "hello " + given.getFirst()))
                                : Optional.empty());
        assertThat(
                        run(
                                """
                                package.preload.own = function(name) return {name = name} end
                                assert(require 'own' == require 'own' and require('own').name == 'own')
                                assert(require 'string' == string and package.loaded.math == math)
                                local ok, message = pcall(require, 'none')
                                assert(message:find("module 'none' not found:", 1, true))
                                return require 'greet'
                                """,
                                Grants.NONE,
                                withModules))
                .containsExactly("hello greet");
    }

    @Test
    void exit_reaches_the_host_through_every_pcall() {
        assertThatThrownBy(() -> run("pcall(function() os.exit(3) end) return 1", ALL, around))
                .isInstanceOfSatisfying(
                        LuaExit.class, exit -> assertThat(exit.status()).isEqualTo(3));
    }

    @Test
    void exit_takes_a_status_or_whether_it_went_well() {
        Map<String, Integer> statuses =
                Map.of("", 0, "7", 7, "true", 0, "false", 1, "'4'", 4, "nil", 0, "2.9", 2);
        statuses.forEach((given, status) -> {
            assertThatThrownBy(() -> run("os.exit(" + given + ")", ALL, around))
                    .as(given)
                    .isInstanceOfSatisfying(
                            LuaExit.class, exit -> assertThat(exit.status()).isEqualTo(status));
        });
    }

    @Test
    void commands_go_through_the_host() {
        assertThat(run("return (select(2, os.execute('x')))", ALL, around))
                .containsExactly("not supported");
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        assertThat(
                        run(
                                """
                                local f = io.popen('list') local text = f:read('*a') f:close()
                                local g = io.popen('eat', 'w') g:write('food') g:close()
                                return os.execute('four'), text
                                """,
                                ALL,
                                around.withProcesses(new Echo(written))))
                .containsExactly(4.0, "list says hi");
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("food");
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.popen('x')", "io.popen('x', 'w')"})
    void a_command_that_starts_while_its_script_is_killed_is_stopped(String text) throws Exception {
        var host = new Slow();
        var script =
                ((Script.Outcome.Ready) Script.compile("t", text.getBytes(StandardCharsets.UTF_8)))
                        .script();
        try (Lua lua = Lua.bare(Budget.DEFAULT)) {
            lua.state()
                    .fibers()
                    .enter(() -> {
                        Libraries.open(lua.state(), ALL, around.withProcesses(host));
                        return lua;
                    });
            var killer =
                    Thread.ofPlatform()
                            .start(() -> {
                                host.starts.acquireUninterruptibly();
                                lua.kill("enough");
                                host.goes.release();
                            });
            assertThatThrownBy(() -> lua.run(script)).isInstanceOf(LuaKilled.class);
            killer.join();
        }
        assertThat(host.stopped).isTrue();
    }

    @Test
    void files_left_open_are_written_when_the_state_closes(@TempDir Path folder)
            throws IOException {
        run("io.open('left.txt', 'w'):write('kept')", ALL, around.withDirectory(folder));
        assertThat(folder.resolve("left.txt")).hasContent("kept");
        assertThat(Files.exists(folder.resolve("other.txt"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "started() io.read()",
                "started() pcall(io.read, '*a') while true do end",
                "started() for line in io.lines() do end",
                "started() io.open('pipe')",
                "started() pcall(io.lines, 'pipe') while true do end",
            })
    void a_kill_ends_the_wait_for_input_that_never_comes(String text, @TempDir Path folder)
            throws Exception {
        assertThat(
                        new ProcessBuilder("mkfifo", folder.resolve("pipe").toString())
                                .start()
                                .waitFor())
                .isZero();
        var started = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        Surroundings silent = around.withDirectory(folder).withInput(new Silent());
        try (Lua lua = Lua.newState(Budget.DEFAULT, ALL, silent)) {
            lua.set(
                    "started",
                    Lab.function(_ -> {
                        started.countDown();
                        return LuaNil.NIL;
                    }));
            Script script =
                    ((Script.Outcome.Ready)
                                    Script.compile("t", text.getBytes(StandardCharsets.UTF_8)))
                            .script();
            Thread.ofVirtual()
                    .start(() -> {
                        assertThatThrownBy(() -> lua.run(script)).isInstanceOf(LuaKilled.class);
                        ended.countDown();
                    });
            assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
            lua.kill("enough");
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /// A terminal at which nobody types; no interrupt reaches who reads it.
    private static final class Silent extends InputStream {
        @Override
        public int read() {
            var never = new Semaphore(0);
            never.acquireUninterruptibly();
            return -1;
        }

        @Override
        public int read(byte[] into, int from, int count) {
            return read();
        }
    }

    /// Starts a command only after it was let, whatever happens meanwhile.
    private static final class Slow implements HostProcesses {
        private final Semaphore starts = new Semaphore(0);
        private final Semaphore goes = new Semaphore(0);
        private volatile boolean stopped;

        @Override
        public int execute(String command) {
            return 0;
        }

        @Override
        public Started start(String command, boolean writing) {
            starts.release();
            goes.acquireUninterruptibly();
            return new Started() {
                @Override
                public InputStream output() {
                    return InputStream.nullInputStream();
                }

                @Override
                public OutputStream input() {
                    return OutputStream.nullOutputStream();
                }

                @Override
                public int await() {
                    return 0;
                }

                @Override
                public void stop() {
                    stopped = true;
                }
            };
        }
    }

    /// Answers with the command's own text.
    private record Echo(OutputStream written) implements HostProcesses {
        @Override
        public int execute(String command) {
            return command.length();
        }

        @Override
        public Started start(String command, boolean writing) {
            byte[] says = (command + " says hi").getBytes(StandardCharsets.UTF_8);
            return new Started() {
                @Override
                public InputStream output() {
                    return new ByteArrayInputStream(says);
                }

                @Override
                public OutputStream input() {
                    return written;
                }

                @Override
                public int await() {
                    return 0;
                }

                @Override
                public void stop() {}
            };
        }
    }
}
