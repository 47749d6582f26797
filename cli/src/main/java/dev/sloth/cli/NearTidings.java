package dev.sloth.cli;

import dev.sloth.core.store.PageStore;
import dev.sloth.core.store.news.Bell;
import dev.sloth.core.store.news.News;
import java.time.Duration;

/// What the store of this machine says: that somebody has written, or that time has passed, since
/// output comes without news.
final class NearTidings implements RunTidings {
    private static final Duration LONGEST = Duration.ofMillis(200);

    private final Bell bell = new Bell();
    private final News.Listening listening;
    private long heard;

    NearTidings(PageStore pages) {
        this.listening = pages.listen(bell::ring);
    }

    @Override
    public void await() throws InterruptedException {
        bell.await(heard, LONGEST);
        heard = bell.rings();
    }

    @Override
    public void close() {
        listening.close();
    }
}
