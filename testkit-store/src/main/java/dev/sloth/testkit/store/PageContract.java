package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.store.PageStore.KeptPage;
import dev.sloth.core.store.Store;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// The journals of all runs as one.
abstract class PageContract extends Opened {
    private static final int ALL = 100;

    PageContract(Supplier<Store> opening) {
        super(opening);
    }

    private static List<String> bodies(List<KeptPage> pages) {
        return pages.stream().map(page -> page.run() + " " + page.page().first()).toList();
    }

    private void three() {
        var one = submit(Samples.RUN);
        submit(Samples.OTHER);
        store.runs().append(one, chapter(3));
    }

    @Test
    void pages_of_all_runs_come_in_the_order_in_which_they_were_kept() {
        three();

        var pages = another().pages().behind(0, ALL);
        assertThat(bodies(pages))
                .containsExactly(Samples.RUN + " 1", Samples.OTHER + " 1", Samples.RUN + " 3");
        assertThat(pages.getFirst().workflow()).isEqualTo("deploy");
        assertThat(pages.getLast().page().body()).isEqualTo(Samples.bytes("e3"));
        assertThat(bodies(store.pages().behind(pages.get(0).number(), 1)))
                .containsExactly(Samples.OTHER + " 1");
        assertThat(bodies(store.pages().before(Long.MAX_VALUE, 2)))
                .containsExactly(Samples.RUN + " 3", Samples.OTHER + " 1");
        assertThat(store.pages().before(pages.getFirst().number(), ALL)).isEmpty();
        assertThat(store.pages().last()).isEqualTo(pages.getLast().number());
    }

    @Test
    void a_number_is_never_used_again_whatever_is_deleted() {
        assertThat(store.pages().last()).isZero();
        var claim = submit(Samples.RUN);
        end(claim, 3);
        long last = store.pages().last();
        store.runs().delete(Samples.RUN);

        assertThat(store.pages().behind(0, ALL)).isEmpty();
        submit(Samples.OTHER);
        assertThat(store.pages().behind(last, ALL)).hasSize(1);
    }

    @Test
    void who_listens_is_told_of_pages_that_others_keep() throws InterruptedException {
        var told = new Semaphore(0);
        try (var _ = another().pages().listen(told::release)) {
            submit(Samples.RUN);
            assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
