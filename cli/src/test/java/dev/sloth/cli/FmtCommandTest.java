package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FmtCommandTest {
    private static final String ROUGH = "local  a=1;return a\n";
    private static final String SMOOTH = "local a = 1\nreturn a\n";
    private static final String BROKEN = "local a = = 1\nb = 2\nreturn )\n";

    @TempDir private Path folder;
    private Door door;

    @BeforeEach
    void open() {
        door = new Door(folder);
    }

    @Test
    void files_are_written_in_our_style_and_named_once_they_are() {
        door.file("a.sloth", ROUGH).file("b.lua", SMOOTH);
        var answer = door.call("fmt", "a.sloth", "b.lua");
        assertThat(answer.exit()).isZero();
        assertThat(answer.out()).isEqualTo("a.sloth: formatted\n");
        assertThat(door.read("a.sloth")).isEqualTo(SMOOTH);
        assertThat(door.call("fmt", "a.sloth", "b.lua").out()).isEmpty();
    }

    @Test
    void of_a_folder_all_scripts_are_meant_but_hidden_ones() {
        door.file("s/a.sloth", ROUGH)
                .file("s/deep/b.lua", ROUGH)
                .file("s/deep/Slothfile", ROUGH)
                .file("s/notes.txt", ROUGH)
                .file("s/.git/c.lua", ROUGH);
        assertThat(door.call("fmt", "s").lines())
                .containsExactly(
                        "s/a.sloth: formatted",
                        "s/deep/Slothfile: formatted",
                        "s/deep/b.lua: formatted");
        assertThat(door.read("s/notes.txt")).isEqualTo(ROUGH);
        assertThat(door.read("s/.git/c.lua")).isEqualTo(ROUGH);
    }

    @Test
    void a_check_changes_nothing_and_fails_for_what_is_not_formatted() {
        door.file("a.sloth", ROUGH).file("b.sloth", SMOOTH);
        var answer = door.call("fmt", "--check", ".");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.out()).isEqualTo("a.sloth: not formatted\n");
        assertThat(door.read("a.sloth")).isEqualTo(ROUGH);
        assertThat(door.call("fmt", "--check", "b.sloth").exit()).isZero();
    }

    @Test
    void editors_pass_texts_through() {
        assertThat(door.typing(ROUGH).call("fmt", "-")).isEqualTo(new Door.Answer(0, SMOOTH, ""));
        assertThat(door.typing(ROUGH).call("fmt", "-", "--check"))
                .isEqualTo(new Door.Answer(1, "stdin: not formatted\n", ""));
        var broken = door.typing(BROKEN).call("fmt", "-");
        assertThat(broken.exit()).isEqualTo(2);
        assertThat(broken.out()).isEmpty();
        assertThat(broken.err()).contains("at stdin:1:11", "at stdin:3:8");
        assertThat(door.call("fmt", "-", "a.sloth").exit()).isEqualTo(2);
    }

    @Test
    void what_does_not_parse_stays_and_the_others_are_formatted() {
        door.file("a.sloth", BROKEN).file("b.sloth", ROUGH);
        var answer = door.call("fmt", "a.sloth", "gone.sloth", "b.sloth");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.out()).isEqualTo("b.sloth: formatted\n");
        assertThat(answer.err())
                .contains("SLOTH-9041", "at a.sloth:1:11", "at a.sloth:3:8", "gone.sloth");
        assertThat(door.read("a.sloth")).isEqualTo(BROKEN);
        assertThat(door.read("b.sloth")).isEqualTo(SMOOTH);
    }

    @Test
    void links_and_permissions_stay_and_nothing_is_left_behind() throws IOException {
        door.file("real/a.sloth", ROUGH);
        var real = folder.resolve("real/a.sloth");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwxr-x--x"));
        Files.createSymbolicLink(folder.resolve("link.sloth"), real);
        assertThat(door.call("fmt", "link.sloth").exit()).isZero();
        assertThat(folder.resolve("link.sloth")).isSymbolicLink();
        assertThat(door.read("real/a.sloth")).isEqualTo(SMOOTH);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rwxr-x--x");
        try (var files = Files.list(folder.resolve("real"))) {
            assertThat(files).containsExactly(real);
        }
    }
}
