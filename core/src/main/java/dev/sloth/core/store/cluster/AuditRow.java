package dev.sloth.core.store.cluster;

import java.time.Instant;

/// What somebody did or was refused. It is written once and never changed.
///
/// @param number grows from row to row; 0 before it is kept
/// @param who the URI of their certificate, or what stands for it
/// @param what the call
/// @param object what it was about; empty when that is not known
/// @param allowed whether they may do it
/// @param code why it was not done; empty when it was
/// @param outcome what came of it, for people
/// @param times how often; more than once only for what was refused
public record AuditRow(
        long number,
        Instant at,
        String who,
        String address,
        String what,
        String object,
        boolean allowed,
        String code,
        String outcome,
        long times) {
    public AuditRow numbered(long given) {
        return new AuditRow(given, at, who, address, what, object, allowed, code, outcome, times);
    }

    /// The same, about that.
    public AuditRow about(String other) {
        return new AuditRow(number, at, who, address, what, other, allowed, code, outcome, times);
    }

    /// The same, so many times more by then.
    public AuditRow repeated(long more, Instant then) {
        return new AuditRow(0, then, who, address, what, object, allowed, code, outcome, more);
    }
}
