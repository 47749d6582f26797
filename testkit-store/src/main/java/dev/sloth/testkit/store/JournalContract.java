package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.RunStore.Page;
import dev.sloth.core.store.RunStore.Snapshot;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Journals: in order, without gaps, and read in pages.
abstract class JournalContract extends Opened {
    JournalContract(Supplier<Store> opening) {
        super(opening);
    }

    private List<String> read(long from, int pagesMax) {
        return store.runs().journal(Samples.RUN, from, pagesMax).stream()
                .map(JournalContract::text)
                .toList();
    }

    private static String text(Page page) {
        return "%d+%d %s"
                .formatted(
                        page.first(),
                        page.events(),
                        new String(page.body(), StandardCharsets.UTF_8));
    }

    @Test
    void chapters_are_read_as_they_were_appended() {
        var claim = submit(Samples.RUN);
        store.runs().append(claim, Samples.chapter(3, 3, "second"));
        store.runs().append(claim, Samples.chapter(6, 1, "third"));

        assertThat(read(1, 10)).containsExactly("1+2 first", "3+3 second", "6+1 third");
        assertThat(store.runs().find(Samples.RUN).orElseThrow().events()).isEqualTo(6);
    }

    @Test
    void pages_are_whole_and_the_first_may_begin_before_what_was_asked_for() {
        var claim = submit(Samples.RUN);
        store.runs().append(claim, Samples.chapter(3, 3, "second"));
        store.runs().append(claim, Samples.chapter(6, 1, "third"));

        assertThat(read(3, 10)).containsExactly("3+3 second", "6+1 third");
        assertThat(read(5, 10)).containsExactly("3+3 second", "6+1 third");
        assertThat(read(6, 10)).containsExactly("6+1 third");
        assertThat(read(7, 10)).isEmpty();
        assertThat(read(1, 2)).containsExactly("1+2 first", "3+3 second");
    }

    @Test
    void the_whole_journal_can_be_read_page_by_page() {
        var claim = submit(Samples.RUN);
        for (int i = 3; i < 40; i++) {
            store.runs().append(claim, chapter(i));
        }
        var seen = new ArrayList<Long>();
        long from = 1;
        for (var pages = store.runs().journal(Samples.RUN, from, 7); !pages.isEmpty(); ) {
            pages.forEach(page -> seen.add(page.first()));
            from = pages.getLast().first() + pages.getLast().events();
            pages = store.runs().journal(Samples.RUN, from, 7);
        }

        assertThat(from).isEqualTo(40);
        assertThat(seen).hasSize(38).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void an_event_that_is_not_the_next_one_is_a_conflict() {
        var claim = submit(Samples.RUN);

        refused(Reason.CONFLICT, () -> store.runs().append(claim, chapter(1)));
        refused(Reason.CONFLICT, () -> store.runs().append(claim, chapter(2)));
        refused(Reason.CONFLICT, () -> store.runs().append(claim, chapter(4)));
        store.runs().append(claim, chapter(3));
    }

    @Test
    void a_chapter_says_how_the_run_stands() {
        var claim = submit(Samples.RUN);
        end(claim, 3);

        assertThat(store.runs().find(Samples.RUN).orElseThrow().progress())
                .isEqualTo(Samples.progress("failed", true));
    }

    @Test
    void journals_of_different_runs_do_not_mix() {
        submit(Samples.RUN);
        var other = submit(Samples.OTHER);
        store.runs().append(other, chapter(3));

        assertThat(read(1, 10)).containsExactly("1+2 first");
    }

    @Test
    void a_large_chapter_is_kept_whole() {
        var claim = submit(Samples.RUN);
        var large = "x".repeat(3_000_000);
        store.runs().append(claim, Samples.chapter(3, 1, large));

        assertThat(read(3, 1)).containsExactly("3+1 " + large);
    }

    @Test
    void never_do_two_of_many_that_append_at_once_get_the_same_number() {
        var claim = submit(Samples.RUN);
        var done =
                Together.all(
                        16,
                        i -> {
                            try {
                                store.runs().append(claim, Samples.chapter(3, 1, "by " + i));
                                return true;
                            } catch (StoreFailure e) {
                                assertThat(e.reason()).isEqualTo(Reason.CONFLICT);
                                return false;
                            }
                        });

        assertThat(done).filteredOn(yes -> yes).hasSize(1);
        assertThat(read(3, 10)).hasSize(1);
    }

    @Test
    void many_runs_can_be_written_at_once() {
        var claims = new ArrayList<Claim>();
        for (int i = 0; i < 16; i++) {
            claims.add(submit(new RunId("many-" + i)));
        }
        Together.all(
                16,
                i -> {
                    for (int event = 3; event < 53; event++) {
                        store.runs().append(claims.get(i), chapter(event));
                    }
                    return true;
                });

        for (var claim : claims) {
            assertThat(store.runs().journal(claim.run(), 1, 100)).hasSize(51);
        }
    }

    @Test
    void a_snapshot_replaces_the_older_one() {
        var claim = submit(Samples.RUN);
        assertThat(store.runs().snapshot(Samples.RUN)).isEmpty();
        store.runs().snapshot(claim, new Snapshot(1, Samples.bytes("old")));
        store.runs().snapshot(claim, new Snapshot(2, Samples.bytes("new")));

        var snapshot = store.runs().snapshot(Samples.RUN).orElseThrow();
        assertThat(snapshot.events()).isEqualTo(2);
        assertThat(snapshot.body()).isEqualTo(Samples.bytes("new"));
        assertThat(store.runs().snapshot(Samples.OTHER)).isEmpty();
    }

    @Test
    void a_run_takes_what_its_journal_and_its_snapshot_take() {
        assertThat(store.runs().bytes(Samples.RUN)).isZero();
        var claim = submit(Samples.RUN);
        long first = store.runs().bytes(Samples.RUN);
        assertThat(first).isPositive();

        store.runs().append(claim, Samples.chapter(3, 1, "four"));
        assertThat(store.runs().bytes(Samples.RUN)).isEqualTo(first + 4);

        store.runs().snapshot(claim, new Snapshot(3, Samples.bytes("snapshot")));
        assertThat(store.runs().bytes(Samples.RUN)).isEqualTo(first + 12);
        assertThat(store.runs().bytes(Samples.OTHER)).isZero();
    }

    @Test
    void bytes_of_no_length_are_kept() {
        var claim = submit(Samples.RUN);
        store.runs().append(claim, Samples.chapter(3, 1, ""));
        store.runs().snapshot(claim, new Snapshot(3, new byte[0]));

        assertThat(read(3, 1)).containsExactly("3+1 ");
        assertThat(store.runs().snapshot(Samples.RUN).orElseThrow().body()).isEmpty();
    }
}
