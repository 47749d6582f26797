package dev.sloth.core.security.audit;

import dev.sloth.api.workflow.Problem;
import dev.sloth.core.store.cluster.AuditRow;
import java.time.Instant;

/// Something that somebody is about to do.
///
/// @param who the URI of their certificate, or what stands for it
/// @param address where they call from
/// @param what the call
public record Deed(String who, String address, String what) {
    /// What callers say of themselves is not kept at any length.
    private static final int TEXT_MAX = 256;

    public Deed {
        who = kept(who);
        address = kept(address);
        what = kept(what);
    }

    /// The last part of who they are, for people.
    public String name() {
        return who.substring(who.lastIndexOf('/') + 1);
    }

    /// That it was done, to be kept in the transaction that does it.
    ///
    /// @param object what it was done to
    /// @param outcome what came of it; no secret
    public AuditRow done(Instant at, String object, String outcome) {
        return row(at, object, true, "", outcome);
    }

    AuditRow not(Instant at, String object, boolean allowed, Problem why) {
        return row(at, object, allowed, why.code(), why.message());
    }

    private AuditRow row(Instant at, String object, boolean allowed, String code, String outcome) {
        return new AuditRow(
                0, at, who, address, what, kept(object), allowed, code, kept(outcome), 1);
    }

    private static String kept(String text) {
        var cut = text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
