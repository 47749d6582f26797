package dev.sloth.testkit.store;

import dev.sloth.core.store.Store;
import dev.sloth.core.store.event.DeliveryRow;
import dev.sloth.core.store.event.DeliveryRow.State;
import dev.sloth.core.store.event.EventRow;
import dev.sloth.core.store.event.HookRow;
import dev.sloth.core.store.event.Position;
import dev.sloth.core.store.event.WatcherRow;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The writes that there are to events, hooks and watchers.
final class ReactionWrites {
    private static final String SPACE = Samples.SPACE;
    private static final String ME = "me";

    private ReactionWrites() {}

    /// A hook that is owed two deliveries, one of them taken by us, and one watcher.
    static void prepare(Store store) {
        store.events().add(event("first"));
        store.hooks().add(hook("there"), 9);
        var hook = found(store);
        store.hooks()
                .advance(hook, new Position(1, 1, 1), List.of(owed(hook, "a"), owed(hook, "b")));
        store.hooks().take(hook.number(), ME, Samples.NOW, Samples.NOW.plusSeconds(9), 1);
        store.watchers().put(watcher("there"), 9);
    }

    static Map<String, Consumer<Store>> all() {
        var all = new LinkedHashMap<String, Consumer<Store>>();
        all.put("tell", s -> s.events().add(event("second")));
        all.put("forget events", s -> s.events().forget(Instant.MAX, 0, 9));
        all.put("add hook", s -> s.hooks().add(hook("new"), 9));
        all.put("remove hook", s -> s.hooks().remove(SPACE, "there"));
        all.put("switch hook", s -> s.hooks().enable(SPACE, "there", false, Position.START));
        all.put(
                "advance hook",
                s ->
                        s.hooks()
                                .advance(
                                        found(s),
                                        new Position(2, 2, 2),
                                        List.of(owed(found(s), "c"))));
        all.put(
                "take",
                s ->
                        s.hooks()
                                .take(
                                        found(s).number(),
                                        "you",
                                        Samples.NOW,
                                        Samples.NOW.plusSeconds(9),
                                        9));
        all.put("try", s -> s.hooks().tried(tried(s), ME));
        all.put("pass over", s -> s.hooks().passOver(taken(s), ME));
        all.put("give back", s -> s.hooks().release(ME));
        all.put("watch", s -> s.watchers().put(watcher("new"), 9));
        all.put("watch no longer", s -> s.watchers().remove(SPACE, List.of("there")));
        return all;
    }

    private static HookRow found(Store store) {
        return store.hooks().find(SPACE, "there").orElseThrow();
    }

    private static DeliveryRow taken(Store store) {
        return store.hooks().deliveries(found(store).number(), Samples.EVERY_STATE, 9).getLast();
    }

    private static DeliveryRow tried(Store store) {
        return taken(store).tried(State.DEAD, 1, Samples.NOW, "it broke", "out");
    }

    private static EventRow event(String type) {
        return new EventRow(0, SPACE, type, "s", "cli", Samples.NOW, "", new byte[1]);
    }

    private static HookRow hook(String name) {
        return new HookRow(
                0,
                SPACE,
                name,
                "/h.lua",
                List.of(),
                "",
                "",
                true,
                Duration.ofSeconds(1),
                3,
                Samples.NOW,
                Position.START);
    }

    private static DeliveryRow owed(HookRow hook, String subject) {
        return new DeliveryRow(
                0,
                hook.number(),
                "e1",
                "t",
                subject,
                "cli",
                Samples.NOW,
                "",
                new byte[1],
                State.PENDING,
                0,
                Samples.NOW,
                "",
                Instant.MIN,
                "",
                "");
    }

    private static WatcherRow watcher(String name) {
        return new WatcherRow(SPACE, name, new byte[1], "ann", Samples.NOW);
    }

    /// All that the store shows of these.
    static String picture(Store store) {
        var out = new StringBuilder();
        for (var event : store.events().behind(SPACE, 0, 1_000)) {
            out.append(event.number()).append(event.type()).append('\n');
        }
        for (var hook : store.hooks().list(SPACE)) {
            out.append(hook).append('\n');
            for (var delivery :
                    store.hooks().deliveries(hook.number(), Samples.EVERY_STATE, 1_000)) {
                out.append(delivery.number())
                        .append(delivery.state())
                        .append(delivery.attempts())
                        .append(delivery.owner())
                        .append(delivery.message())
                        .append('\n');
            }
        }
        for (var watcher : store.watchers().list(SPACE)) {
            out.append(watcher.name()).append('\n');
        }
        return out.toString();
    }
}
