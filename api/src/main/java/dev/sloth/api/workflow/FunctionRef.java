package dev.sloth.api.workflow;

/// Names a function of a script in a way that finds it again in another load of the same script,
/// such as `task build command` or `workflow deploy on_complete`.
public record FunctionRef(String path) {
    @Override
    public String toString() {
        return path;
    }
}
