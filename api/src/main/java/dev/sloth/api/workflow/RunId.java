package dev.sloth.api.workflow;

/// The id of a run, never used again.
public record RunId(String text) {
    @Override
    public String toString() {
        return text;
    }
}
