package dev.sloth.core.store.cluster;

import java.time.Instant;

/// Which rows of the audit log are wanted: the newest of those that fit.
///
/// @param since not older than that
/// @param who a part of who did it; empty when anybody
/// @param object a part of what it was about; empty when anything
/// @param before with a smaller number than that
/// @param limit and no more than so many
public record AuditQuery(Instant since, String who, String object, long before, int limit) {
    public boolean matches(AuditRow row) {
        return row.number() < before
                && !row.at().isBefore(since)
                && row.who().contains(who)
                && row.object().contains(object);
    }
}
