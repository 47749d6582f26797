package dev.sloth.api.workflow;

/// Something wrong with what a user gave us: a stable code such as `SLOTH-1042`, one sentence of
/// cause, where, and one sentence of remedy (empty when the cause says it all).
public record Problem(String code, String message, Span at, String remedy) {
    @Override
    public String toString() {
        var where = at.toString();
        return (where.isEmpty() ? "" : where + ": ") + message + " [" + code + "]";
    }
}
