package dev.sloth.cli;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.core.run.HostShare;
import dev.sloth.master.afar.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the attempts of a run are that agents do, in sentences for who follows it: each is told
/// once, when it begins to hold. What is known of an attempt before its beginning was shown waits
/// for that. For one thread.
final class Delegations {
    /// Of how many agents of one attempt it is told one by one.
    static final int AGENTS_TOLD_MAX = 10;

    private static final String WAITS = "it waits: ";

    private final Map<AttemptId, Doing> all = new HashMap<>();

    /// Of which nothing more is told: what is heard late would be told after their end.
    private final Set<AttemptId> over = new HashSet<>();

    /// Something to tell of an attempt.
    ///
    /// @param begins whether it is that it has begun
    record Told(String text, boolean begins) {}

    /// What is known of one attempt.
    private static final class Doing {
        private final int number;
        private final Map<String, Place> places = new LinkedHashMap<>();
        private final Map<String, Place> toTell = new LinkedHashMap<>();
        private final Set<String> startedOn = new HashSet<>();
        private boolean shown;
        private boolean tooMany;

        Doing(int number) {
            this.number = number;
        }
    }

    private Doing doing(AttemptId id) {
        return all.computeIfAbsent(id, _ -> new Doing(id.number()));
    }

    /// Its beginning is shown now.
    List<Told> assigned(AttemptId id) {
        var doing = doing(id);
        doing.shown = true;
        var told = new ArrayList<Told>();
        doing.toTell.values().forEach(place -> told.addAll(tell(doing, place)));
        doing.toTell.clear();
        return told;
    }

    List<Told> placed(Place.Of news) {
        if (over.contains(news.attempt())) {
            return List.of();
        }
        var doing = doing(news.attempt());
        if (!doing.shown) {
            doing.toTell.put(news.place().agent(), news.place());
            return List.of();
        }
        return tell(doing, news.place());
    }

    /// Something has come of it from an agent, so it has begun there.
    List<Told> begun(AttemptId id, String agent) {
        return over.contains(id) ? List.of() : started(doing(id), agent);
    }

    /// An agent has said how it ended there: one that was away is back with that, and may not be
    /// seen with the attempt any more.
    List<Told> answered(AttemptId id, String agent) {
        var doing = all.get(id);
        if (doing == null) {
            return List.of();
        }
        var told = new ArrayList<Told>();
        doing.places.replaceAll((_, place) -> {
            if (place.stand() != Place.Stand.AWAY || !place.on().equals(agent)) {
                return place;
            }
            told.addAll(back(place));
            return place.over();
        });
        return told;
    }

    /// Whether it was the agent that said how it ended there. Of one that was cancelled that is not
    /// known.
    static boolean isAnswer(HostShare share) {
        return switch (share.outcome().status()) {
            case UNKNOWN, CANCELLED -> false;
            case SUCCEEDED, FAILED, TIMED_OUT, SKIPPED, ABORTED -> share.givenAt().isPresent();
        };
    }

    void ended(AttemptId id) {
        all.remove(id);
        over.add(id);
    }

    private static List<Told> tell(Doing doing, Place now) {
        if (now.stand() == Place.Stand.OVER) {
            // Whether the agent came back for that, or was given up, the end itself says.
            return List.of();
        }
        var before = doing.places.get(now.agent());
        if (before == null && doing.places.size() >= AGENTS_TOLD_MAX) {
            return more(doing);
        }
        doing.places.put(now.agent(), now);
        boolean wasAway = before != null && before.stand() == Place.Stand.AWAY;
        return switch (now.stand()) {
            case WAITS -> waits(before, now);
            case AWAY -> wasAway ? List.of() : away(doing, now);
            case SENT -> wasAway ? back(now) : List.of();
            case TAKEN -> {
                var told = new ArrayList<>(wasAway ? back(now) : List.<Told>of());
                told.addAll(started(doing, now.on()));
                yield told;
            }
            case OVER -> List.of();
        };
    }

    /// It may have begun before it was heard of: nothing of it is told before its beginning.
    private static List<Told> away(Doing doing, Place now) {
        var told = new ArrayList<>(started(doing, now.on()));
        told.add(new Told(now.outlook(), false));
        return told;
    }

    private static List<Told> more(Doing doing) {
        if (doing.tooMany) {
            return List.of();
        }
        doing.tooMany = true;
        return List.of(new Told("and on more agents, of which it is not told one by one", false));
    }

    private static List<Told> waits(@Nullable Place before, Place now) {
        boolean known =
                before != null
                        && before.stand() == Place.Stand.WAITS
                        && before.away() == now.away();
        if (known) {
            return List.of();
        }
        return List.of(new Told(waiting(now), false));
    }

    /// What an attempt waits for that no agent has yet.
    static String waiting(Place now) {
        var whom = now.agent().isEmpty() ? "an agent" : now.agent();
        var why = now.why().startsWith(WAITS) ? now.why().substring(WAITS.length()) : now.why();
        var outlook = now.outlook().isEmpty() ? "" : "; " + now.outlook();
        return "waits for %s: %s%s".formatted(whom, why, outlook);
    }

    private static List<Told> back(Place now) {
        return List.of(new Told(back(now.on()), false));
    }

    /// That an agent which was away is not any more.
    static String back(String agent) {
        return "the agent %s is back".formatted(agent);
    }

    private static List<Told> started(Doing doing, String agent) {
        if (doing.startedOn.contains(agent)) {
            return List.of();
        }
        if (doing.startedOn.size() >= AGENTS_TOLD_MAX) {
            return more(doing);
        }
        doing.startedOn.add(agent);
        var again = doing.number == 1 ? "started" : "started again, attempt " + doing.number + ",";
        return List.of(new Told(again + " on " + agent, true));
    }
}
