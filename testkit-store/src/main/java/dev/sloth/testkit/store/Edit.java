package dev.sloth.testkit.store;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The changes of one operation: each is announced before it is made, and all are taken back when
/// the operation does not come to its end.
final class Edit {
    private final Consumer<String> beforeStatement;
    private final Deque<Runnable> undo = new ArrayDeque<>();

    Edit(Consumer<String> beforeStatement) {
        this.beforeStatement = beforeStatement;
    }

    void step(String name, Runnable act, Runnable back) {
        beforeStatement.accept(name);
        act.run();
        undo.push(back);
    }

    <V> void set(String name, Supplier<V> old, Consumer<V> variable, V value) {
        V before = old.get();
        step(name, () -> variable.accept(value), () -> variable.accept(before));
    }

    <K, V> void put(String name, Map<K, V> table, K key, V value) {
        boolean known = table.containsKey(key);
        V before = table.getOrDefault(key, value);
        step(
                name,
                () -> table.put(key, value),
                () -> {
                    if (known) {
                        table.put(key, before);
                    } else {
                        table.remove(key);
                    }
                });
    }

    <K, V> void remove(String name, Map<K, V> table, K key) {
        beforeStatement.accept(name);
        if (table.containsKey(key)) {
            V before = table.get(key);
            table.remove(key);
            undo.push(() -> table.put(key, before));
        }
    }

    <V> void add(String name, List<V> list, V value) {
        step(name, () -> list.add(value), list::removeLast);
    }

    <V> void include(String name, Collection<V> set, V value) {
        beforeStatement.accept(name);
        if (set.add(value)) {
            undo.push(() -> set.remove(value));
        }
    }

    void takeBack() {
        undo.forEach(Runnable::run);
        undo.clear();
    }
}
