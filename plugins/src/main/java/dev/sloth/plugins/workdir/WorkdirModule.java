package dev.sloth.plugins.workdir;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.fs.Trees;
import dev.sloth.plugins.value.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/// The module `workdir`.
public final class WorkdirModule {
    /// Does something to the workdir.
    private interface Act {
        void run() throws IOException;
    }

    private WorkdirModule() {}

    public static Module module() {
        return Module.named("workdir", "The directory in which the task works.")
                .functions(get(), exists(), ensure(), cleanup(), recreate());
    }

    private static Function get() {
        return Function.named("get")
                .doc("Gives the path of the workdir.")
                .returns("path", Type.STRING, "The absolute path.")
                .example("log.info(workdir.get())")
                .body(call -> Results.text(call.host().folder().toAbsolutePath().toString()));
    }

    private static Function exists() {
        return Function.named("exists")
                .doc("Says whether the workdir is there.")
                .returns("yes", Type.BOOLEAN, "Whether it is.")
                .needs(Permission.FS)
                .example("if not workdir.exists() then workdir.ensure() end")
                .body(call -> Results.bool(Files.isDirectory(call.host().folder())));
    }

    private static Function.Builder acting(String name) {
        return Function.named(name)
                .returns("ok", Type.BOOLEAN, "Whether it succeeded.")
                .returnsOrNil("error", Type.STRING, "Why not, or nil.")
                .needs(Permission.FS)
                .example("local ok, err = workdir." + name + "()");
    }

    private static List<Value> act(Call call, Act act) throws InterruptedException {
        try {
            return call.host()
                    .blocking(() -> {
                        act.run();
                        return Results.bool(true);
                    });
        } catch (IOException e) {
            return Results.refuse(Failures.sentence(e));
        }
    }

    private static Function ensure() {
        return acting("ensure")
                .doc("Makes the workdir if it is not there; what is in it stays.")
                .body(call -> act(call, () -> Files.createDirectories(call.host().folder())));
    }

    private static Function cleanup() {
        return acting("cleanup")
                .doc("Removes the workdir with all that is in it, unless it holds the project.")
                .body(call -> {
                    var host = call.host();
                    return act(call, () -> Trees.remove(host.folder(), host.project()));
                });
    }

    private static Function recreate() {
        return acting("recreate")
                .doc("Removes all that is in the workdir, unless it holds the project.")
                .body(call -> {
                    var host = call.host();
                    return act(
                            call,
                            () -> {
                                Trees.remove(host.folder(), host.project());
                                Files.createDirectories(host.folder());
                            });
                });
    }
}
