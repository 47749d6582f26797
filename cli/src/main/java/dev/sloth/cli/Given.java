package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.config.Layers;
import dev.sloth.cli.config.Nearest;
import dev.sloth.cli.view.ErrorText;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.Style;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a command was given: its parsed arguments and who called.
record Given(Arguments arguments, Caller caller) {

    boolean has(String option) {
        return arguments.has(option);
    }

    boolean verbose() {
        return has("-v");
    }

    String text(String option, String otherwise) {
        var values = arguments.values(option);
        return values.isEmpty() ? otherwise : values.getLast();
    }

    List<String> many(String option) {
        return arguments.values(option);
    }

    List<String> positionals() {
        return arguments.positionals();
    }

    /// The word behind `-o`, one of these; the first unless given.
    String format(String... allowed) {
        var word = text("-o", allowed[0]);
        var words = List.of(allowed);
        if (!words.contains(word)) {
            throw new Problems(
                    new Problem(
                            "SLOTH-9001",
                            "-o cannot be '%s': it must be one of %s"
                                    .formatted(word, String.join(", ", words)),
                            Span.NOWHERE,
                            Nearest.hint(word, words, "")));
        }
        return word;
    }

    Format documentFormat() {
        return Format.valueOf(format("text", "json", "yaml").toUpperCase(Locale.ROOT));
    }

    /// All layers of the settings, the flags of this call on top.
    Layers layers() {
        Map<String, String> flags = new LinkedHashMap<>();
        for (var setting : Layers.settings()) {
            if (has(setting.flag())) {
                flags.put(setting.key(), text(setting.flag(), ""));
            }
        }
        return Layers.read(caller.home(), caller.environment(), flags);
    }

    Style style(Config config, boolean terminal) {
        return switch (config.colour()) {
            case ALWAYS -> Style.COLOURED;
            case NEVER -> Style.PLAIN;
            case AUTO ->
                    Style.of(
                            terminal
                                    && caller.environment().getOrDefault("NO_COLOR", "").isEmpty());
        };
    }

    /// Errors as they look on the caller's error stream.
    ErrorText errors(Config config) {
        return new ErrorText(caller.folder(), style(config, caller.errTerminal()));
    }
}
