package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.core.store.LogStore.Chunk;
import dev.sloth.core.store.LogStore.Extent;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Output: numbered chunks without gaps, apart from the state of runs.
abstract class LogContract extends Opened {
    private static final AttemptId BUILD = Samples.attempt(Samples.RUN, "build", 1);
    private static final AttemptId TEST = Samples.attempt(Samples.RUN, "test", 1);

    LogContract(Supplier<Store> opening) {
        super(opening);
    }

    @Test
    void chunks_are_read_as_they_were_appended() {
        var claim = submit(Samples.RUN);
        for (int i = 0; i < 5; i++) {
            store.logs().append(claim, Samples.chunk(BUILD, i));
        }

        assertThat(store.logs().read(BUILD, 0, 2))
                .containsExactly(Samples.chunk(BUILD, 0), Samples.chunk(BUILD, 1));
        assertThat(store.logs().read(BUILD, 3, 9))
                .containsExactly(Samples.chunk(BUILD, 3), Samples.chunk(BUILD, 4));
        assertThat(store.logs().read(BUILD, 5, 9)).isEmpty();
        assertThat(store.logs().read(TEST, 0, 9)).isEmpty();
    }

    @Test
    void a_chunk_that_is_not_the_next_one_is_a_conflict() {
        var claim = submit(Samples.RUN);

        refused(Reason.CONFLICT, () -> store.logs().append(claim, Samples.chunk(BUILD, 1)));
        store.logs().append(claim, Samples.chunk(BUILD, 0));
        refused(Reason.CONFLICT, () -> store.logs().append(claim, Samples.chunk(BUILD, 0)));
        refused(Reason.CONFLICT, () -> store.logs().append(claim, Samples.chunk(BUILD, 2)));
        store.logs().append(claim, Samples.chunk(BUILD, 1));
    }

    @Test
    void several_chunks_are_kept_in_their_order() {
        var claim = submit(Samples.RUN);
        store.logs()
                .append(
                        claim,
                        List.of(
                                Samples.chunk(BUILD, 0),
                                Samples.chunk(TEST, 0),
                                Samples.chunk(BUILD, 1)));

        assertThat(store.logs().read(BUILD, 0, 9))
                .containsExactly(Samples.chunk(BUILD, 0), Samples.chunk(BUILD, 1));
        assertThat(store.logs().read(TEST, 0, 9)).containsExactly(Samples.chunk(TEST, 0));
        refused(
                Reason.CONFLICT,
                () ->
                        store.logs()
                                .append(
                                        claim,
                                        List.of(Samples.chunk(TEST, 1), Samples.chunk(BUILD, 1))));
        assertThat(store.logs().read(BUILD, 0, 9)).hasSize(2);
    }

    @Test
    void never_are_two_chunks_kept_under_one_number() {
        var claim = submit(Samples.RUN);
        var other = another();
        var kept =
                Together.all(
                        16,
                        i -> {
                            try {
                                (i % 2 == 0 ? store : other)
                                        .logs()
                                        .append(claim, Samples.chunk(BUILD, 0));
                                return true;
                            } catch (StoreFailure e) {
                                assertThat(e.reason()).isEqualTo(Reason.CONFLICT);
                                return false;
                            }
                        });

        assertThat(kept).filteredOn(yes -> yes).hasSize(1);
        assertThat(store.logs().read(BUILD, 0, 9)).hasSize(1);
    }

    @Test
    void extents_come_in_the_order_of_first_lines() {
        var claim = submit(Samples.RUN);
        assertThat(store.logs().extents(Samples.RUN)).isEmpty();
        store.logs().append(claim, later(Samples.chunk(TEST, 0)));
        store.logs().append(claim, Samples.chunk(BUILD, 0));
        store.logs().append(claim, Samples.chunk(BUILD, 1));

        assertThat(store.logs().extents(Samples.RUN))
                .containsExactly(
                        new Extent(BUILD, 2, 20, 200, Samples.NOW),
                        new Extent(TEST, 1, 10, 100, Samples.NOW.plusSeconds(60)));
        assertThat(store.logs().extents(Samples.OTHER)).isEmpty();
    }

    private static Chunk later(Chunk chunk) {
        return new Chunk(
                chunk.id(),
                chunk.number(),
                chunk.firstLine(),
                chunk.lines(),
                chunk.offset(),
                chunk.size(),
                chunk.firstAt().plusSeconds(60),
                chunk.lastAt().plusSeconds(60),
                chunk.zstd());
    }

    @Test
    void the_bytes_of_a_run_are_those_of_its_chunks() {
        var claim = submit(Samples.RUN);
        assertThat(store.logs().bytes(Samples.RUN)).isZero();
        store.logs().append(claim, Samples.chunk(BUILD, 0));
        store.logs().append(claim, Samples.chunk(TEST, 0));

        assertThat(store.logs().bytes(Samples.RUN))
                .isEqualTo(
                        Samples.chunk(BUILD, 0).zstd().length
                                + Samples.chunk(TEST, 0).zstd().length);
    }

    @Test
    void output_can_be_thrown_away_without_harm_to_the_run() {
        var claim = submit(Samples.RUN);
        var other = submit(Samples.OTHER);
        var kept = Samples.attempt(Samples.OTHER, "build", 1);
        store.logs().append(claim, Samples.chunk(BUILD, 0));
        store.logs().append(other, Samples.chunk(kept, 0));
        store.logs().delete(Samples.RUN);

        assertThat(store.logs().extents(Samples.RUN)).isEmpty();
        assertThat(store.logs().read(BUILD, 0, 9)).isEmpty();
        assertThat(store.logs().bytes(Samples.RUN)).isZero();
        assertThat(store.logs().read(kept, 0, 9)).hasSize(1);
        assertThat(store.runs().find(Samples.RUN)).isPresent();
        store.logs().append(claim, Samples.chunk(BUILD, 0));
    }

    @Test
    void output_can_still_come_when_the_run_has_ended() {
        var claim = submit(Samples.RUN);
        end(claim, 3);
        store.logs().append(claim, Samples.chunk(BUILD, 0));

        assertThat(store.logs().extents(Samples.RUN)).hasSize(1);
    }
}
