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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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

    @Test
    void who_only_reads_forgets_nothing_whatever_the_settings_say() throws InterruptedException {
        var hasty = Map.of("state.history", "0s", "state.sweep", "100ms");
        try (var writer = new OpenState(home, config(Map.of()), Causes.NONE);
                var reader = new OpenState(home, config(hasty), Causes.NONE)) {
            writer.ask(put("a", Optional.empty()));
            writer.ask(put("b", Optional.of(Duration.ofMillis(1))));
            var then = Instant.now();
            writer.ask(new StateCommand.Delete("a"));

            reader.ask(new StateCommand.Exists("a"));
            var watch = reader.becauseOf(List.of("cause")).watch("*");
            var _ = watch.next(Duration.ofMillis(500));
            assertThat(stat(reader, "total_keys")).isZero();

            var old = new StateCommand.Get("a", Optional.of(then));
            assertThat(writer.ask(old).value()).isEqualTo(Text.of("value"));
            reader.ask(put("c", Optional.empty()));
            await(() -> forgotten(writer, old));
        }
    }

    private static boolean forgotten(OpenState state, StateCommand asked) {
        try {
            return !state.ask(asked).done();
        } catch (StateRefusal e) {
            return e.reason() == StateRefusal.Reason.FORGOTTEN;
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void what_has_expired_is_swept_away_without_a_write_where_that_is_asked_for() {
        var often = config(Map.of("state.sweep", "100ms"));
        try (var writer = new OpenState(home, config(Map.of()), Causes.NONE);
                var serving = new OpenState(home, often, Causes.NONE)) {
            writer.ask(put("a", Optional.of(Duration.ofMillis(200))));
            serving.sweep();
            await(() -> stat(writer, "expired") > 0);
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
