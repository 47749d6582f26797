package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Value;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Which keys of shared state are meant, and in what order.
abstract class StateKeysContract extends OpenedStates {
    StateKeysContract(Supplier<Store> opening, Function<LocalState, SharedState> sight) {
        super(opening, sight);
    }

    private static StateCommand put(String key, Optional<Duration> ttl) {
        return new StateCommand.Put(key, new Value.Num(1), ttl, false);
    }

    private static double keys(TestedState state) {
        var stats = (Value.Table) state.ask(new StateCommand.Stats()).value();
        return ((Value.Num) stats.at("total_keys")).value();
    }

    @Test
    void cleaning_up_one_namespace_leaves_the_others_to_themselves() {
        now = Samples.NOW;
        try (var one = state("one");
                var other = state("other")) {
            one.ask(put("gone", Optional.of(Duration.ofSeconds(1))));
            other.ask(put("gone", Optional.of(Duration.ofSeconds(1))));
            now = now.plusSeconds(1);

            assertThat(other.ask(new StateCommand.CleanUp())).isEqualTo(Answer.of(1));
            assertThat(keys(other)).isZero();
            assertThat(keys(one)).isEqualTo(1);
        }
    }

    @Test
    void keys_are_listed_on_from_any_key_in_the_order_of_their_bytes() {
        var wide = "\uff5e";
        var beyond = "\ud83e\udda5";
        var keys = List.of("a", wide + "1", wide + "2", beyond + "1", beyond + "2");
        try (var state = state("order")) {
            keys.forEach(key -> state.ask(put(key, Optional.empty())));

            assertThat(listed(state, "*", "")).isEqualTo(keys);
            for (int i = 0; i < keys.size(); i++) {
                assertThat(listed(state, "*", keys.get(i)))
                        .isEqualTo(keys.subList(i + 1, keys.size()));
            }
            assertThat(listed(state, beyond + "*", wide + "1"))
                    .containsExactly(beyond + "1", beyond + "2");
            assertThat(listed(state, wide + "*", beyond + "1")).isEmpty();
        }
    }

    private static List<String> listed(TestedState state, String pattern, String after) {
        var answer = state.ask(new StateCommand.Keys(pattern, after, 2));
        var found = new ArrayList<String>();
        while (true) {
            var page = ((Value.Table) answer.value()).entries();
            page.forEach(entry -> found.add(entry.value().toString()));
            if (page.size() < 2) {
                return found;
            }
            answer = state.ask(new StateCommand.Keys(pattern, found.getLast(), 2));
        }
    }
}
