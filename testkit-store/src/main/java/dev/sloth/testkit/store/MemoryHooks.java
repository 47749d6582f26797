package dev.sloth.testkit.store;

import dev.sloth.core.store.event.DeliveryRow;
import dev.sloth.core.store.event.DeliveryRow.State;
import dev.sloth.core.store.event.HookRow;
import dev.sloth.core.store.event.HookStore;
import dev.sloth.core.store.event.Position;
import dev.sloth.testkit.store.MemoryEvents.Told;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Hooks and what they are to be told, in memory.
final class MemoryHooks implements HookStore {
    private final Tables tables;

    MemoryHooks(Tables tables) {
        this.tables = tables;
    }

    private Told told() {
        return tables.disk().told;
    }

    private long next(Edit edit) {
        long number = told().number + 1;
        edit.<Long>set("number", () -> told().number, n -> told().number = n, number);
        return number;
    }

    private Stream<HookRow> of(String space) {
        return told().hooks.values().stream().filter(hook -> hook.space().equals(space));
    }

    private Optional<HookRow> there(String space, String name) {
        return of(space).filter(hook -> hook.name().equals(name)).findFirst();
    }

    @Override
    public Added add(HookRow hook, int limit) {
        return tables.write(edit -> {
            if (there(hook.space(), hook.name()).isPresent()) {
                return Added.TAKEN;
            }
            if (of(hook.space()).count() >= limit) {
                return Added.FULL;
            }
            long number = next(edit);
            edit.put("add hook", told().hooks, number, hook.numbered(number));
            return Added.ADDED;
        });
    }

    @Override
    public boolean remove(String space, String name) {
        return tables.write(edit -> {
            var hook = there(space, name);
            hook.ifPresent(found -> {
                of(found.number()).forEach(d -> removed(edit, d));
                edit.remove("remove hook", told().hooks, found.number());
            });
            return hook.isPresent();
        });
    }

    private void removed(Edit edit, DeliveryRow delivery) {
        edit.remove("remove delivery", told().deliveries, delivery.number());
    }

    private List<DeliveryRow> of(long hook) {
        return told().deliveries.values().stream().filter(d -> d.hook() == hook).toList();
    }

    @Override
    public Optional<HookRow> find(String space, String name) {
        return tables.read("find hook", _ -> there(space, name));
    }

    @Override
    public List<HookRow> list(String space) {
        return tables.read(
                "list hooks",
                disk ->
                        disk.told.hooks.values().stream()
                                .filter(hook -> hook.space().equals(space))
                                .sorted(Comparator.comparing(HookRow::name))
                                .toList());
    }

    @Override
    public boolean change(HookRow hook) {
        return tables.write(edit -> {
            var there = Optional.ofNullable(told().hooks.get(hook.number()));
            there.ifPresent(before -> {
                boolean wakes = hook.enabled() && !before.enabled();
                put(edit, before.changed(hook).at(wakes ? hook.position() : before.position()));
            });
            return there.isPresent();
        });
    }

    @Override
    public boolean enable(String space, String name, boolean on, Position position) {
        return tables.write(edit -> {
            var hook = there(space, name);
            hook.ifPresent(found -> put(edit, found.enabled(on).at(position)));
            return hook.isPresent();
        });
    }

    private void put(Edit edit, HookRow hook) {
        edit.put("put hook", told().hooks, hook.number(), hook);
    }

    @Override
    public boolean advance(HookRow hook, Position next, List<DeliveryRow> owed) {
        return tables.write(edit -> {
            var found = Optional.ofNullable(told().hooks.get(hook.number()));
            if (found.filter(h -> h.enabled() && h.position().equals(hook.position())).isEmpty()) {
                return false;
            }
            put(edit, found.get().at(next));
            for (var delivery : owed) {
                put(edit, delivery.numbered(next(edit)));
            }
            return true;
        });
    }

    private void put(Edit edit, DeliveryRow delivery) {
        edit.put("put delivery", told().deliveries, delivery.number(), delivery);
    }

    @Override
    public List<DeliveryRow> take(long hook, String by, Instant now, Instant until, int limit) {
        return tables.write(edit -> {
            var due =
                    pending(hook)
                            .filter(d -> !d.due().isAfter(now) && !d.until().isAfter(now))
                            .filter(this::first)
                            .sorted(
                                    Comparator.comparing(DeliveryRow::due)
                                            .thenComparingLong(DeliveryRow::number))
                            .limit(limit)
                            .map(d -> d.taken(by, until))
                            .toList();
            due.forEach(d -> put(edit, d));
            return due;
        });
    }

    private Stream<DeliveryRow> pending(long hook) {
        return Optional.ofNullable(told().hooks.get(hook)).filter(HookRow::enabled).stream()
                .flatMap(found -> of(found.number()).stream())
                .filter(d -> d.state() == State.PENDING);
    }

    private boolean first(DeliveryRow delivery) {
        return of(delivery.hook()).stream()
                .filter(d -> d.state() == State.PENDING && d.number() < delivery.number())
                .noneMatch(d -> d.subject().equals(delivery.subject()));
    }

    @Override
    public Instant nextDue(long hook) {
        return tables.read(
                "find next delivery",
                _ ->
                        pending(hook)
                                .filter(this::first)
                                .map(d -> d.due().isAfter(d.until()) ? d.due() : d.until())
                                .min(Comparator.naturalOrder())
                                .orElse(Instant.MAX));
    }

    private Optional<DeliveryRow> owned(long number, String by) {
        return Optional.ofNullable(told().deliveries.get(number))
                .filter(d -> d.state() == State.PENDING && d.owner().equals(by));
    }

    @Override
    public boolean tried(DeliveryRow after, String by) {
        return tables.write(edit -> {
            var found = owned(after.number(), by);
            found.ifPresent(d ->
                    put(
                            edit,
                            d.tried(
                                    after.state(),
                                    after.attempts(),
                                    after.due(),
                                    after.message(),
                                    after.output())));
            return found.isPresent();
        });
    }

    @Override
    public void passOver(DeliveryRow delivery, String by) {
        tables.write(edit -> {
            owned(delivery.number(), by).ifPresent(d -> removed(edit, d));
            return true;
        });
    }

    @Override
    public Set<String> owners() {
        return tables.read(
                "list owners of deliveries",
                disk ->
                        disk.told.deliveries.values().stream()
                                .filter(d -> d.state() == State.PENDING)
                                .map(DeliveryRow::owner)
                                .filter(owner -> !owner.isEmpty())
                                .collect(Collectors.toSet()));
    }

    @Override
    public int release(String owner) {
        return tables.write(edit -> {
            var its =
                    told().deliveries.values().stream()
                            .filter(d -> d.state() == State.PENDING && d.owner().equals(owner))
                            .toList();
            its.forEach(d -> put(edit, d.taken("", Instant.MIN)));
            return its.size();
        });
    }

    @Override
    public int count(long hook, State state) {
        return tables.read(
                "count deliveries",
                _ -> (int) of(hook).stream().filter(d -> d.state() == state).count());
    }

    @Override
    public List<DeliveryRow> deliveries(long hook, Set<State> states, int limit) {
        return tables.read(
                "list deliveries",
                _ ->
                        of(hook).reversed().stream()
                                .filter(d -> states.contains(d.state()))
                                .limit(limit)
                                .toList());
    }

    @Override
    public List<Long> retry(String space, List<Long> numbers, Instant now) {
        return withDead(
                space,
                numbers,
                (edit, d) -> put(edit, d.tried(State.PENDING, 0, now, d.message(), d.output())));
    }

    /// Does something with all of them, or nothing.
    private List<Long> withDead(
            String space, List<Long> numbers, BiConsumer<Edit, DeliveryRow> deed) {
        return tables.write(edit -> {
            var none = numbers.stream().filter(n -> dead(space, n).isEmpty()).toList();
            if (none.isEmpty()) {
                numbers.forEach(n -> dead(space, n).ifPresent(d -> deed.accept(edit, d)));
            }
            return none;
        });
    }

    private Optional<DeliveryRow> dead(String space, long number) {
        return Optional.ofNullable(told().deliveries.get(number))
                .filter(d -> d.state() == State.DEAD)
                .filter(d -> of(space).anyMatch(hook -> hook.number() == d.hook()));
    }

    @Override
    public List<Long> drop(String space, List<Long> numbers) {
        return withDead(space, numbers, this::removed);
    }

    @Override
    public int sweep(long hook, int doneKept, int deadKept) {
        return tables.write(edit -> {
            int _ = swept(edit, hook, State.DONE, doneKept);
            return swept(edit, hook, State.DEAD, deadKept);
        });
    }

    private int swept(Edit edit, long hook, State state, int kept) {
        var those = of(hook).stream().filter(d -> d.state() == state).toList();
        var gone = those.subList(0, Math.max(0, those.size() - kept));
        gone.forEach(d -> removed(edit, d));
        return gone.size();
    }
}
