package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.state.StateChange;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.state.StateLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who watches large values is told of them in portions.
final class LargeChangesTest {
    private static final int LARGE = 1_000_000;
    private static final int CHANGES = 40;

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
            var told = new ArrayList<StateChange>();
            while (told.size() < CHANGES) {
                var portion = watch.next(Duration.ZERO);
                assertThat(portion).hasSizeBetween(1, AT_ONCE_MAX);
                told.addAll(portion);
            }
            assertThat(watch.next(Duration.ZERO)).isEmpty();
            for (int i = 0; i < CHANGES; i++) {
                assertThat(told.get(i).now().equals(value(i))).as("change " + i).isTrue();
            }
        }
    }
}
