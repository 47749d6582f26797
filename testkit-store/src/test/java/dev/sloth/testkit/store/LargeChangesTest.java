package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.state.StateLimits;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who watches large values is told of them in portions.
final class LargeChangesTest {
    private static final int LARGE = 1_000_000;
    private static final int CHANGES = 20;

    /// So many hold 16 MiB of what was and of what is; the first has nothing that was.
    private static final int AT_ONCE_MAX = 9;

    private static Value value(int number) {
        return Text.of(number + "x".repeat(LARGE));
    }

    @Test
    void large_changes_are_told_a_few_at_a_time_and_none_is_lost() throws Exception {
        try (var state =
                new LocalState(
                        MemoryStore.open(new MemoryDisk()).state(),
                        "a",
                        StateLimits.DEFAULT,
                        () -> Samples.NOW,
                        () -> Samples.NOW)) {
            var watch = state.watch("*");
            for (int i = 0; i < CHANGES; i++) {
                state.ask(new StateCommand.Put("k", value(i), Optional.empty(), false));
            }
            int told = 0;
            while (told < CHANGES) {
                var portion = watch.next(Duration.ZERO);
                assertThat(portion.size()).isBetween(1, AT_ONCE_MAX);
                for (var change : portion) {
                    assertThat(change.now().equals(value(told))).as("change " + told).isTrue();
                    told++;
                }
            }
            assertThat(watch.next(Duration.ZERO).size()).isZero();
        }
    }
}
