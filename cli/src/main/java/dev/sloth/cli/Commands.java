package dev.sloth.cli;

import dev.sloth.api.workflow.Nearest;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// All commands, and how one of them is found, parsed and called.
final class Commands {
    static final String PROGRAM = "sloth-runner";

    private static final Set<String> HELP_WORDS = Set.of("-h", "--help", "help");

    private Commands() {}

    /// Name to maker, in the order of the help.
    static Map<String, Supplier<Command>> all() {
        var all = new LinkedHashMap<String, Supplier<Command>>();
        all.put("run", RunCommand::new);
        all.put("resume", ResumeCommand::new);
        all.put("attach", AttachCommand::new);
        all.put("runs", RunsCommand::new);
        all.put("schedule", ScheduleFamily::new);
        all.put("serve", ServeCommand::new);
        all.put("master", MasterCommand::new);
        all.put("agent", AgentFamily::new);
        all.put("cluster", ClusterFamily::new);
        all.put("access", AccessFamily::new);
        all.put("audit", AuditFamily::new);
        all.put("gc", GcCommand::new);
        all.put("state", StateFamily::new);
        all.put("events", EventsFamily::new);
        all.put("hook", HookFamily::new);
        all.put("watcher", WatcherFamily::new);
        all.put("secrets", SecretsFamily::new);
        all.put("validate", ValidateCommand::new);
        all.put("plan", PlanCommand::new);
        all.put("lint", LintCommand::new);
        all.put("fmt", FmtCommand::new);
        all.put("debug", DebugCommand::new);
        all.put("modules", ModulesCommand::new);
        all.put("lua", LuaCommand::new);
        all.put("repl", ReplCommand::new);
        all.put("config", ConfigCommand::new);
        all.put("completion", CompletionCommand::new);
        all.put("version", VersionCommand::new);
        return all;
    }

    static int run(List<String> args, Caller caller) throws InterruptedException {
        if (args.isEmpty() || HELP_WORDS.contains(args.getFirst())) {
            return help(args.subList(Math.min(1, args.size()), args.size()), caller);
        }
        var maker = all().get(args.getFirst());
        if (maker == null) {
            throw answered(LongWords.of(args).shortened(unknown(args.getFirst())), args, caller);
        }
        var command = maker.get();
        var rest = new ArrayList<>(args.subList(1, args.size()));
        var name = PROGRAM + " " + args.getFirst();
        for (var below = child(command, rest); below.isPresent(); below = child(command, rest)) {
            name += " " + rest.removeFirst();
            command = below.get();
        }
        return call(command, name, rest, caller);
    }

    /// Also where there is no command, a document is the answer when one was asked for.
    private static Problems answered(Problems told, List<String> words, Caller caller) {
        var spec = Specs.command(PROGRAM, "");
        spec.addOption(Specs.format("text", "json", "yaml"));
        ErrorDocument.print(new Given(Arguments.read(spec, PROGRAM, words), caller), false, told);
        return told;
    }

    private static Optional<Command> child(Command parent, List<String> words) {
        return words.isEmpty()
                ? Optional.empty()
                : parent.children().stream()
                        .filter(child -> child.spec().name().equals(words.getFirst()))
                        .findFirst();
    }

    /// Runs a command for somebody who debugs what it runs.
    static int debugged(
            Command command, String name, List<String> words, Caller caller, Debugging debugging)
            throws InterruptedException {
        var arguments = Arguments.read(command.spec(), name, words);
        var given = new Given(arguments, caller, Optional.of(debugging));
        check(command, given);
        return command.run(given);
    }

    private static int call(Command command, String name, List<String> rest, Caller caller)
            throws InterruptedException {
        if (asksHelp(command, name, rest)) {
            caller.print(Help.lines(Help.tree(command, name)));
            return Exit.OK;
        }
        if (!command.children().isEmpty()) {
            throw answered(
                    LongWords.of(rest).shortened(missing(command, name, rest)), rest, caller);
        }
        var given = new Given(Arguments.read(command.spec(), name, rest), caller);
        try {
            check(command, given);
            return command.run(given);
        } catch (Problems e) {
            var told = LongWords.of(rest).shortened(e);
            ErrorDocument.print(given, command.answersByLine(), told);
            throw told;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // Here for all commands, so that none can leave a program without an answer.
            ErrorDocument.print(given, command.answersByLine(), e);
            throw e;
        }
    }

    /// Settings stand beside the options, and what is wrong with them is told along with those.
    private static void check(Command command, Given given) {
        var problems = new ArrayList<>(given.arguments().problems());
        if (!problems.isEmpty() && !command.spec().settings().isEmpty()) {
            problems.addAll(given.layers().problems());
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
    }

    /// Behind a script's name, `--help` is the script's, and in a command line for an agent it is
    /// that command's.
    private static boolean asksHelp(Command command, String name, List<String> words) {
        if (command.spec().commandAt().isPresent()) {
            return Arguments.read(command.spec(), name, words).has("--help");
        }
        for (var word : words) {
            if (word.equals("--help") || word.equals("-h")) {
                return true;
            }
            if (word.equals("--")
                    || (command.spec().stopsAtPositional() && !Arguments.isOption(word))) {
                return false;
            }
        }
        return false;
    }

    private static Problems missing(Command command, String name, List<String> rest) {
        var names = command.children().stream().map(child -> child.spec().name()).toList();
        var word = rest.isEmpty() ? "" : rest.getFirst();
        return new Problems(
                new Problem(
                        "SLOTH-9001",
                        word.isEmpty()
                                ? "say what to do: " + String.join(", ", names)
                                : "there is no command '" + word + "' here",
                        Span.NOWHERE,
                        Nearest.hint(word, names, "try `" + name + " --help`")));
    }

    private static Problems unknown(String word) {
        var remedy = Nearest.hint(word, all().keySet(), "`sloth-runner help` lists all commands");
        if (word.startsWith("-")) {
            remedy = "options stand behind the command, such as `sloth-runner run " + word + "`";
        } else if (word.endsWith(".sloth") || word.endsWith(".lua")) {
            remedy = "to run this file: `sloth-runner run " + word + "`";
        }
        return new Problems(
                new Problem(
                        "SLOTH-9001", "there is no command '" + word + "'", Span.NOWHERE, remedy));
    }

    private static int help(List<String> words, Caller caller) {
        var line = Help.whole();
        for (var word : words) {
            var below = line.getSubcommands().get(word);
            if (below == null) {
                throw LongWords.of(words).shortened(unknown(word));
            }
            line = below;
        }
        caller.print(Help.lines(line));
        return Exit.OK;
    }
}
