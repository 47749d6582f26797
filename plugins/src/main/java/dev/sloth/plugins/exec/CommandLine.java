package dev.sloth.plugins.exec;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Processes.Command;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Durations;
import dev.sloth.plugins.value.Lists;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// What to run, read from the arguments of `exec.run`.
final class CommandLine {
    private static final Path BASH = Path.of("/bin/bash");
    private static final String SH = "/bin/sh";

    private CommandLine() {}

    static Command read(Call call) {
        Value cmd = call.value("cmd");
        Value.Table options =
                call.value("options") instanceof Value.Table given ? given : new DataTable();
        if (cmd instanceof Value.Table table && table.length() == 0) {
            var inside = table.at("cmd") == Value.Nil.NIL ? table.at("command") : table.at("cmd");
            cmd = inside;
            options = table;
        }
        var folder = folder(call.host(), options);
        boolean quiet = options.at("quiet").truthy() || options.at("stream") == Value.Bool.FALSE;
        return argv(call, cmd, text(options, "shell"), folder)
                .environment(environment(call, options))
                .timeout(timeout(options))
                .stdin(options.at("stdin") instanceof Text in ? in.bytes() : new byte[0])
                .user(text(options, "user"))
                .quiet(quiet);
    }

    private static Command argv(Call call, Value cmd, String shell, Path folder) {
        if (cmd instanceof Value.Table list && list.length() > 0) {
            var argv = Lists.texts(list, "cmd", call);
            if (argv.getFirst().isEmpty()) {
                throw new CallFailure("cmd[1], the program, is empty");
            }
            return Command.of(argv, folder);
        }
        if (!(cmd instanceof Text) && !(cmd instanceof Value.Num)) {
            throw new CallFailure("cmd is a text or a list of texts, not a " + cmd.type());
        }
        return Command.shell(
                shell.isEmpty() ? usualShell() : shell, Lists.text(cmd, "cmd"), folder);
    }

    private static String usualShell() {
        return Files.isExecutable(BASH) ? BASH.toString() : SH;
    }

    private static Path folder(Host host, Value.Table options) {
        var workdir = text(options, "workdir");
        try {
            return host.folder().resolve(workdir);
        } catch (InvalidPathException e) {
            throw new CallFailure("workdir is not a path: " + e.getReason(), e);
        }
    }

    private static Map<String, String> environment(Call call, Value.Table options) {
        return options.at("env") instanceof Value.Table env
                ? Lists.textFields(env, "env", call)
                : Map.of();
    }

    private static Duration timeout(Value.Table options) {
        var given = options.at("timeout");
        if (given == Value.Nil.NIL) {
            return Duration.ZERO;
        }
        var timeout = Durations.waiting(given, "timeout");
        if (!timeout.isPositive()) {
            throw new CallFailure("timeout must be positive");
        }
        return timeout;
    }

    private static String text(Value.Table options, String name) {
        var given = options.at(name);
        return given == Value.Nil.NIL ? "" : Lists.text(given, name);
    }
}
