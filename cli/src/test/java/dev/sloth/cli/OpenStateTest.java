package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.config.Layers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OpenStateTest {
    @TempDir private Path home;

    private Config.Shared config(Map<String, String> flags) {
        return Layers.read(home, Map.of(), flags).config().shared();
    }

    private static StateCommand.Put put(String key, Optional<Duration> ttl) {
        return new StateCommand.Put(key, Text.of("value"), ttl, false);
    }

    @Test
    void nothing_is_opened_before_it_is_used() {
        try (var state = new OpenState(home, config(Map.of()), Causes.NONE)) {
            assertThat(home).isEmptyDirectory();
            state.ask(new StateCommand.Exists("a"));
            assertThat(home).isNotEmptyDirectory();
        }
    }

    @Test
    void what_one_has_set_another_sees_in_the_same_namespace_only() {
        try (var one = new OpenState(home, config(Map.of()), Causes.NONE);
                var other = new OpenState(home, config(Map.of()), Causes.NONE);
                var stranger =
                        new OpenState(home, config(Map.of("state.namespace", "x")), Causes.NONE)) {
            one.ask(put("a", Optional.empty()));
            assertThat(other.ask(new StateCommand.Exists("a")).done()).isTrue();
            assertThat(stranger.ask(new StateCommand.Exists("a")).done()).isFalse();
        }
    }

    @Test
    void the_settings_are_the_limits() {
        try (var state = new OpenState(home, config(Map.of("state.max_keys", "1")), Causes.NONE)) {
            state.ask(put("a", Optional.empty()));
            assertThatThrownBy(() -> state.ask(put("b", Optional.empty())))
                    .isInstanceOf(StateRefusal.class)
                    .hasMessageContaining("state.max_keys");
        }
    }

    @Test
    void what_has_expired_is_swept_away_while_it_is_open() {
        try (var state = new OpenState(home, config(Map.of("state.sweep", "100ms")), Causes.NONE)) {
            state.ask(put("a", Optional.of(Duration.ofMillis(1))));
            while (stat(state, "expired") == 0) {
                Thread.onSpinWait();
            }
            assertThat(stat(state, "total_keys")).isZero();
        }
    }

    private static double stat(OpenState state, String name) {
        var stats = (Value.Table) state.ask(new StateCommand.Stats()).value();
        return ((Value.Num) stats.at(name)).value();
    }

    @Test
    void once_closed_it_is_closed_also_when_it_was_never_used() {
        var state = new OpenState(home, config(Map.of()), Causes.NONE);
        state.close();
        state.close();
        assertThatThrownBy(() -> state.begin()).isInstanceOf(IllegalStateException.class);
        assertThat(home).isEmptyDirectory();
    }
}
