package dev.sloth.plugins.db;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// The connections of one script, by name. They are closed with it.
final class Connections implements AutoCloseable {
    /// What a connection is called unless it has a name.
    static final String USUAL = "default";

    private final Map<String, Link> open = new LinkedHashMap<>();

    static Connections of(Host host) {
        return host.keep(Connections.class, Connections::new);
    }

    /// Whether another may be opened under this name.
    void expect(String name) throws IOException {
        open.values().removeIf(Link::isClosed);
        if (open.containsKey(name)) {
            throw new IOException(
                    "a connection called " + name + " is open: close it, or give another name");
        }
        if (open.size() >= Limits.CONNECTIONS_MAX) {
            throw new IOException(Limits.CONNECTIONS_MAX + " connections are open already");
        }
    }

    void put(String name, Link link) {
        open.put(name, link);
    }

    /// The connection that a script means: by name, by handle, or the usual one.
    ///
    /// @throws CallFailure when there is none
    Link meant(Value value) {
        return switch (value) {
            case Value.Handle h when h.target() instanceof Link link -> link;
            case Value.Handle h when h.target() instanceof Transaction tx -> tx.link();
            case Text name -> named(name.toString());
            case Value.Nil _, Value.Table _ -> named(USUAL);
            case Value.Num _, Value.Bool _, Value.Callable _, Value.Handle _ ->
                    throw new CallFailure(
                            "the connection is its name or what db.connect gave, not a "
                                    + value.type());
        };
    }

    private Link named(String name) {
        var link = open.get(name);
        if (link == null) {
            throw new CallFailure("no connection is called " + name + ": db.connect opens one");
        }
        return link;
    }

    @Override
    public void close() {
        open.values().forEach(Link::close);
        open.clear();
    }
}
