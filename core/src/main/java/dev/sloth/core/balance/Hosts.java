package dev.sloth.core.balance;

import java.util.ArrayList;
import java.util.Comparator;
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

    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Place> named = new HashMap<>();

    /// How many orders each has that has any, known or not: what agents have is often found out
    /// before who they are.
    private final Map<String, Integer> load = new HashMap<>();

    private final TreeSet<Place> open = new TreeSet<>(LEAST_BUSY);

    /// One agent. What it is sorted by changes only while it is not in `open`.
    private static final class Place {
        private Host host;
        private boolean connected;
        private int busy;

        Place(Host host) {
            this.host = host;
        }

        double share() {
            return (double) busy / host.slots();
        }

        boolean takes() {
            return connected && host.accepts() && busy < host.slots();
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
            named.remove(place.host.name(), place);
        }
    }

    public void connected(String id, boolean is) {
        change(id, place -> place.connected = is);
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
        change.run();
        if (place.takes()) {
            open.add(place);
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

    /// @param weightless needs no slot
    public Choice choose(Want want, boolean weightless) {
        return want instanceof Want.Named(var name)
                ? ofName(name, weightless)
                : leastBusy(want, weightless);
    }

    private Choice ofName(String name, boolean weightless) {
        var place = named.get(name);
        if (place == null) {
            return new Choice.Nobody("there is no agent '" + name + "'");
        }
        if (!place.connected) {
            return new Choice.Later("the agent '" + name + "' is not connected");
        }
        if (!place.host.accepts()) {
            return new Choice.Later("the agent '" + name + "' takes nothing new");
        }
        if (!weightless && !place.takes()) {
            return new Choice.Later("all slots are in use: " + place.text());
        }
        return new Choice.Chosen(place.host.id(), "it is the one that was asked for");
    }

    private Choice leastBusy(Want want, boolean weightless) {
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
            return new Choice.Chosen(first.host.id(), "the least busy that fits: " + text(fitting));
        }
        return weightless ? anyConnected(want) : none(want);
    }

    private Choice anyConnected(Want want) {
        return places.values().stream()
                .filter(each -> each.connected && each.host.accepts() && want.fits(each.host))
                .min(LEAST_BUSY)
                .<Choice>map(each ->
                        new Choice.Chosen(each.host.id(), "it needs no slot: " + each.text()))
                .orElseGet(() -> none(want));
    }

    private Choice none(Want want) {
        var fitting = places.values().stream().filter(place -> want.fits(place.host)).toList();
        if (fitting.isEmpty()) {
            return new Choice.Nobody("there is no agent that fits: " + want.text());
        }
        long away = fitting.stream().filter(place -> !place.connected).count();
        long idle =
                fitting.stream().filter(place -> place.connected && !place.host.accepts()).count();
        var full =
                fitting.stream()
                        .filter(place -> place.connected && place.host.accepts())
                        .limit(NAMED_MAX)
                        .toList();
        return new Choice.Later(
                "of %d that fit, %d are not connected%s%s"
                        .formatted(
                                fitting.size(),
                                away,
                                idle == 0 ? "" : ", %d take nothing new".formatted(idle),
                                full.isEmpty() ? "" : ", full: " + text(full)));
    }

    private static String text(List<Place> places) {
        return String.join(", ", places.stream().map(Place::text).toList());
    }
}
