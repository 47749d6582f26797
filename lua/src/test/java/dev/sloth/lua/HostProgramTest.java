package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The programs of the module's README compile against the module alone, in a module of their own,
/// and print what is said there.
class HostProgramTest {
    private static final Path CLASSES = Path.of("target", "classes").toAbsolutePath();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir private Path folder;

    @BeforeEach
    void a_module() throws IOException {
        Files.createDirectories(folder.resolve("sample"));
        Files.writeString(
                folder.resolve("module-info.java"), "module sample { requires dev.sloth.lua; }");
    }

    @Test
    void the_ten_lines_do_what_they_say() throws Exception {
        does_what_it_says("Host");
    }

    @Test
    void limits_and_errors_are_as_they_say() throws Exception {
        does_what_it_says("Limits");
    }

    @Test
    void a_script_is_debugged_as_it_says() throws Exception {
        does_what_it_says("Stops");
    }

    private void does_what_it_says(String name) throws Exception {
        Path source = folder.resolve("sample").resolve(name + ".java");
        Files.writeString(source, block(name + ".java"));
        compile(source);
        assertThat(output(name)).isEqualTo(block(name + ".out"));
    }

    private static String block(String name) throws IOException {
        Matcher found =
                Pattern.compile(
                                "<!-- " + Pattern.quote(name) + " -->\n```\\w*\n(.*?)```",
                                Pattern.DOTALL)
                        .matcher(Files.readString(Path.of("README.md")));
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }

    private void compile(Path source) {
        var said = new java.io.ByteArrayOutputStream();
        int end =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                said,
                                said,
                                "--module-path",
                                CLASSES.toString(),
                                "-d",
                                folder.resolve("classes").toString(),
                                folder.resolve("module-info.java").toString(),
                                source.toString());
        assertThat(end).as(said.toString(StandardCharsets.UTF_8)).isZero();
    }

    private String output(String name) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                JAVA.toString(),
                                "-Xmx128m",
                                "--add-exports",
                                "java.base/jdk.internal.vm=dev.sloth.lua",
                                "--module-path",
                                CLASSES + ":" + folder.resolve("classes"),
                                "-m",
                                "sample/sample." + name));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }
}
