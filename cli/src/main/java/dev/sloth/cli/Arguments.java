package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.config.Nearest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Parses what was typed behind a command; everything that is wrong is told at once.
final class Arguments {
    private Arguments() {}

    /// @throws Problems when an option is unknown or lacks its value
    static ParseResult parse(CommandLine line, List<String> words) {
        line.setUnmatchedArgumentsAllowed(false);
        line.setOverwrittenOptionsAllowed(true);
        var problems = new ArrayList<Problem>();
        try {
            var parsed = line.parseArgs(words.toArray(String[]::new));
            for (var error : parsed.errors()) {
                problems.addAll(problems(line, error));
            }
            if (problems.isEmpty()) {
                return parsed;
            }
        } catch (ParameterException e) {
            problems.addAll(problems(line, e));
        }
        throw new Problems(problems);
    }

    private static List<Problem> problems(CommandLine line, Exception error) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            return unmatched.getUnmatched().stream().map(word -> unknown(line, word)).toList();
        }
        return List.of(
                new Problem(
                        "SLOTH-9001",
                        String.valueOf(error.getMessage()),
                        Span.NOWHERE,
                        "try `" + line.getCommandName() + " --help`"));
    }

    private static Problem unknown(CommandLine line, String word) {
        var help = "try `" + line.getCommandName() + " --help`";
        if (!word.startsWith("-")) {
            return new Problem(
                    "SLOTH-9001", "nothing is known to do with '" + word + "'", Span.NOWHERE, help);
        }
        var name = word.split("=", 2)[0];
        return new Problem(
                "SLOTH-9001",
                "there is no option '" + name + "'",
                Span.NOWHERE,
                Nearest.hint(name, line.getCommandSpec().optionsMap().keySet(), help));
    }
}
