package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Claiming;
import dev.sloth.core.store.RunStore.Fate.Verdict;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Part of the contract: opens stores and closes them.
abstract class Opened {
    private final Supplier<Store> opening;
    private final List<Store> open = new ArrayList<>();
    Store store;

    /// @param opening another handle on the same store, at each call
    Opened(Supplier<Store> opening) {
        this.opening = opening;
    }

    @BeforeEach
    final void openStore() {
        store = another();
    }

    final Store another() {
        var another = opening.get();
        open.add(another);
        return another;
    }

    @AfterEach
    final void closeStores() {
        open.forEach(Store::close);
    }

    final Claim submit(RunId run) {
        return store.runs().submit(Samples.run(run), Samples.first());
    }

    /// What the next owner gets when the first one has given the run back.
    final Claim handedOver(Claim claim) {
        store.runs().release(claim);
        var claiming =
                store.runs()
                        .claim(
                                claim.run(),
                                Samples.SECOND,
                                Samples.NOW,
                                Samples.TTL,
                                _ -> Verdict.UNKNOWN);
        assertThat(claiming).isInstanceOf(Claiming.Granted.class);
        return ((Claiming.Granted) claiming).claim();
    }

    final void end(Claim claim, long first) {
        store.runs().append(claim, Samples.last(first));
    }

    /// The act is refused for this reason, and nothing at all has changed.
    final void refused(StoreFailure.Reason reason, Act act) {
        var before = Picture.of(store);
        var failure = catchThrowableOfType(StoreFailure.class, act::run);
        assertThat(failure).as("refusal").isNotNull();
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure).hasMessageMatching("(?s).{10,}");
        assertThat(Picture.of(store)).isEqualTo(before);
    }

    /// Something that may be refused.
    @FunctionalInterface
    interface Act {
        void run() throws Exception;
    }

    static Chapter chapter(long first) {
        return Samples.chapter(first, 1, "e" + first);
    }
}
