package dev.sloth.master.rpc;

import dev.sloth.api.workflow.RunId;
import dev.sloth.wire.proto.PlaceNews;
import dev.sloth.wire.proto.PlaceStand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What somebody who follows a run knows of where its attempts are. For one thread.
final class Whereabouts {
    /// How much is told at once; the rest comes with the next look.
    static final int TOLD_AT_ONCE_MAX = 100;

    private final Places places;
    private final RunId run;
    private final Map<String, Known> told = new HashMap<>();
    private long looked = -1;

    Whereabouts(Places places, RunId run) {
        this.places = places;
        this.run = run;
    }

    /// What is worth telling of; sentences about it change all the time.
    private record Known(PlaceStand stand, boolean away) {
        static Known of(PlaceNews news) {
            return new Known(news.getPlace().getStand(), news.getPlace().getAway());
        }
    }

    /// Those that are elsewhere now than they were told to be.
    List<PlaceNews> news() {
        long changes = places.changes();
        if (changes == looked) {
            return List.of();
        }
        var now = places.of(run);
        told.keySet().retainAll(now.keySet());
        var news = new ArrayList<PlaceNews>();
        now.forEach((order, place) -> {
            var known = Known.of(place);
            if (news.size() < TOLD_AT_ONCE_MAX && !known.equals(told.get(order))) {
                told.put(order, known);
                news.add(place);
            }
        });
        // There may be more that did not fit.
        looked = news.size() < TOLD_AT_ONCE_MAX ? changes : -1;
        return news;
    }
}
