package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.FunctionRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run goes on with its scripts as they were.
final class KeptFilesTest {
    private static final String MAIN =
            """
            local shared = import("shared/a")
            local lib = require("lib.one")
            workflow.define("w"):tasks{ task("t"):command(function(this, params, inputs)
              return shared.name .. " " .. lib.name .. " " .. import("late.lua").name
            end) }\
            """;

    private final Bench bench = new Bench();
    private final List<String> met = new ArrayList<>();

    @TempDir private Path outside;

    private Path project = Path.of("");
    private Path main = Path.of("");

    @BeforeEach
    void a_project_in_a_folder() throws IOException {
        project = Files.createDirectories(outside.toRealPath().resolve("project"));
        bench.folder = project;
        main = write("main.sloth", MAIN);
        write("shared/a.lua", "return { name = 'a' .. import('b').name }");
        write("shared/b.lua", "return { name = 'b' }");
        write("lib/one.lua", "return { name = 'one' }");
        write("late.lua", "return { name = 'late' }");
    }

    private Path write(String path, String text) throws IOException {
        var file = project.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private KeptFiles files(KeptFiles.Known known) {
        return new KeptFiles(
                known,
                new KeptFiles.Met() {
                    @Override
                    public void text(Path file, byte[] text) {
                        met.add(project.relativize(file) + " " + text.length);
                    }

                    @Override
                    public void link(Path from, Path to) {
                        met.add(project.relativize(from) + " -> " + project.relativize(to));
                    }
                });
    }

    private Value result(KeptFiles files) {
        return result(main, files);
    }

    private Value result(Path script, KeptFiles files) {
        var source = Source.read(script, files);
        try (var loaded = bench.scripts().load(source, "w", bench.values, bench)) {
            return loaded.call(new FunctionRef("task t command"), List.of()).getFirst();
        }
    }

    private KeptFiles.Known defined() {
        var files = files(KeptFiles.Known.NOTHING);
        var _ = bench.scripts().define(Source.read(main, files), bench.values, bench);
        return files.known();
    }

    @Test
    void while_a_script_is_defined_all_that_is_read_is_captured_the_script_first() {
        var known = defined();
        assertThat(known.texts().keySet().stream().map(f -> project.relativize(f).toString()))
                .containsExactly("main.sloth", "shared/a.lua", "shared/b.lua", "lib/one.lua");
        assertThat(known.texts().get(main)).isEqualTo(MAIN.getBytes(StandardCharsets.UTF_8));
        assertThat(known.links()).isEmpty();
        assertThat(met).hasSize(4).startsWith("main.sloth " + MAIN.length());
    }

    @Test
    void what_was_captured_is_used_whatever_became_of_the_files() throws IOException {
        var known = defined();
        met.clear();
        write("main.sloth", "nonsense here");
        write("shared/a.lua", "error('changed')");
        write("shared/b", "error('this name comes first now')");
        Files.delete(project.resolve("shared/b.lua"));
        Files.delete(project.resolve("lib/one.lua"));
        Files.delete(project.resolve("lib"));
        var files = files(known);
        assertThat(files.changed().stream().map(f -> project.relativize(f).toString()))
                .containsExactly("main.sloth", "shared/a.lua", "shared/b.lua", "lib/one.lua");
        assertThat(result(files)).isEqualTo(Text.of("ab one late"));
        assertThat(met).containsExactly("late.lua 24");
    }

    @Test
    void a_file_that_is_met_later_is_told_once_and_stays_what_it_was() throws IOException {
        var files = files(defined());
        assertThat(files.changed()).isEmpty();
        met.clear();
        assertThat(result(files)).isEqualTo(Text.of("ab one late"));
        write("late.lua", "return { name = 'changed' }");
        assertThat(result(files)).isEqualTo(Text.of("ab one late"));
        assertThat(met).containsExactly("late.lua 24");
        assertThat(files.changed()).containsExactly(project.resolve("late.lua"));
    }

    @Test
    void what_cannot_be_stored_is_not_used() {
        var known = defined();
        var files =
                new KeptFiles(
                        known,
                        new KeptFiles.Met() {
                            @Override
                            public void text(Path file, byte[] text) {
                                throw new IllegalStateException("no space left");
                            }

                            @Override
                            public void link(Path from, Path to) {
                                throw new IllegalStateException("no space left");
                            }
                        });
        assertThatThrownBy(() -> result(files)).hasMessageContaining("no space left");
        assertThat(files.known().texts()).hasSameSizeAs(known.texts());
    }

    @Test
    void a_link_leads_where_it_led() throws IOException {
        var current = outside.toRealPath().resolve("current");
        Files.createSymbolicLink(current, project);
        var first = files(KeptFiles.Known.NOTHING);
        assertThat(result(current.resolve("main.sloth"), first)).isEqualTo(Text.of("ab one late"));
        assertThat(met).contains("../current/main.sloth -> main.sloth", "../current -> ");
        Files.delete(current);
        project = Files.createDirectories(outside.toRealPath().resolve("other"));
        write("main.sloth", "error('another')");
        write("late.lua", "error('another')");
        Files.createSymbolicLink(current, project);
        var second = files(first.known());
        met.clear();
        assertThat(result(current.resolve("main.sloth"), second)).isEqualTo(Text.of("ab one late"));
        assertThat(met).isEmpty();
        assertThat(second.changed()).contains(current, current.resolve("main.sloth"));
    }

    @Test
    void nothing_outside_of_the_project_is_kept() throws IOException {
        Files.writeString(outside.resolve("secret.lua"), "return 'secret'");
        Files.createSymbolicLink(project.resolve("link.lua"), outside.resolve("secret.lua"));
        for (var path : List.of("../secret.lua", "link.lua")) {
            var files = files(KeptFiles.Known.NOTHING);
            write("bad.sloth", "import('" + path + "')");
            var source = Source.read(project.resolve("bad.sloth"), files);
            assertThatThrownBy(() -> bench.scripts().define(source, bench.values, bench))
                    .hasMessageContaining("outside of the project");
            assertThat(files.known().texts()).containsOnlyKeys(project.resolve("bad.sloth"));
            var again = new KeptFiles(new KeptFiles.Known(Map.of(), files.known().links()), none());
            var same = new Source(source.file(), source.project(), source.text(), again);
            assertThatThrownBy(() -> bench.scripts().define(same, bench.values, bench))
                    .hasMessageContaining("outside of the project");
        }
    }

    private static KeptFiles.Met none() {
        return new KeptFiles.Met() {
            @Override
            public void text(Path file, byte[] text) {
                throw new AssertionError("nothing may be read: " + file);
            }

            @Override
            public void link(Path from, Path to) {
                throw new AssertionError("all links are known: " + from);
            }
        };
    }
}
