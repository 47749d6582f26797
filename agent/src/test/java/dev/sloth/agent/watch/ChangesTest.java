package dev.sloth.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.event.Fact;
import dev.sloth.api.event.Watcher;
import dev.sloth.api.event.Watcher.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChangesTest {
    private static Watcher watcher(Kind kind, String... when) {
        return new Watcher(
                "w",
                kind,
                "target",
                when.length == 0 ? kind.changes() : List.of(when),
                Duration.ofSeconds(1),
                Map.of("threshold", "50"));
    }

    private static List<String> between(Watcher watcher, Sight before, Sight now) {
        return types(Changes.between(watcher, Optional.of(before), now));
    }

    private static List<String> first(Watcher watcher, Sight now) {
        return types(Changes.between(watcher, Optional.empty(), now));
    }

    private static List<String> types(List<Fact> facts) {
        return facts.stream().map(fact -> fact.type() + " " + fact.subject()).toList();
    }

    private static Sight.Files files(String... pathsAndSizes) {
        var all = new HashMap<String, Sight.Stamp>();
        for (var file : pathsAndSizes) {
            var parts = file.split(":", 2);
            all.put(parts[0], new Sight.Stamp(Long.parseLong(parts[1]), 1, "i", ""));
        }
        return new Sight.Files(all);
    }

    @Test
    void files_come_change_and_go() {
        var watcher = watcher(Kind.FILE);
        assertThat(first(watcher, files("/a:1"))).isEmpty();
        assertThat(between(watcher, files("/a:1", "/b:1", "/c:1"), files("/b:2", "/c:1", "/d:1")))
                .containsExactly("file.deleted /a", "file.modified /b", "file.created /d");
        assertThat(between(watcher(Kind.FILE, "deleted"), files("/a:1"), files("/b:1")))
                .containsExactly("file.deleted /a");
    }

    @Test
    void processes_start_and_stop() {
        var watcher = watcher(Kind.PROCESS);
        var none = new Sight.Running(List.of());
        var one = new Sight.Running(List.of(7L));
        assertThat(first(watcher, one)).isEmpty();
        assertThat(between(watcher, none, one)).containsExactly("process.started target");
        assertThat(between(watcher, one, new Sight.Running(List.of(8L)))).isEmpty();
        assertThat(between(watcher, one, none)).containsExactly("process.stopped target");
    }

    @Test
    void ports_open_and_close() {
        var watcher = watcher(Kind.PORT);
        var open = new Sight.Listening(true);
        var closed = new Sight.Listening(false);
        assertThat(first(watcher, open)).isEmpty();
        assertThat(between(watcher, closed, open)).containsExactly("port.opened target");
        assertThat(between(watcher, open, closed)).containsExactly("port.closed target");
        assertThat(between(watcher, open, open)).isEmpty();
    }

    @Test
    void a_level_counts_when_it_passes_the_threshold_also_at_first_sight() {
        var watcher = watcher(Kind.CPU);
        assertThat(first(watcher, new Sight.Level(60))).containsExactly("system.cpu_high cpu");
        assertThat(first(watcher(Kind.CPU, "above"), new Sight.Level(40))).isEmpty();
        assertThat(between(watcher, new Sight.Level(60), new Sight.Level(70))).isEmpty();
        assertThat(between(watcher, new Sight.Level(60), new Sight.Level(50)))
                .containsExactly("system.cpu_low cpu");
        assertThat(between(watcher(Kind.MEMORY), new Sight.Level(1), new Sight.Level(99)))
                .containsExactly("system.memory_high memory");
    }

    @Test
    void commands_change_fail_and_recover() {
        var watcher = watcher(Kind.CUSTOM);
        var good = new Sight.Said(0, "a");
        assertThat(first(watcher, new Sight.Said(1, ""))).isEmpty();
        assertThat(between(watcher, good, new Sight.Said(0, "b")))
                .containsExactly("custom.changed w");
        assertThat(between(watcher, good, new Sight.Said(2, "b")))
                .containsExactly("custom.failed w");
        assertThat(between(watcher, new Sight.Said(2, "b"), good))
                .containsExactly("custom.recovered w");
        assertThat(between(watcher, good, good)).isEmpty();
    }
}
