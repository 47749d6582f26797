package dev.sloth.agent.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.plugin.Processes.Command;
import dev.sloth.api.plugin.Processes.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Children that have ended before anybody held their pipes.
@Timeout(60)
class ChildTest {
    private static final ProcessConfig CONFIG = ProcessConfig.defaults(System.getenv());

    @TempDir private Path folder;

    private Ended late(String script) throws Exception {
        var mark = "child-test-" + folder.getFileName() + ".";
        var command = Command.shell("/bin/bash", script, folder);
        var process = new Launch(CONFIG).start(command, mark);
        var tree = ProcessTree.of(process, mark);
        var child = new Child(process, tree, CONFIG, command, (_, _) -> {}, System.nanoTime());
        try (var threads = Executors.newCachedThreadPool()) {
            process.waitFor();
            child.open(threads);
            return child.await();
        }
    }

    private long pid() throws Exception {
        return Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    }

    private static boolean lives(long pid) {
        return ProcessTable.find(pid).isPresent();
    }

    @Test
    void whoever_still_holds_their_output_is_ended_all_the_same() throws Exception {
        var ended = late("sleep 100 & echo $! > pid; echo said");

        assertThat(new String(ended.stdout(), UTF_8)).isEqualTo("said\n");
        assertThat(lives(pid())).isFalse();
    }

    @Test
    void whoever_has_let_go_of_their_output_lives_on() throws Exception {
        late("(sleep 100 | sleep 99) > /dev/null 2>&1 < /dev/null & echo $! > pid");
        var leader = ProcessHandle.of(pid()).orElseThrow();
        try {
            assertThat(leader.isAlive()).isTrue();
        } finally {
            leader.descendants().forEach(ProcessHandle::destroyForcibly);
            leader.destroyForcibly();
        }
    }

    @Test
    void whoever_ends_soon_by_itself_is_left_to_do_so() throws Exception {
        late("(sleep 0.2; touch done) & true");

        assertThat(folder.resolve("done")).exists();
    }
}
