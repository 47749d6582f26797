package dev.sloth.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// Completion for the fish shell, written from the declarations of the commands.
final class FishCompletion {
    private final List<String> lines = new ArrayList<>();

    private FishCompletion() {}

    static List<String> of(CommandLine whole) {
        var fish = new FishCompletion();
        fish.commands(whole, List.of());
        return fish.lines;
    }

    private void commands(CommandLine line, List<String> path) {
        var when = condition(line, path);
        for (var option : line.getCommandSpec().options()) {
            if (!path.isEmpty()) {
                option(option, when);
            }
        }
        line.getSubcommands()
                .forEach((name, below) -> {
                    lines.add(start(when) + " -f -a " + name + " -d " + quoted(doc(below)));
                    var deeper = new ArrayList<>(path);
                    deeper.add(name);
                    commands(below, deeper);
                });
    }

    /// True where this command stands and none of those below it yet.
    private static String condition(CommandLine line, List<String> path) {
        var below = String.join(" ", line.getSubcommands().keySet());
        if (path.isEmpty()) {
            return "not __fish_seen_subcommand_from " + below;
        }
        var seen = new StringBuilder();
        for (var name : path) {
            seen.append(seen.isEmpty() ? "" : "; and ");
            seen.append("__fish_seen_subcommand_from ").append(name);
        }
        return seen + (below.isEmpty() ? "" : "; and not __fish_seen_subcommand_from " + below);
    }

    private void option(OptionSpec option, String when) {
        var line = new StringBuilder(start(when));
        for (var name : option.names()) {
            line.append(name.startsWith("--") ? " -l " : " -s ")
                    .append(name.replaceFirst("^--?", ""));
        }
        if (option.completionCandidates() != null) {
            line.append(" -x -a ").append(quoted(String.join(" ", option.completionCandidates())));
        } else if (option.arity().max() > 0) {
            line.append(" -r");
        }
        var doc = option.description().length == 0 ? "" : option.description()[0];
        lines.add(line.append(" -d ").append(quoted(doc.replace("%%", "%"))).toString());
    }

    private static String start(String when) {
        return "complete -c " + Commands.PROGRAM + " -n " + quoted(when);
    }

    private static String doc(CommandLine line) {
        var description = line.getCommandSpec().usageMessage().description();
        return description.length == 0 ? "" : description[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
