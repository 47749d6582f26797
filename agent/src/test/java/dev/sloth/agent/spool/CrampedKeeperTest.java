package dev.sloth.agent.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real disk of 400 kB, on a mount that nobody else sees.
@Timeout(120)
final class CrampedKeeperTest {
    @TempDir private Path folder;

    @Test
    void on_a_disk_that_fills_up_nothing_is_lost_and_all_goes_on_when_there_is_room()
            throws Exception {
        var script =
                """
                mount -t tmpfs -o size=400k tmpfs "$1"
                head -c 100000 /dev/zero > "$1/ballast"
                exec "$2/bin/java" -Xmx128m -XX:TieredStopAtLevel=1 -cp "$3" "$4" "$1" "$1/ballast"
                """;
        var words =
                List.of(
                        "unshare",
                        "--user",
                        "--map-root-user",
                        "--mount",
                        "sh",
                        "-euc",
                        script,
                        "sh",
                        folder.toString(),
                        System.getProperty("java.home"),
                        System.getProperty("java.class.path"),
                        CrampedKeeper.class.getName());
        var process =
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var out = process.inputReader(UTF_8)) {
            var said = out.lines().toList();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(said).hasSize(4);
            assertThat(said.get(0))
                    .isEqualTo("refused: the journal cannot be written: No space left on device");
            assertThat(said.get(1)).matches("reopened with (\\d{2,}) of \\1");
            assertThat(said.get(2)).isEqualTo("waits: Optional[No space left on device]");
            assertThat(said.get(3)).isEqualTo("lines all 2000");
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
