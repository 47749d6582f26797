package dev.sloth.core.dispatch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which session each agent has, if any. Remembers those that are over: what comes late from one
/// must not pass for news.
final class Sessions {
    private final Map<String, Long> newest = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    /// @return false when the agent has had that session, or a later one
    boolean begins(String host, long epoch) {
        if (newest.getOrDefault(host, 0L) >= epoch) {
            return false;
        }
        newest.put(host, epoch);
        open.add(host);
        return true;
    }

    /// @return false when that is not the session that the agent has
    boolean ends(String host, long epoch) {
        return isCurrent(host, epoch) && open.remove(host);
    }

    void gone(String host) {
        newest.remove(host);
        open.remove(host);
    }

    /// The epoch of the session that it has.
    Optional<Long> of(String host) {
        return open.contains(host) ? Optional.ofNullable(newest.get(host)) : Optional.empty();
    }

    boolean isCurrent(String host, long epoch) {
        return of(host).filter(current -> current == epoch).isPresent();
    }
}
