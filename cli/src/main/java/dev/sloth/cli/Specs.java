package dev.sloth.cli;

import dev.sloth.cli.config.Layers;
import dev.sloth.cli.config.Setting;
import java.util.List;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Builds commands' declarations; written out rather than annotated, since reading annotations is
/// most of what picocli would do at the start.
final class Specs {
    static final int USAGE_WIDTH = 100;

    private Specs() {}

    static CommandSpec command(String name, String... description) {
        var spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description).width(USAGE_WIDTH).abbreviateSynopsis(true);
        spec.parser().collectErrors(true);
        spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Shows this help.")
                        .build());
        spec.addOption(flag("Shows more: of faults, where they happened.", "-v", "--verbose"));
        return spec;
    }

    static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    static OptionSpec text(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static OptionSpec many(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static OptionSpec format(String... formats) {
        return OptionSpec.builder("-o", "--output")
                .type(String.class)
                .paramLabel(String.join("|", formats))
                .completionCandidates(List.of(formats))
                .description("What the answer is written as; text unless said.")
                .build();
    }

    static PositionalParamSpec positionals(String label, String arity, String description) {
        return PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .index("0..*")
                .arity(arity)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /// A flag for each setting.
    static CommandSpec withSettings(CommandSpec spec) {
        var group =
                ArgGroupSpec.builder()
                        .validate(false)
                        .heading("%nSettings, see `sloth-runner config list`:%n");
        for (var setting : Layers.settings()) {
            group.addArg(option(setting));
        }
        spec.addArgGroup(group.build());
        return spec;
    }

    private static OptionSpec option(Setting setting) {
        var names =
                setting.key().equals("output.colour")
                        ? new String[] {setting.flag(), "--color"}
                        : new String[] {setting.flag()};
        return OptionSpec.builder(names)
                .type(String.class)
                .paramLabel(setting.kind().name().toUpperCase(java.util.Locale.ROOT))
                .description(setting.doc().replace("%", "%%"))
                .build();
    }
}
