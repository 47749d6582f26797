package dev.sloth.plugins.git;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Processes;
import dev.sloth.api.plugin.Processes.Command;
import dev.sloth.api.plugin.Processes.Ended;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Durations;
import dev.sloth.plugins.value.GivenPath;
import dev.sloth.plugins.value.Lists;
import dev.sloth.plugins.value.PaidProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The git of this machine, in one folder. It may block: it runs a program and waits for it.
record Git(Processes processes, Path folder, Map<String, String> environment, Duration timeout) {
    /// How long one call of git may take unless said otherwise.
    static final Duration TIMEOUT_DEFAULT = Duration.ofMinutes(10);

    private static final List<String> ALWAYS =
            List.of(
                    "git",
                    "-c",
                    "core.fsmonitor=false",
                    "-c",
                    "core.quotePath=false",
                    "-c",
                    "protocol.ext.allow=never",
                    "-c",
                    "advice.detachedHead=false");

    /// What stands behind the message of a tag that was signed.
    private static final Pattern SIGNATURE =
            Pattern.compile("^-----BEGIN (PGP|SSH|SIGNED) .*", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Map<String, String> UNATTENDED =
            Map.of(
                    "LC_ALL",
                    "C.UTF-8",
                    "GIT_TERMINAL_PROMPT",
                    "0",
                    "GIT_ASKPASS",
                    "true",
                    "SSH_ASKPASS",
                    "true",
                    "GIT_SSH_COMMAND",
                    "ssh -o BatchMode=yes",
                    "GIT_EDITOR",
                    "true",
                    "GIT_PAGER",
                    "cat");

    /// The git that a call means, by its parameters `path`, `env` and `timeout`.
    static Git of(Call call) {
        return in(call, call.given("path") ? GivenPath.of(call, "path") : call.host().folder());
    }

    static Git in(Call call, Path folder) {
        var environment = new HashMap<>(UNATTENDED);
        if (call.given("env")) {
            environment.putAll(Lists.textFields(call.table("env"), "env", call));
        }
        return new Git(new PaidProcesses(call), folder, environment, timeout(call));
    }

    private static Duration timeout(Call call) {
        Value given = call.value("timeout");
        var timeout =
                given == Value.Nil.NIL ? TIMEOUT_DEFAULT : Durations.waiting(given, "timeout");
        if (!timeout.isPositive()) {
            throw new CallFailure("timeout must be positive");
        }
        return timeout;
    }

    /// A name that a script gave, which git must not take for an option.
    ///
    /// @throws CallFailure when it would
    static String name(String given, String what) {
        if (given.isEmpty() || given.startsWith("-") || given.chars().anyMatch(c -> c < ' ')) {
            throw new CallFailure(
                    what + " must not be empty, begin with - or hold control characters");
        }
        return given;
    }

    Git at(Path other) {
        return new Git(processes, other, environment, timeout);
    }

    /// Runs it; whether it succeeded or not.
    ///
    /// @throws IOException when there is no git, or it takes too long
    Ended ask(String... arguments) throws IOException, InterruptedException {
        return ask(new byte[0], Arrays.asList(arguments));
    }

    private Ended ask(byte[] stdin, List<String> arguments)
            throws IOException, InterruptedException {
        var argv = new ArrayList<>(ALWAYS);
        argv.addAll(arguments);
        var ended =
                processes.run(
                        Command.of(argv, folder)
                                .environment(environment)
                                .timeout(timeout)
                                .stdin(stdin)
                                .quiet(true));
        if (ended.timedOut()) {
            throw new IOException(
                    "git %s took longer than %d s"
                            .formatted(arguments.getFirst(), timeout.toSeconds()));
        }
        return ended;
    }

    /// What it wrote.
    ///
    /// @throws IOException when it failed, in its own words
    String text(String... arguments) throws IOException, InterruptedException {
        return text(new byte[0], Arrays.asList(arguments));
    }

    String text(byte[] stdin, List<String> arguments) throws IOException, InterruptedException {
        var ended = ask(stdin, arguments);
        if (ended.exitCode() != 0) {
            throw new IOException("git " + arguments.getFirst() + " failed: " + complaint(ended));
        }
        if (ended.truncated()) {
            throw new IOException("git " + arguments.getFirst() + " wrote more than is kept");
        }
        return Address.withoutCredentials(new String(ended.stdout(), StandardCharsets.UTF_8));
    }

    /// The message of a tag, without what it was signed with; empty when it has none.
    String message(String tag) throws IOException, InterruptedException {
        var ref = "refs/tags/" + tag;
        if (!line("cat-file", "-t", ref).equals("tag")) {
            return "";
        }
        return SIGNATURE
                .matcher(text("for-each-ref", "--format=%(contents)", ref))
                .replaceFirst("")
                .strip();
    }

    /// A message as it is kept.
    String cleaned(String message) throws IOException, InterruptedException {
        return text(message.getBytes(StandardCharsets.UTF_8), List.of("stripspace")).strip();
    }

    /// What it wrote, without the end of the line.
    String line(String... arguments) throws IOException, InterruptedException {
        return text(arguments).strip();
    }

    static String complaint(Ended ended) {
        var stderr = new String(ended.stderr(), StandardCharsets.UTF_8).strip();
        var stdout = new String(ended.stdout(), StandardCharsets.UTF_8).strip();
        var said = stderr.isEmpty() ? stdout : stderr;
        return said.isEmpty()
                ? "exit status " + ended.exitCode()
                : Address.withoutCredentials(said);
    }

    // ---- what most functions ask

    /// The commit that is checked out; empty before the first one.
    String head() throws IOException, InterruptedException {
        var ended = ask("rev-parse", "--verify", "--quiet", "HEAD");
        return new String(ended.stdout(), StandardCharsets.UTF_8).strip();
    }

    /// The branch that is checked out; empty when none is.
    String branch() throws IOException, InterruptedException {
        var ended = ask("symbolic-ref", "--quiet", "--short", "HEAD");
        return new String(ended.stdout(), StandardCharsets.UTF_8).strip();
    }

    /// How the files that git knows differ from the commit that is checked out, as far as it is
    /// kept.
    String ownChanges() throws IOException, InterruptedException {
        var ended = ask("status", "--porcelain", "--untracked-files=no");
        return new String(ended.stdout(), StandardCharsets.UTF_8);
    }

    /// Changes that are not committed, one a line.
    List<String> changes() throws IOException, InterruptedException {
        return text("status", "--porcelain").lines().toList();
    }
}
