package dev.sloth.plugins.value;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Paths as scripts give them: relative ones start at the folder of the task.
public final class GivenPath {
    private GivenPath() {}

    /// @throws CallFailure when the argument is empty or no path
    public static Path of(Call call, String parameter) {
        return of(call.host(), call.text(parameter), parameter);
    }

    /// @param what names the path in messages
    public static Path of(Host host, String given, String what) {
        if (given.isEmpty()) {
            throw new CallFailure(what + " is empty");
        }
        try {
            return host.folder().resolve(given).normalize();
        } catch (InvalidPathException e) {
            throw new CallFailure(what + " is not a path: " + e.getReason(), e);
        }
    }
}
