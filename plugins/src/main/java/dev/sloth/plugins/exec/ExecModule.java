package dev.sloth.plugins.exec;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Processes.Ended;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Failures;
import dev.sloth.plugins.value.PaidProcesses;
import dev.sloth.plugins.value.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// The module `exec`.
public final class ExecModule {
    /// What shells give for a command that cannot be started.
    private static final int NOT_STARTED = 127;

    private ExecModule() {}

    public static Module module() {
        return Module.named("exec", "Runs commands.").functions(run("run"), run("sh"));
    }

    private static Function run(String name) {
        return Function.named(name)
                .doc(
                        "Runs a command and waits for it. A text is run by a shell, a list as"
                                + " program and arguments without one. The result reads as what the"
                                + " command wrote, and has the fields success, stdout, stderr,"
                                + " exit_code, output, error and code. All may be given in one"
                                + " table, as cmd or command beside the options.")
                .param("cmd", Type.STRING_OR_TABLE, "The command.")
                .param(
                        Parameter.optional("options", Type.TABLE, "How to run it.")
                                .options(options()))
                .returns("result", Type.STRING, "Its output, with fields.")
                .returnsOrNil("error", Type.STRING, "Nil if it succeeded, else what went wrong.")
                .returns("failed", Type.BOOLEAN, "Whether it failed.")
                .needs(Permission.EXEC)
                .example(
                        "local out, err = exec."
                                + name
                                + "(\"make test\", {workdir = \"src\", timeout = \"5m\"})")
                .body(ExecModule::run);
    }

    private static Parameter[] options() {
        return new Parameter[] {
            Parameter.optional(
                    "workdir", Type.STRING, "Where to run it, from the task's workdir if nil."),
            Parameter.optional("env", Type.TABLE, "More environment variables, by name."),
            Parameter.optional("timeout", Type.DURATION, "When to kill it with all its children."),
            Parameter.optional("user", Type.STRING, "As which user to run it."),
            Parameter.optional("shell", Type.STRING, "Which shell runs a text."),
            Parameter.optional("stdin", Type.STRING, "What it reads."),
            Parameter.optional("quiet", Type.BOOLEAN, "Whether its lines stay out of the log."),
            Parameter.optional("stream", Type.BOOLEAN, "False is the same as quiet."),
        };
    }

    private static List<Value> run(Call call) throws InterruptedException {
        var command = CommandLine.read(call);
        try {
            var ended = call.host().blocking(() -> new PaidProcesses(call).run(command));
            return results(ended, error(ended, command.timeout()));
        } catch (IOException e) {
            var message = Failures.sentence(e);
            var stderr = message.getBytes(StandardCharsets.UTF_8);
            var none = new Ended(NOT_STARTED, new byte[0], stderr, false, false, Duration.ZERO);
            return results(none, message);
        }
    }

    /// Empty when it succeeded.
    private static String error(Ended ended, Duration timeout) {
        if (ended.timedOut()) {
            return "timed out after " + Shown.number(timeout.toMillis() / 1e3) + "s";
        }
        if (ended.exitCode() == 0) {
            return "";
        }
        var stderr = new String(ended.stderr(), StandardCharsets.UTF_8).strip();
        return stderr.isEmpty() ? "exit status " + ended.exitCode() : stderr;
    }

    private static List<Value> results(Ended ended, String error) {
        boolean success = error.isEmpty();
        var stdout = Text.ofBytes(ended.stdout());
        var stderr = Text.ofBytes(ended.stderr());
        var code = new Value.Num(ended.exitCode());
        var result =
                stdout.with(
                        List.of(
                                field("success", Value.Bool.of(success)),
                                field("stdout", stdout),
                                field("stderr", stderr),
                                field("exit_code", code),
                                field("output", stdout),
                                field("error", success ? stderr : Text.of(error)),
                                field("code", code),
                                field("timed_out", Value.Bool.of(ended.timedOut())),
                                field("truncated", Value.Bool.of(ended.truncated()))));
        return List.of(result, success ? Value.Nil.NIL : Text.of(error), Value.Bool.of(!success));
    }

    private static Value.Entry field(String name, Value value) {
        return new Value.Entry(Text.of(name), value);
    }
}
