package dev.sloth.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.event.Watcher.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A master takes what watchers of agents tell by its type.
class ChangeTypesTest {
    private static final Pattern WRITTEN =
            Pattern.compile("\"((?:file|process|custom)\\.[a-z]+)\"");

    @Test
    void every_type_that_is_told_is_one_of_a_kind() throws IOException {
        var root = Path.of(System.getProperty("sloth.root", ".."));
        var text =
                Files.readString(
                        root.resolve("agent/src/main/java/dev/sloth/agent/watch/Changes.java"));
        var types = Arrays.stream(Kind.values()).flatMap(kind -> kind.types().stream()).toList();
        var told = WRITTEN.matcher(text).results().map(found -> found.group(1)).toList();
        assertThat(told).hasSizeGreaterThan(7);
        assertThat(types)
                .containsAll(told)
                .contains("port.opened", "port.closed", "service.failed")
                .contains("system.cpu_high", "system.cpu_low", "system.memory_low");
    }
}
