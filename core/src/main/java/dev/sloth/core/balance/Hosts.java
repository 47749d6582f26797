package dev.sloth.core.balance;

import dev.sloth.core.balance.Considered.Obstacle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// All agents and how busy they are. For one thread.
public final class Hosts {
    /// How many of those who fit are named in the reasons for a choice.
    private static final int NAMED_MAX = 5;

    /// Those who can take something, the least busy first; of equals the one of the smaller name.
    private static final Comparator<Place> LEAST_BUSY =
            Comparator.comparingDouble(Place::share)
                    .thenComparing(place -> place.host.name())
                    .thenComparing(place -> place.host.id());

    private static final Comparator<Place> BY_NAME =
            Comparator.comparing((Place place) -> place.host.name())
                    .thenComparing(place -> place.host.id());

    private static final String NONE = "there is no agent at all";

    /// As when somebody selects agents for a command; docs/cluster.md lists it.
    private static final String NOBODY_FITS = "SLOTH-4762";

    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Place> named = new HashMap<>();

    /// How many orders each has that has any, known or not: what agents have is often found out
    /// before who they are.
    private final Map<String, Integer> load = new HashMap<>();

    private final TreeSet<Place> open = new TreeSet<>(LEAST_BUSY);

    /// Those, and also the ones that can take only what needs no slot.
    private final TreeSet<Place> listening = new TreeSet<>(LEAST_BUSY);

    /// One agent. What it is sorted by changes only while it is not in those sets.
    private static final class Place {
        private Host host;
        private boolean connected;
        private boolean closed;
        private Optional<Instant> awaySince = Optional.empty();
        private int busy;

        Place(Host host) {
            this.host = host;
        }

        double share() {
            return (double) busy / host.slots();
        }

        boolean listens() {
            return connected && accepts();
        }

        boolean accepts() {
            return host.accepts() && !closed;
        }

        boolean takes() {
            return listens() && busy < host.slots();
        }

        String text() {
            return "%s %d/%d".formatted(host.name(), busy, host.slots());
        }
    }

    /// There is such an agent, or it is another now than it was.
    public void known(Host host) {
        var place = places.computeIfAbsent(host.id(), _ -> new Place(host));
        changing(
                place,
                () -> {
                    named.remove(place.host.name(), place);
                    place.host = host;
                    place.busy = load.getOrDefault(host.id(), 0);
                    named.put(host.name(), place);
                });
    }

    /// It is gone for ever.
    public void gone(String id) {
        var place = places.remove(id);
        if (place != null) {
            open.remove(place);
            listening.remove(place);
            named.remove(place.host.name(), place);
        }
    }

    public void connected(String id, boolean is) {
        change(
                id,
                place -> {
                    place.connected = is;
                    place.awaySince = Optional.empty();
                });
    }

    /// It is not connected any more.
    public void away(String id, Instant since) {
        change(
                id,
                place -> {
                    place.connected = false;
                    place.awaySince = Optional.of(since);
                });
    }

    /// Since when the agent of this name is away; nothing when it is here, or that is not known.
    public Optional<Instant> awaySince(String name) {
        return Optional.ofNullable(named.get(name)).flatMap(place -> place.awaySince);
    }

    /// Whether it takes nothing new until the opposite is said, whatever else is known of it.
    public void closed(String id, boolean is) {
        change(id, place -> place.closed = is);
    }

    /// It has something more to do.
    public void took(String id) {
        load.merge(id, 1, Integer::sum);
        change(id, place -> place.busy = load.getOrDefault(id, 0));
    }

    /// It has something less to do.
    public void gave(String id) {
        load.computeIfPresent(id, (_, many) -> many == 1 ? null : many - 1);
        change(id, place -> place.busy = load.getOrDefault(id, 0));
    }

    @FunctionalInterface
    private interface Change {
        void on(Place place);
    }

    private void change(String id, Change change) {
        var place = places.get(id);
        if (place != null) {
            changing(place, () -> change.on(place));
        }
    }

    private void changing(Place place, Runnable change) {
        open.remove(place);
        listening.remove(place);
        change.run();
        if (place.takes()) {
            open.add(place);
        }
        if (place.listens()) {
            listening.add(place);
        }
    }

    public boolean isConnected(String id) {
        var place = places.get(id);
        return place != null && place.connected;
    }

    /// What people call it.
    public Optional<String> name(String id) {
        return Optional.ofNullable(places.get(id)).map(place -> place.host.name());
    }

    /// Goes through all agents when nobody can take it; [#taker] and [#anyFits] do not, as a rule.
    ///
    /// @param weightless needs no slot
    public Choice choose(Want want, boolean weightless) {
        return taker(want, weightless)
                .<Choice>map(chosen -> chosen)
                .orElseGet(() -> anyFits(want) ? later(want) : nobody(want));
    }

    /// Who can take it now.
    ///
    /// @param weightless needs no slot
    public Optional<Choice.Chosen> taker(Want want, boolean weightless) {
        return want instanceof Want.Named(var name)
                ? ofName(name, weightless)
                : leastBusy(want, weightless);
    }

    /// Whether there is somebody, connected or not.
    public boolean anyFits(Want want) {
        return want instanceof Want.Named(var name)
                ? named.containsKey(name)
                : places.values().stream().anyMatch(place -> want.fits(place.host));
    }

    /// All agents by why they are out, those that fit first. Goes through all of them.
    ///
    /// @param named how many are named at most for each reason
    public List<Considered> considered(Want want, boolean weightless, int named) {
        var byReason = new EnumMap<Obstacle, List<Place>>(Obstacle.class);
        for (var place : places.values()) {
            byReason.computeIfAbsent(obstacle(place, want, weightless), _ -> new ArrayList<>())
                    .add(place);
        }
        return byReason.entrySet().stream()
                .map(each -> considered(each.getKey(), each.getValue(), want, named))
                .toList();
    }

    private static Considered considered(Obstacle obstacle, List<Place> all, Want want, int named) {
        var first =
                all.stream()
                        .sorted(BY_NAME)
                        .limit(named)
                        .map(place ->
                                new Considered.Named(
                                        place.host.name(),
                                        "%d/%d".formatted(place.busy, place.host.slots())))
                        .toList();
        var text = obstacle.text(all.size());
        var why = obstacle == Obstacle.UNFIT ? text + ", " + want.text() : text;
        return new Considered(obstacle, all.size(), why, first);
    }

    private static Obstacle obstacle(Place place, Want want, boolean weightless) {
        if (!want.fits(place.host)) {
            return Obstacle.UNFIT;
        }
        if (!place.connected) {
            return Obstacle.AWAY;
        }
        if (!place.accepts()) {
            return Obstacle.IDLE;
        }
        return weightless || place.takes() ? Obstacle.NONE : Obstacle.FULL;
    }

    private Optional<Choice.Chosen> ofName(String name, boolean weightless) {
        return Optional.ofNullable(named.get(name))
                .filter(place -> place.takes() || (weightless && place.listens()))
                .map(place ->
                        new Choice.Chosen(place.host.id(), "it is the one that was asked for"));
    }

    private Optional<Choice.Chosen> leastBusy(Want want, boolean weightless) {
        var fitting = new ArrayList<Place>();
        for (var place : open) {
            if (want.fits(place.host)) {
                fitting.add(place);
                if (fitting.size() == NAMED_MAX) {
                    break;
                }
            }
        }
        if (!fitting.isEmpty()) {
            var first = fitting.getFirst();
            return Optional.of(
                    new Choice.Chosen(
                            first.host.id(), "the least busy that fits: " + text(fitting)));
        }
        return weightless ? anyConnected(want) : Optional.empty();
    }

    private Optional<Choice.Chosen> anyConnected(Want want) {
        return listening.stream()
                .filter(each -> want.fits(each.host))
                .findFirst()
                .map(each -> new Choice.Chosen(each.host.id(), "it needs no slot: " + each.text()));
    }

    private Choice nobody(Want want) {
        var why =
                want instanceof Want.Named(var name)
                        ? "there is no agent '" + name + "'"
                        : "there is no agent that fits: " + want.text();
        return new Choice.Nobody("%s [%s]".formatted(places.isEmpty() ? NONE : why, NOBODY_FITS));
    }

    private Choice later(Want want) {
        return want instanceof Want.Named(var name) ? laterBy(name) : laterByAny(want);
    }

    private Choice laterBy(String name) {
        var place = Optional.ofNullable(named.get(name)).orElseThrow();
        if (!place.connected) {
            return new Choice.Later("the agent '" + name + "' is not connected");
        }
        return new Choice.Later(
                place.accepts()
                        ? "all slots are in use: " + place.text()
                        : "the agent '" + name + "' takes nothing new");
    }

    private Choice laterByAny(Want want) {
        var fitting = places.values().stream().filter(place -> want.fits(place.host)).toList();
        long away = fitting.stream().filter(place -> !place.connected).count();
        long idle = fitting.stream().filter(place -> place.connected && !place.accepts()).count();
        var full = fitting.stream().filter(Place::listens).limit(NAMED_MAX).toList();
        return new Choice.Later(
                "of %d that %s%s%s%s"
                        .formatted(
                                fitting.size(),
                                fitting.size() == 1 ? "fits" : "fit",
                                part(away, "is not connected", "are not connected"),
                                part(idle, "takes nothing new", "take nothing new"),
                                full.isEmpty() ? "" : ", full: " + text(full)));
    }

    private static String part(long count, String one, String several) {
        return count == 0 ? "" : ", %d %s".formatted(count, count == 1 ? one : several);
    }

    private static String text(List<Place> places) {
        return String.join(", ", places.stream().map(Place::text).toList());
    }
}
