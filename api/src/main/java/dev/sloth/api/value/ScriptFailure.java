package dev.sloth.api.value;

import java.util.List;

/// A script's function raised an error. `value` is what it raised; `traceback` names the places,
/// innermost first.
public final class ScriptFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Value value;
    private final transient List<String> traceback;

    public ScriptFailure(String message, Value value, List<String> traceback, Throwable cause) {
        super(message, cause);
        this.value = value;
        this.traceback = List.copyOf(traceback);
    }

    public Value value() {
        return value;
    }

    public List<String> traceback() {
        return traceback;
    }
}
