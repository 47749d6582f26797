package dev.sloth.wire;

import dev.sloth.wire.proto.AuditEntry;
import java.time.Instant;

/// What somebody did or was refused, as people see it.
///
/// @param number grows from entry to entry
/// @param code why it was not done; empty when it was
/// @param times how often
public record AuditSight(
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
    static AuditSight of(AuditEntry entry) {
        return new AuditSight(
                entry.getNumber(),
                Instant.ofEpochMilli(entry.getAt()),
                entry.getWho(),
                entry.getAddress(),
                entry.getWhat(),
                entry.getObject(),
                entry.getAllowed(),
                entry.getCode(),
                entry.getOutcome(),
                entry.getTimes());
    }

    public AuditEntry message() {
        return AuditEntry.newBuilder()
                .setNumber(number)
                .setAt(at.toEpochMilli())
                .setWho(who)
                .setAddress(address)
                .setWhat(what)
                .setObject(object)
                .setAllowed(allowed)
                .setCode(code)
                .setOutcome(outcome)
                .setTimes(times)
                .build();
    }
}
