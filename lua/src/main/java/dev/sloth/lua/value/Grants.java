package dev.sloth.lua.value;

import java.util.Set;

/// What a state is allowed beyond the sandbox, each by its name: `io`, `os.execute`, `debug`...
public record Grants(Set<String> names) {
    /// The sandbox.
    public static final Grants NONE = new Grants(Set.of());

    public Grants {
        names = Set.copyOf(names);
    }

    public static Grants of(String... names) {
        return new Grants(Set.of(names));
    }

    /// Whether this name, or the library it belongs to (`os` for `os.exit`), was granted.
    public boolean allows(String name) {
        int dot = name.indexOf('.');
        return names.contains(name) || (dot > 0 && names.contains(name.substring(0, dot)));
    }
}
