package dev.sloth.cli;

import dev.sloth.cli.config.Config;
import dev.sloth.cli.config.Layers;
import dev.sloth.cli.view.ErrorText;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.Style;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a command was given: its parsed arguments and who called.
///
/// @param debugging present when somebody debugs what is run
record Given(Arguments arguments, Caller caller, Optional<Debugging> debugging) {
    Given(Arguments arguments, Caller caller) {
        this(arguments, caller, Optional.empty());
    }

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

    /// The word behind `-o`, one of those that the command declares.
    String format() {
        return text("-o", "text");
    }

    Format documentFormat() {
        return Format.valueOf(format().toUpperCase(Locale.ROOT));
    }

    /// All layers of the settings, the flags of this call on top.
    Layers layers() {
        Map<String, String> flags = new LinkedHashMap<>();
        for (var setting : Layers.settings()) {
            if (has(setting.flag())) {
                flags.put(setting.key(), text(setting.flag(), ""));
            }
        }
        return Layers.read(caller.home(), caller.folder(), caller.environment(), flags);
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
        return new ErrorText(caller.folder(), style(config, caller.errScreen()));
    }
}
