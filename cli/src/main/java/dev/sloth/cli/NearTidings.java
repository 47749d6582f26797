package dev.sloth.cli;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.news.Bell;
import dev.sloth.core.store.news.News;
import dev.sloth.master.afar.Place;
import java.time.Duration;
import java.util.List;

/// What the store of this machine says: that somebody has written, or that time has passed, since
/// output comes without news.
final class NearTidings implements RunTidings {
    private static final Duration LONGEST = Duration.ofMillis(200);

    private final Bell bell = new Bell();
    private final KeptPlaces places;
    private final RunId run;
    private final News.Listening listening;
    private long heard;

    NearTidings(Store store, RunId run) {
        this.places = new KeptPlaces(store);
        this.run = run;
        this.listening = store.pages().listen(bell::ring);
    }

    @Override
    public List<Place.Of> await() throws InterruptedException {
        bell.await(heard, LONGEST);
        heard = bell.rings();
        return places.of(run);
    }

    @Override
    public void close() {
        listening.close();
    }
}
