package dev.sloth.cli;

import dev.sloth.api.workflow.Nearest;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was typed behind a command, parsed: `--name value`, `--name=value`, `-n value`, `--` before
/// words that only look like options. Everything that is wrong is told at once.
final class Arguments {
    private final Spec spec;
    private final String command;
    private final Deque<String> open;
    private final Map<Spec.Opt, List<String>> given = new HashMap<>();
    private final List<String> positionals = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private Arguments(Spec spec, String command, List<String> words) {
        this.spec = spec;
        this.command = command;
        this.open = new ArrayDeque<>(words);
    }

    /// @throws Problems when an option is unknown, or lacks its value or has a wrong one, or words
    ///   are too few or many
    static Arguments parse(Spec spec, String command, List<String> words) {
        var arguments = read(spec, command, words);
        if (!arguments.problems.isEmpty()) {
            throw new Problems(arguments.problems);
        }
        return arguments;
    }

    /// As far as they can be read.
    static Arguments read(Spec spec, String command, List<String> words) {
        var arguments = new Arguments(spec, command, words);
        arguments.read();
        return arguments;
    }

    /// What is wrong with them.
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /// Whether a word is no positional; `-` is one, for standard input.
    static boolean isOption(String word) {
        return word.length() > 1 && word.startsWith("-");
    }

    private void read() {
        while (!open.isEmpty()) {
            var word = open.remove();
            if (word.equals("--")) {
                takeRest();
            } else if (isOption(word)) {
                option(word);
            } else {
                positionals.add(word);
                if (spec.commandAt().isPresent()) {
                    takeCommand(spec.commandAt().getAsInt());
                } else if (spec.stopsAtPositional()) {
                    takeBehind();
                }
            }
        }
        if (problems.isEmpty()) {
            count();
        }
    }

    /// The words behind the first that is no option, which belong to a script.
    private void takeBehind() {
        while (!open.isEmpty()) {
            var word = open.remove();
            if (word.equals("--")) {
                takeRest();
            } else if (spec.countsBehind(word.split("=", 2)[0])) {
                option(word);
            } else {
                positionals.add(word);
            }
        }
    }

    /// The command begins at its first word that is no option: those before it are still ours.
    private void takeCommand(int at) {
        if (positionals.size() > at) {
            takeRest();
        }
    }

    private void takeRest() {
        positionals.addAll(open);
        open.clear();
    }

    private void option(String word) {
        int equals = word.indexOf('=');
        var name = equals < 0 ? word : word.substring(0, equals);
        var option = spec.option(name);
        if (option.isEmpty()) {
            problems.add(unknown(name));
        } else if (!option.get().takesValue()) {
            if (equals >= 0) {
                problems.add(problem(name + " takes no value", help()));
            }
            given.put(option.get(), List.of());
        } else if (equals >= 0) {
            add(option.get(), word.substring(equals + 1));
        } else if (open.isEmpty() || spec.option(open.element()).isPresent()) {
            problems.add(problem(name + " needs a value: " + option.get().label(), help()));
        } else {
            add(option.get(), open.remove());
        }
    }

    private void add(Spec.Opt option, String value) {
        if (!option.words().isEmpty() && !option.words().contains(value)) {
            var message =
                    "%s cannot be '%s': it must be one of %s"
                            .formatted(
                                    option.names().getFirst(),
                                    value,
                                    String.join(", ", option.words()));
            problems.add(problem(message, Nearest.hint(value, option.words(), help())));
        }
        given.computeIfAbsent(option, _ -> new ArrayList<>()).add(value);
    }

    private void count() {
        var wanted = spec.positionals();
        if (positionals.size() < wanted.min()) {
            problems.add(problem("give it " + wanted.label(), help()));
        }
        positionals.stream()
                .skip(wanted.max())
                .forEach(word ->
                        problems.add(
                                problem("nothing is known to do with '" + word + "'", help())));
    }

    private Problem unknown(String name) {
        var remedy = Nearest.hint(name, spec.optionNames(), help());
        if (spec.commandAt().isPresent()) {
            remedy = "if the command begins with it, write -- before the command; " + remedy;
        }
        return problem("there is no option '" + name + "'", remedy);
    }

    private String help() {
        return "try `" + command + " --help`";
    }

    private static Problem problem(String message, String remedy) {
        return new Problem("SLOTH-9001", message, Span.NOWHERE, remedy);
    }

    boolean has(String name) {
        return spec.option(name).filter(given::containsKey).isPresent();
    }

    /// The values of an option in the order given.
    List<String> values(String name) {
        return spec.option(name)
                .map(option -> given.getOrDefault(option, List.of()))
                .orElse(List.of());
    }

    List<String> positionals() {
        return List.copyOf(positionals);
    }
}
