package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Other files of the project.
final class ImportTest {
    private final Bench bench = new Bench();

    @TempDir private Path outside;

    private Path project = Path.of("");

    @BeforeEach
    void a_project_in_a_folder() throws IOException {
        project = Files.createDirectories(outside.resolve("project"));
        bench.folder = project;
        bench.file = project.resolve("main.sloth");
    }

    private void file(String path, String text) throws IOException {
        var file = outside.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void imports_are_relative_to_the_importing_file_and_run_once() throws IOException {
        file("project/shared/a.lua", "count = (count or 0) + 1 return { b = import('b.lua') }");
        file("project/shared/b.lua", "return 'from b'");
        assertThat(
                        bench.run(
                                "local one, two = import('shared/a.lua'), import('shared/a')"
                                        + " return one == two, one.b, count"))
                .containsExactly(Value.Bool.TRUE, Text.of("from b"), new Value.Num(1));
    }

    @Test
    void require_finds_modules_and_files_of_the_folder_and_of_lib() throws IOException {
        file("project/lib/one.lua", "return { n = 1 }");
        file("project/two/init.lua", "return { n = 2 }");
        assertThat(
                        bench.run(
                                "return require('one').n, require('two').n,"
                                        + " require('string') == string, require('system') == system,"
                                        + " require('one') == require('one')"))
                .containsExactly(
                        new Value.Num(1),
                        new Value.Num(2),
                        Value.Bool.TRUE,
                        Value.Bool.TRUE,
                        Value.Bool.TRUE);
        assertThatThrownBy(() -> bench.run("require('three')"))
                .hasMessageContaining("module 'three' not found");
    }

    @Test
    void a_file_runs_once_whether_imported_or_required_and_by_whichever_name() throws IOException {
        file("project/lib/one.lua", "count = (count or 0) + 1 return { name = ... }");
        assertThat(
                        bench.run(
                                "local a, b = require('one'), import('lib/one.lua')"
                                        + " return a == b, a == require('lib.one'), count, a.name"))
                .containsExactly(
                        Value.Bool.TRUE, Value.Bool.TRUE, new Value.Num(1), Text.of("one"));
        assertThat(bench.run("return import('lib/one') == require('one'), count"))
                .containsExactly(Value.Bool.TRUE, new Value.Num(1));
        file("project/none.lua", "seen = (seen or 0) + 1");
        assertThat(bench.run("return import('none'), require('none'), import('none'), seen"))
                .containsExactly(Value.Nil.NIL, Value.Bool.TRUE, Value.Nil.NIL, new Value.Num(1));
    }

    @Test
    void a_large_file_is_memory_of_the_script_that_imports_it() throws IOException {
        file("project/big.lua", "local t = {" + "f(1),".repeat(400_000) + "} return t");
        file("project/sized.lua", "--" + "x".repeat(3 << 20) + "\nreturn 1");
        bench.limits = bench.limits.withExecuting(1_000_000_000, 16 << 20);
        for (var each : List.of("require('big')", "import('big')")) {
            assertThat(
                            bench.run(
                                    "local n = 0\nlocal ok, e = pcall(function()\n  return "
                                            + each
                                            + "\nend) return e, #tostring(e)"))
                    .first()
                    .hasToString("main.sloth:4: not enough memory");
        }
        assertThat(bench.run("return require('sized')")).containsExactly(new Value.Num(1));
        bench.limits = bench.limits.withExecuting(1_000_000_000, 2 << 20);
        assertThatThrownBy(() -> bench.run("return require('sized')"))
                .hasMessageContaining("not enough memory");
    }

    @Test
    void a_circle_of_imports_and_requires_is_refused() throws IOException {
        file("project/a.lua", "return require('b')");
        file("project/b.lua", "return import('a')");
        assertThatThrownBy(() -> bench.run("import('a')")).hasMessageContaining("imports itself");
        file("project/main.sloth", "return import('main.sloth')");
        assertThatThrownBy(() -> bench.run("import('main.sloth')"))
                .hasMessageContaining("imports itself");
    }

    @Test
    void nothing_outside_of_the_project_is_reached() throws IOException {
        file("secret.lua", "return 'secret'");
        Files.createSymbolicLink(project.resolve("link.lua"), outside.resolve("secret.lua"));
        Files.createSymbolicLink(project.resolve("up"), outside);
        for (String path :
                new String[] {
                    "../secret.lua", "link.lua", "up/secret.lua", outside + "/secret.lua"
                }) {
            assertThatThrownBy(() -> bench.run("return import('" + path + "')"))
                    .as(path)
                    .hasMessageContaining("outside of the project");
        }
        assertThatThrownBy(() -> bench.run("return require('up.secret')"))
                .hasMessageContaining("outside of the project");
        assertThatThrownBy(() -> bench.run("return import('gone')"))
                .hasMessageContaining("there is no such file");
    }

    @Test
    void a_file_that_imports_itself_is_refused() throws IOException {
        file("project/a.lua", "return import('b')");
        file("project/b.lua", "return import('a')");
        assertThatThrownBy(() -> bench.run("import('a')")).hasMessageContaining("imports itself");
    }

    @Test
    void problems_in_imported_files_are_placed_there() throws IOException {
        file("project/bad.lua", "local x = = 1\n\nif then end");
        assertThat(bench.found("import('bad')"))
                .extracting(p -> p.code() + " " + p.at())
                .containsExactly("SLOTH-1001 bad.lua:1:11", "SLOTH-1001 bad.lua:3:4");
        file("project/tasks.lua", "return task('x'):comand('y')");
        assertThat(bench.problems("workflow.define('w'):tasks{ import('tasks') }"))
                .contains(
                        "tasks.lua:1:18: task 'x' has no method 'comand', did you mean 'command'?"
                                + " [SLOTH-1023]");
    }

    @Test
    void scripts_are_read_with_care() throws IOException {
        file("project/ok.sloth", "x = 1");
        var source = Source.read(project.resolve("ok.sloth"));
        assertThat(source.name()).isEqualTo("ok.sloth");
        assertThat(source.project()).isEqualTo(project.toAbsolutePath());
        assertThatThrownBy(() -> Source.read(project.resolve("no.sloth")))
                .hasMessageContaining("SLOTH-1006");
        assertThatThrownBy(() -> Source.read(project)).hasMessageContaining("SLOTH-1007");
        Files.write(project.resolve("bad.sloth"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> Source.read(project.resolve("bad.sloth")))
                .hasMessageContaining("SLOTH-1008");
        Files.write(project.resolve("big.sloth"), new byte[Source.BYTES_MAX + 1]);
        assertThatThrownBy(() -> Source.read(project.resolve("big.sloth")))
                .hasMessageContaining("SLOTH-1009");
    }
}
