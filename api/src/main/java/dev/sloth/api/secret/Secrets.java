package dev.sloth.api.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The secrets of one run, by the names under which its workflow has declared them, and the earlier
/// values of theirs that must not be seen either.
public final class Secrets implements AutoCloseable {
    /// Of a workflow that declares none.
    public static final Secrets NONE = new Secrets(Map.of(), List.of());

    private final Map<String, Secret> named;
    private final List<Secret> earlier;

    /// @param earlier values that a command may still print which was started with them
    public Secrets(Map<String, Secret> named, List<Secret> earlier) {
        this.named = new TreeMap<>(named);
        this.earlier = List.copyOf(earlier);
    }

    public Optional<Secret> named(String name) {
        return Optional.ofNullable(named.get(name));
    }

    public Set<String> names() {
        return Set.copyOf(named.keySet());
    }

    /// All that must not be seen.
    public List<Secret> hidden() {
        var all = new ArrayList<>(named.values());
        all.addAll(earlier);
        return all;
    }

    /// The same, and more earlier values: these here are closed with them.
    public Secrets and(List<Secret> more) {
        var all = new ArrayList<>(earlier);
        all.addAll(more);
        return new Secrets(named, all);
    }

    @Override
    public void close() {
        hidden().forEach(Secret::close);
    }

    @Override
    public String toString() {
        return "secrets " + named.keySet();
    }
}
