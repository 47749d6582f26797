package dev.sloth.lua.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Says what all fibers of a state wait for when none can wake another.
final class Deadlock {
    /// Different places that are shown; the others are counted.
    private static final int PLACES_SHOWN_MAX = 20;

    private Deadlock() {}

    /// What is to be said of a wait without end, as it is when it is said.
    static Optional<Supplier<String>> wait(String place, Supplier<String> what) {
        return Optional.of(() -> place + what.get());
    }

    /// The host's calls among those that wait, when all wait for ever and none can wake another.
    static List<Fiber> hostsIn(Collection<Fiber> alive) {
        List<Fiber> hosts = new ArrayList<>();
        for (Fiber fiber : alive) {
            if (fiber.waitsFor.isEmpty()) {
                return List.of();
            }
            if (fiber.isHost()) {
                hosts.add(fiber);
            }
        }
        return hosts;
    }

    /// The error: a line for each place and what is waited for there, with how many do.
    static String message(Collection<Fiber> waiting) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (Fiber fiber : waiting) {
            fiber.waitsFor.ifPresent(place -> places.merge(place.get(), 1, Integer::sum));
        }
        var text = new StringBuilder("deadlock: everything waits");
        int shown = 0;
        int hidden = 0;
        for (var place : places.entrySet()) {
            if (shown < PLACES_SHOWN_MAX) {
                shown++;
                text.append("\n\t").append(place.getKey()).append(times(place.getValue()));
            } else {
                hidden += place.getValue();
            }
        }
        return hidden == 0
                ? text.toString()
                : text.append("\n\t... and ").append(hidden).append(" more").toString();
    }

    private static String times(int many) {
        return many == 1 ? "" : " (" + many + " times)";
    }
}
