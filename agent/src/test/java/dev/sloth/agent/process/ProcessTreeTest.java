package dev.sloth.agent.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who belongs to a tree of processes.
@Timeout(60)
class ProcessTreeTest {
    @TempDir private Path folder;

    @Test
    void whoever_takes_up_the_mark_after_we_looked_at_them_is_found_all_the_same()
            throws Exception {
        var mark = "process-tree-test-" + folder.getFileName() + ".";
        var script = "read go; exec env " + Launch.MARK + "=" + mark + " sh -c 'echo on; read end'";
        var process = new ProcessBuilder("/bin/sh", "-c", script).start();
        try (var in = process.outputWriter(UTF_8);
                var out = process.inputReader(UTF_8)) {
            var tree = ProcessTree.marked(mark);
            assertThat(tree.letsGoOfPipes(Duration.ZERO)).isTrue();
            in.write("go\n");
            in.flush();
            assertThat(out.readLine()).isEqualTo("on");

            assertThat(tree.letsGoOfPipes(Duration.ZERO)).isFalse();
            tree.end(Duration.ofSeconds(5), Duration.ofSeconds(5));
            assertThat(process.waitFor()).isNotZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
