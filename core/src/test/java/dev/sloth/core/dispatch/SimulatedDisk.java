package dev.sloth.core.dispatch;

import dev.sloth.core.balance.Host;
import dev.sloth.core.store.cluster.OrderRow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a master finds again when it starts.
final class SimulatedDisk {
    private final Map<String, OrderRow> rows = new LinkedHashMap<>();
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final Map<String, Long> epochs = new HashMap<>();

    List<OrderRow> rows() {
        return List.copyOf(rows.values());
    }

    Optional<OrderRow> row(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    /// All rows of one step at once, of each order the last.
    void keep(List<Act> acts) {
        var last = new LinkedHashMap<String, Act>();
        for (var act : acts) {
            switch (act) {
                case Act.Keep(var row) -> last.put(row.id(), act);
                case Act.Drop(var id) -> last.put(id, act);
                case Act.Message _, Act.Answer _ -> {}
            }
        }
        last.forEach((id, act) -> {
            if (act instanceof Act.Keep(var row)) {
                rows.put(id, row);
            } else {
                rows.remove(id);
            }
        });
    }

    List<Host> hosts() {
        return List.copyOf(hosts.values());
    }

    Optional<Host> host(String id) {
        return Optional.ofNullable(hosts.get(id));
    }

    void put(Host host) {
        hosts.put(host.id(), host);
    }

    void remove(String host) {
        hosts.remove(host);
    }

    long nextEpoch(String host) {
        return epochs.merge(host, 1L, Long::sum);
    }
}
