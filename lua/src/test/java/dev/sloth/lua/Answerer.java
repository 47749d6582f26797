package dev.sloth.lua;

import static org.assertj.core.api.Assertions.fail;

import dev.sloth.lua.lib.Surroundings;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.HostProcesses;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Has snippets of Lua, a line each, answered in a line each: by Debian's `lua5.1` and by this
/// engine, one after the other, each in an empty folder of its own.
final class Answerer {
    private static final Grants ALL = Grants.of("io", "os", "debug", "dofile", "loadfile");
    private static final Map<String, String> ENVIRONMENT = Map.of("TZ", "UTC", "LC_ALL", "C");

    private final Path folder;

    /// @param folder where it may do what it likes
    Answerer(Path folder) {
        this.folder = folder;
    }

    /// The lines of a text beside the tests.
    static List<String> lines(String name) throws IOException {
        return new String(resource(name), StandardCharsets.UTF_8).lines().toList();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(Answerer.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    /// What `lua5.1` answers, in our [Wording].
    List<String> theirs(List<String> snippets) throws IOException {
        Path answerer = Files.write(folder.resolve("answers.lua"), resource("answers.lua"));
        Path asked = Files.write(folder.resolve("snippets"), snippets);
        Path place = Files.createDirectories(folder.resolve("theirs"));
        Process process = started(place, "lua5.1", answerer.toString(), asked.toString());
        process.getOutputStream().close();
        String all = latin(process.getInputStream().readAllBytes());
        List<String> answers = new ArrayList<>();
        for (String each : all.split("\2", -1)) {
            answers.add(shown(each));
        }
        // what is printed behind the last answer
        answers.removeLast();
        return answers;
    }

    private static Process started(Path place, String... command) {
        try {
            var builder = new ProcessBuilder(command).directory(place.toFile());
            builder.environment().putAll(ENVIRONMENT);
            return builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            return fail("lua5.1 is not there: install the Debian package lua5.1", e);
        }
    }

    /// What this engine answers, with everything granted.
    List<String> ours(List<String> snippets) throws IOException {
        Path place = Files.createDirectories(folder.resolve("ours"));
        var printed = new ByteArrayOutputStream();
        Surroundings around =
                Surroundings.NOTHING
                        .withOutput(printed)
                        .withTime(InstantSource.system(), ZoneOffset.UTC)
                        .withDirectory(place)
                        .withEnvironment(Answerer::variable)
                        .withProcesses(new Shell(place))
                        .withModules((_, _) -> Optional.empty());
        try (Lua lua = Lua.newState(Budget.DEFAULT, ALL, around)) {
            Script answerer = Runs.script(latin(resource("answers.lua")));
            LuaFunction answer = (LuaFunction) lua.run(answerer).getFirst();
            List<String> answers = new ArrayList<>();
            for (String snippet : snippets) {
                printed.reset();
                var said = (LuaString) lua.call(answer, snippet).getFirst();
                answers.add(shown(latin(printed.toByteArray()) + '\1' + latin(said.bytes())));
            }
            return answers;
        }
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(ENVIRONMENT.getOrDefault(name, System.getenv(name)));
    }

    /// What was printed, where something was, and the answer.
    private static String shown(String said) {
        int at = said.indexOf('\1');
        String answer = Wording.of(said.substring(at + 1));
        return at <= 0
                ? answer
                : said.substring(0, at).replace("\n", "<br>").replace("\0", "\\0") + " | " + answer;
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// Commands as a shell runs them.
    private record Shell(Path place) implements HostProcesses {
        @Override
        public int execute(String command) throws InterruptedException {
            return Answerer.started(place, "sh", "-c", command).waitFor();
        }

        @Override
        public Started start(String command, boolean writing) {
            return new Child(Answerer.started(place, "sh", "-c", command));
        }
    }

    private record Child(Process process) implements HostProcesses.Started {
        @Override
        public InputStream output() {
            return process.getInputStream();
        }

        @Override
        public OutputStream input() {
            return process.getOutputStream();
        }

        @Override
        public int await() throws InterruptedException {
            return process.waitFor();
        }

        @Override
        public void stop() {
            process.destroyForcibly();
        }
    }
}
