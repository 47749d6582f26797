package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Scripts that try to use up everything, each of whose first line says how it ends: in a program
/// whose heap is hardly larger than what they may use.
class HostileScriptsTest {
    private static final Path SCRIPTS = Path.of("src/test/resources/dev/sloth/lua/hostile");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final List<String> PASSED_ON =
            List.of("sloth.lua.hot", "sloth.lua.continuations");

    /// What may be loaded or compiled on the way: classes, code, threads.
    private static final long KEPT_MAX = 8 << 20;

    @Test
    void each_ends_within_its_budget() throws Exception {
        var said = output("-Xmx64m", "alone");
        for (String line : ends(said)) {
            var name = line.substring(0, line.indexOf(": "));
            assertThat(line).containsPattern(": .*(" + expected(name) + ")");
        }
        assertThat(ends(said)).hasSize(count());
        assertThat(kept(said)).isLessThan(KEPT_MAX);
    }

    @Test
    void two_hundred_at_once_leave_the_program_healthy_and_its_memory_free() throws Exception {
        var said = output("-Xmx256m", "shared");
        assertThat(ends(said)).hasSize(200).allMatch(line -> line.contains(".lua: "));
        assertThat(kept(said)).isLessThan(KEPT_MAX);
    }

    @Test
    void two_hundred_that_may_have_more_than_there_is_stay_within_what_they_have_together()
            throws Exception {
        var said = output("-Xmx64m", "pooled");
        assertThat(ends(said)).hasSize(200).allMatch(line -> line.contains(".lua: "));
        assertThat(kept(said)).isLessThan(KEPT_MAX);
    }

    private static int count() throws IOException {
        try (var all = Files.list(SCRIPTS)) {
            return (int) all.count();
        }
    }

    private static String expected(String name) throws IOException {
        var first = Files.readAllLines(SCRIPTS.resolve(name)).getFirst();
        assertThat(first).startsWith("-- ends: ");
        return first.substring("-- ends: ".length());
    }

    private static List<String> ends(List<String> said) {
        return said.subList(0, said.size() - 1);
    }

    private static long kept(List<String> said) {
        return Long.parseLong(said.getLast().substring("kept ".length()));
    }

    private static List<String> output(String heap, String how) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(JAVA.toString());
        command.addAll(List.of(heap, "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"));
        command.addAll(List.of("--add-exports", "java.base/jdk.internal.vm=ALL-UNNAMED"));
        for (String property : PASSED_ON) {
            var value = System.getProperty(property);
            if (value != null) {
                command.add("-D" + property + "=" + value);
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(HostileProgram.class.getName(), how, SCRIPTS.toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text.lines().toList();
    }
}
