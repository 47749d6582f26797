package dev.sloth.dsl;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// Builds `this`: the name is text that can be called too, the workdir is text with functions.
final class This {
    /// Nobody wants a folder so near the root emptied.
    private static final int FOLDER_DEPTH_MIN = 2;

    private final Host host;

    This(Host host) {
        this.host = host;
    }

    Value.Table of(TaskObject task) {
        var table = new DataTable();
        task.more().forEach(table::put);
        var name = Text.of(task.name());
        return table.with("name", name.with(List.of(field("__call", _ -> List.of(name)))))
                .with("workdir", workdir(task.workdir()))
                .with("run_id", task.run())
                .with("attempt", task.attempt())
                .with("agent", task.agent())
                .with("outputs", new DataTable());
    }

    private static Value.Entry field(String name, Value.Callable function) {
        return new Value.Entry(Text.of(name), function);
    }

    private Text workdir(Path folder) {
        var path = Text.of(folder.toString());
        return path.with(
                List.of(
                        field("__call", _ -> List.of(path)),
                        field("get", _ -> List.of(path)),
                        field("path", _ -> List.of(path)),
                        field("exists", _ -> List.of(Value.Bool.of(Files.isDirectory(folder)))),
                        field("ensure", _ -> changed(() -> Files.createDirectories(folder))),
                        field("cleanup", _ -> changed(() -> empty(folder))),
                        field("recreate", _ -> changed(() -> recreate(folder)))));
    }

    /// A change of the file system.
    @FunctionalInterface
    private interface Change {
        Object make() throws IOException;
    }

    private List<Value> changed(Change change) {
        if (!host.granted().contains(Permission.FS)) {
            throw new CallFailure("fs is not permitted in this script");
        }
        try {
            var _ = change.make();
            return List.of(Value.Bool.TRUE);
        } catch (IOException | UncheckedIOException e) {
            return List.of(Value.Bool.FALSE, Text.of(String.valueOf(e.getMessage())));
        }
    }

    private static Path recreate(Path folder) throws IOException {
        var _ = empty(folder);
        return Files.createDirectories(folder);
    }

    /// Removes what is in the folder; links are removed, not followed.
    private static Path empty(Path folder) throws IOException {
        var absolute = folder.toAbsolutePath().normalize();
        if (absolute.getNameCount() < FOLDER_DEPTH_MIN) {
            throw new IOException("will not empty " + absolute);
        }
        if (!Files.isDirectory(absolute)) {
            return absolute;
        }
        try (var walk = Files.walk(absolute)) {
            for (var each : walk.sorted(Comparator.reverseOrder()).toList()) {
                if (!each.equals(absolute)) {
                    Files.delete(each);
                }
            }
        }
        return absolute;
    }
}
