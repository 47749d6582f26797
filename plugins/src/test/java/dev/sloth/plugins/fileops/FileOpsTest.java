package dev.sloth.plugins.fileops;

import static dev.sloth.plugins.testing.Caller.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.DataTable;
import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.TestHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileOpsTest {
    @TempDir private Path folder;
    private Caller ops;

    @BeforeEach
    void open() {
        ops = new Caller(FileOpsModule.module(), new TestHost(folder));
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private String text(String name) throws Exception {
        return Files.readString(folder.resolve(name));
    }

    private String mode(String name) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    /// Whether it changed anything; fails when it failed.
    private boolean changes(String function, Map<String, ?> options) {
        var results = ops.all(function, options);
        assertThat(results.getFirst()).as(results.toString()).isInstanceOf(DataTable.class);
        var table = (DataTable) results.getFirst();
        assertThat(table.at("success")).isEqualTo(value(true));
        assertThat(table.at("message")).isEqualTo(results.get(1));
        return table.at("changed").truthy();
    }

    private void changesOnce(String function, Map<String, ?> options) {
        assertThat(changes(function, options)).isTrue();
        assertThat(changes(function, options)).isFalse();
    }

    // ---- copy

    @Test
    void a_copy_is_made_once_and_has_the_mode_asked_for() throws Exception {
        file("a", "one");
        changesOnce("copy", Map.of("src", "a", "dest", "b", "mode", "0640"));
        assertThat(text("b")).isEqualTo("one");
        assertThat(mode("b")).isEqualTo("rw-r-----");
        changesOnce("copy", Map.of("src", "a", "dest", "b", "mode", "u+x,o=r"));
        assertThat(mode("b")).isEqualTo("rwxr--r--");
    }

    @Test
    void what_is_replaced_keeps_its_mode_and_is_backed_up_on_request() throws Exception {
        file("a", "new");
        var old = file("b", "old");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwx--x--x"));
        var result = (DataTable) ops.call("copy", Map.of("src", "a", "dest", "b", "backup", true));
        assertThat(mode("b")).isEqualTo("rwx--x--x");
        assertThat(Path.of(Caller.plain(result.at("backup")))).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).as("nothing else is left").hasSize(3);
        }
    }

    @Test
    void a_link_is_followed_and_a_folder_takes_files_in() throws Exception {
        file("real", "old");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
        Files.createDirectory(folder.resolve("d"));
        changesOnce("copy", Map.of("content", "new", "dest", "link"));
        assertThat(text("real")).isEqualTo("new");
        assertThat(folder.resolve("link")).isSymbolicLink();
        changesOnce("copy", Map.of("src", "real", "dest", "d"));
        assertThat(text("d/real")).isEqualTo("new");
    }

    @Test
    void folders_are_copied_whole_into_the_target_or_as_its_content() throws Exception {
        Files.createDirectories(folder.resolve("src/inner"));
        file("src/inner/x", "1");
        Files.createSymbolicLink(folder.resolve("src/l"), Path.of("inner/x"));
        Files.createDirectory(folder.resolve("to"));
        changesOnce("copy", Map.of("src", "src", "dest", "to"));
        changesOnce("copy", Map.of("src", "src/", "dest", "other"));
        assertThat(text("to/src/inner/x")).isEqualTo("1");
        assertThat(text("other/l")).isEqualTo("1");
        assertThat(folder.resolve("other/l")).isSymbolicLink();
        assertThat(ops.error("copy", Map.of("src", "src", "dest", "src/inner/deep")))
                .contains("inside of the source");
    }

    @Test
    void a_folder_goes_to_the_same_place_whether_or_not_its_target_is_there() throws Exception {
        Files.createDirectories(folder.resolve("d"));
        file("d/x", "1");
        changesOnce("copy", Map.of("src", "d", "dest", "dd"));
        assertThat(text("dd/d/x")).isEqualTo("1");
        assertThat(folder.resolve("dd")).isDirectoryContaining("glob:**/d");
        assertThat(folder.resolve("dd/x")).doesNotExist();
        assertThat(folder.resolve("dd/d/d")).doesNotExist();
        changesOnce("copy", Map.of("src", "d", "dest", "deep/er/"));
        assertThat(text("deep/er/d/x")).isEqualTo("1");
        for (var inner : List.of("d/", "./d/.", "d//")) {
            var dest = "inner" + inner.length();
            changesOnce("copy", Map.of("src", inner, "dest", dest));
            assertThat(text(dest + "/x")).isEqualTo("1");
            assertThat(folder.resolve(dest + "/d")).doesNotExist();
        }
        file("d/x", "2");
        changesOnce("copy", Map.of("src", "d", "dest", "dd"));
        assertThat(text("dd/d/x")).isEqualTo("2");
    }

    @Test
    void a_validator_sees_the_new_file_before_it_takes_its_place() throws Exception {
        file("a", "good");
        var options = Map.of("content", "bad", "dest", "a", "validate", "grep -q good %s");
        assertThat(ops.error("copy", options)).contains("validate refused the new file");
        assertThat(text("a")).isEqualTo("good");
        assertThat(
                        changes(
                                "copy",
                                Map.of(
                                        "content",
                                        "good too",
                                        "dest",
                                        "a",
                                        "validate",
                                        List.of("grep", "-q", "good", "%s"))))
                .isTrue();
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void what_cannot_be_copied_is_said() throws Exception {
        file("a", "x");
        Files.createDirectory(folder.resolve("d"));
        assertThat(ops.error("copy", Map.of("src", "none", "dest", "b"))).contains("no such file");
        assertThat(ops.error("copy", Map.of("src", "a", "dest", "no/b")))
                .contains("no such directory");
        assertThat(ops.error("copy", Map.of("src", "a", "dest", "b", "owner", "no-such-user")))
                .contains("no user called no-such-user");
        assertThatThrownBy(() -> ops.all("copy", Map.of("src", "a")))
                .isInstanceOf(CallFailure.class);
        assertThatThrownBy(() -> ops.all("copy", Map.of("src", "a", "dest", "b", "mode", "999")))
                .hasMessageContaining("mode is octal");
        assertThatThrownBy(() -> ops.all("copy", Map.of("src", "a", "dest", "")))
                .hasMessageContaining("dest is empty");
        assertThat(folder.resolve("b")).doesNotExist();
    }

    @Test
    void force_false_leaves_what_is_there() throws Exception {
        file("a", "new");
        file("b", "old");
        assertThat(changes("copy", Map.of("src", "a", "dest", "b", "force", false))).isFalse();
        assertThat(text("b")).isEqualTo("old");
    }

    @Test
    void fetch_makes_the_folders_and_tells_the_checksum() throws Exception {
        file("a", "abc");
        var options = Map.of("src", "a", "dest", "kept/here/");
        changesOnce("fetch", options);
        var result = (DataTable) ops.call("fetch", options);
        assertThat(Caller.plain(result.at("checksum"))).startsWith("ba7816bf8f01cfea");
        assertThat(text("kept/here/a")).isEqualTo("abc");
    }

    @Test
    void templates_are_written_once_and_their_mistakes_have_a_place() throws Exception {
        file("t", "port = {{ port }}\n");
        changesOnce("template", Map.of("src", "t", "dest", "c", "vars", Map.of("port", 80)));
        assertThat(text("c")).isEqualTo("port = 80\n");
        assertThat(ops.error("template", Map.of("src", "t", "dest", "c", "vars", Map.of())))
                .contains("t:1:");
        assertThat(text("c")).isEqualTo("port = 80\n");
    }

    // ---- lines

    @Test
    void a_line_is_added_replaced_and_removed() throws Exception {
        file("f", "a = 1\nb = 2\na = 3");
        changesOnce("lineinfile", Map.of("path", "f", "line", "c = 4"));
        assertThat(text("f")).isEqualTo("a = 1\nb = 2\na = 3\nc = 4\n");
        changesOnce("lineinfile", Map.of("path", "f", "line", "a = 9", "regexp", "^a ="));
        assertThat(text("f")).isEqualTo("a = 1\nb = 2\na = 9\nc = 4\n");
        changesOnce("lineinfile", Map.of("path", "f", "line", "x", "insertafter", "^b"));
        changesOnce("lineinfile", Map.of("path", "f", "line", "y", "insertbefore", "BOF"));
        assertThat(text("f")).isEqualTo("y\na = 1\nb = 2\nx\na = 9\nc = 4\n");
        changesOnce("lineinfile", Map.of("path", "f", "regexp", "^a", "state", "absent"));
        assertThat(text("f")).isEqualTo("y\nb = 2\nx\nc = 4\n");
    }

    @Test
    void groups_of_the_pattern_stand_in_the_line() throws Exception {
        file("f", "port 80\n");
        changesOnce(
                "lineinfile",
                Map.of("path", "f", "regexp", "^(\\w+) 80$", "line", "\\1 81", "backrefs", true));
        assertThat(text("f")).isEqualTo("port 81\n");
    }

    @Test
    void line_ends_and_bytes_that_are_no_text_stay_as_they_are() throws Exception {
        var bytes = new byte[] {'a', '\r', '\n', (byte) 0xff, (byte) 0xe9, '\r', '\n'};
        Files.write(folder.resolve("f"), bytes);
        changesOnce("lineinfile", Map.of("path", "f", "line", "é"));
        assertThat(Files.readAllBytes(folder.resolve("f")))
                .startsWith(bytes)
                .endsWith((byte) 0xc3, (byte) 0xa9, '\r', '\n')
                .hasSize(bytes.length + 4);
    }

    @Test
    void a_file_is_only_made_on_request_and_not_to_lack_a_line() throws Exception {
        assertThat(ops.error("lineinfile", Map.of("path", "f", "line", "x")))
                .contains("no such file");
        assertThat(changes("lineinfile", Map.of("path", "f", "line", "x", "state", "absent")))
                .isFalse();
        assertThat(folder.resolve("f")).doesNotExist();
        changesOnce("lineinfile", Map.of("path", "f", "line", "x", "create", true));
    }

    @Test
    void patterns_that_would_never_end_and_wrong_ones_are_refused() throws Exception {
        file("f", "a".repeat(40) + "!\n");
        assertThat(
                        ops.error(
                                "lineinfile",
                                Map.of("path", "f", "line", "x", "regexp", "^(a+a+)+\\1y")))
                .contains("too many steps");
        assertThatThrownBy(() ->
                        ops.all("lineinfile", Map.of("path", "f", "line", "x", "regexp", "(")))
                .hasMessageContaining("the pattern is wrong");
        assertThat(ops.error("lineinfile", Map.of("path", "f", "line", "x\ny")))
                .contains("blockinfile");
        assertThatThrownBy(() ->
                        ops.all("lineinfile", Map.of("path", "f", "line", "x", "state", "gone")))
                .hasMessageContaining("present or absent");
    }

    @Test
    void a_block_is_added_replaced_where_it_is_and_removed() throws Exception {
        file("f", "top\nend\n");
        changesOnce("blockinfile", Map.of("path", "f", "block", "one\ntwo", "insertafter", "^top"));
        assertThat(text("f"))
                .isEqualTo("top\n# BEGIN MANAGED BLOCK\none\ntwo\n# END MANAGED BLOCK\nend\n");
        changesOnce("blockinfile", Map.of("path", "f", "block", "three\n"));
        assertThat(text("f"))
                .isEqualTo("top\n# BEGIN MANAGED BLOCK\nthree\n# END MANAGED BLOCK\nend\n");
        changesOnce("blockinfile", Map.of("path", "f", "state", "absent"));
        assertThat(text("f")).isEqualTo("top\nend\n");
        changesOnce("blockinfile", Map.of("path", "f", "block", "x", "marker", "// {mark} mine"));
        assertThat(text("f")).endsWith("// BEGIN mine\nx\n// END mine\n");
        changesOnce(
                "blockinfile",
                Map.of("path", "f", "block", "y", "marker_begin", "<<", "marker_end", ">>"));
        assertThat(text("f")).endsWith("<<\ny\n>>\n");
    }

    @Test
    void half_a_block_is_not_guessed_at() throws Exception {
        file("f", "# BEGIN MANAGED BLOCK\nx\n");
        assertThat(ops.error("blockinfile", Map.of("path", "f", "block", "y")))
                .contains("without its end");
        assertThat(text("f")).isEqualTo("# BEGIN MANAGED BLOCK\nx\n");
    }

    @Test
    void replace_counts_and_knows_groups_and_plain_text() throws Exception {
        file("f", "a.b a.b\nhttp://x\n");
        var options = Map.of("path", "f", "pattern", "http://(\\w)", "replacement", "https://\\1");
        changesOnce("replace", options);
        assertThat(text("f")).endsWith("https://x\n");
        var result =
                (DataTable)
                        ops.call(
                                "replace",
                                Map.of(
                                        "path",
                                        "f",
                                        "pattern",
                                        "a.b",
                                        "replacement",
                                        "$1\\2",
                                        "literal",
                                        true));
        assertThat(result.at("count")).isEqualTo(value(2));
        assertThat(text("f")).startsWith("$1\\2 $1\\2\n");
        assertThat(ops.error("replace", Map.of("path", "f", "pattern", "x", "replacement", "\\7")))
                .contains("no group 7");
    }

    @Test
    void stat_tells_what_is_there() throws Exception {
        file("f", "abc");
        Files.createSymbolicLink(folder.resolve("l"), Path.of("f"));
        var stat = (DataTable) ops.call("stat", "f");
        assertThat(stat.at("exists")).isEqualTo(value(true));
        assertThat(stat.at("size")).isEqualTo(value(3));
        assertThat(Caller.plain(stat.at("mode"))).matches("0[0-7]{3}");
        assertThat(Caller.plain(stat.at("checksum"))).startsWith("ba7816bf");
        var link = (DataTable) ops.call("stat", "l");
        assertThat(link.at("is_link")).isEqualTo(value(true));
        assertThat(Caller.plain(link.at("target"))).isEqualTo("f");
        var none = (DataTable) ops.call("stat", "none");
        assertThat(none.at("exists")).isEqualTo(value(false));
    }

    @Test
    @Timeout(30)
    void a_pipe_is_no_file_to_edit() throws Exception {
        var made = new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start();
        assertThat(made.waitFor()).isZero();
        for (var edit :
                List.of(
                        Map.of("path", "pipe", "line", "x"),
                        Map.of("path", "pipe", "block", "x"),
                        Map.of("path", "pipe", "pattern", "x", "replacement", "y"))) {
            var function =
                    edit.containsKey("line")
                            ? "lineinfile"
                            : edit.containsKey("block") ? "blockinfile" : "replace";
            assertThat(ops.error(function, edit)).contains("is not a regular file");
        }
        assertThat(ops.error("template", Map.of("src", "pipe", "dest", "b")))
                .contains("is not a regular file");
    }
}
