package dev.sloth.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The commands as picocli knows them, which writes help and completion from that.
final class Help {
    private static final int WIDTH = 100;

    private Help() {}

    /// A command and those below it, under a full name.
    static CommandLine tree(Command command, String fullName) {
        var line = new CommandLine(spec(command.spec()));
        line.setCommandName(fullName);
        for (var child : command.children()) {
            var name = child.spec().name();
            line.addSubcommand(name, tree(child, name));
        }
        return line;
    }

    /// The whole program with every command.
    static CommandLine whole() {
        var root = CommandSpec.create().name(Commands.PROGRAM);
        root.usageMessage()
                .width(WIDTH)
                .description("Runs automation written in Lua.")
                .synopsisSubcommandLabel("COMMAND")
                .footer(
                        "",
                        "`sloth-runner help COMMAND` tells more about one.",
                        "Exit codes: 0 ok, 1 the run failed, 2 wrong use or input, 70 a fault of"
                                + " sloth-runner, 130 cancelled.");
        var line = new CommandLine(root);
        Commands.all().forEach((name, maker) -> line.addSubcommand(name, tree(maker.get(), name)));
        return line;
    }

    /// What `--help` shows.
    static List<String> lines(CommandLine line) {
        return line.getUsageMessage(CommandLine.Help.Ansi.OFF).lines().toList();
    }

    private static CommandSpec spec(Spec ours) {
        var spec = CommandSpec.create().name(ours.name());
        spec.usageMessage()
                .description(ours.description().stream().map(Help::plain).toArray(String[]::new))
                .width(WIDTH)
                .abbreviateSynopsis(true);
        ours.options().forEach(option -> spec.addOption(option(option)));
        if (ours.positionals().max() > 0) {
            spec.addPositional(positionals(ours.positionals()));
        }
        if (!ours.settings().isEmpty()) {
            var heading = "%nSettings, see `sloth-runner config list`:%n";
            var group = ArgGroupSpec.builder().validate(false).heading(heading);
            ours.settings().forEach(option -> group.addArg(option(option)));
            spec.addArgGroup(group.build());
        }
        return spec;
    }

    private static OptionSpec option(Spec.Opt ours) {
        var option =
                OptionSpec.builder(ours.names().toArray(String[]::new))
                        .description(plain(ours.doc()))
                        .usageHelp(ours.names().contains("--help"));
        if (!ours.takesValue()) {
            return option.type(boolean.class).arity("0").build();
        }
        if (!ours.words().isEmpty()) {
            option.completionCandidates(ours.words());
        }
        return ours.repeated()
                ? option.type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel(ours.label())
                        .build()
                : option.type(String.class).paramLabel(ours.label()).build();
    }

    /// Words that come once are one here, also when their label names several.
    private static PositionalParamSpec positionals(Spec.Positionals ours) {
        var words =
                PositionalParamSpec.builder()
                        .paramLabel(ours.label())
                        // Else it would stand there twice, for those that must be and for more.
                        .hideParamSyntax(ours.label().endsWith("..."))
                        .description(plain(ours.doc()));
        boolean once =
                ours.max() == 1
                        || (ours.max() < Spec.Positionals.MANY && ours.label().contains(" "));
        if (once) {
            return words.type(String.class)
                    .index("0")
                    .arity(ours.min() == 0 ? "0..1" : "1")
                    .build();
        }
        return words.type(List.class)
                .auxiliaryTypes(String.class)
                .index("0..*")
                .arity(ours.min() + "..*")
                .build();
    }

    /// Picocli would read a percent sign as the start of a variable.
    private static String plain(String text) {
        return text.replace("%", "%%");
    }
}
