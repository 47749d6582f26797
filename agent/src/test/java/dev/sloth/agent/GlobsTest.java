package dev.sloth.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlobsTest {
    @TempDir private Path folder;
    private Path root;

    @BeforeEach
    void files() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        for (var name : List.of("a.txt", "src/b.txt", "src/deep/c.txt", "[odd]/d.txt")) {
            Files.createDirectories(root.resolve(name).getParent());
            Files.writeString(root.resolve(name), name);
        }
        Files.writeString(folder.resolve("outside.txt"), "not ours");
    }

    private List<String> found(String pattern) throws IOException {
        return Globs.find(root, pattern).stream().map(Path::toString).toList();
    }

    @Test
    void a_pattern_is_a_file_a_folder_or_a_glob() throws IOException {
        assertThat(found("a.txt")).containsExactly("a.txt");
        assertThat(found("./src/deep/")).containsExactly("src/deep/c.txt");
        assertThat(found("src")).containsExactly("src/b.txt", "src/deep/c.txt");
        assertThat(found("src/*.txt")).containsExactly("src/b.txt");
        assertThat(found("**/*.txt")).hasSize(4);
        assertThat(found("src/nothing")).isEmpty();
    }

    @Test
    void a_name_that_looks_like_a_glob_is_also_taken_as_it_stands() throws IOException {
        assertThat(found("[odd]")).containsExactly("[odd]/d.txt");
    }

    @Test
    void links_lead_nowhere_else() throws IOException {
        Files.createSymbolicLink(root.resolve("out"), folder);
        assertThat(found("out/outside.txt")).isEmpty();
        assertThatThrownBy(() -> found("../outside.txt")).isInstanceOf(IOException.class);

        Files.createSymbolicLink(root.resolve("one.txt"), folder.resolve("outside.txt"));
        assertThatThrownBy(() -> found("one.txt")).hasMessageContaining("leads out of the folder");
    }
}
