package dev.sloth.cli.config;

import dev.sloth.cli.config.Setting.Kind;
import java.util.List;
import java.util.Optional;

/// Features that can be switched.
///
/// @param standing what it is unless switched: `stable`, `beta` or `off`
/// @param built whether this version has it at all
public record Features(String name, String standing, boolean built, String doc) {
    /// All features with a switch, by name.
    public static final List<Features> KNOWN =
            List.of(
                    new Features(
                            "ai_assistant",
                            "off",
                            false,
                            "Proposes tasks and fixes. Not in this version: the switch is kept for"
                                    + " later."),
                    new Features(
                            "ai_optimization",
                            "off",
                            false,
                            "Tunes workflows from the history of their runs. Not in this version:"
                                    + " the switch is kept for later."),
                    new Features(
                            "predictive_scaling",
                            "off",
                            false,
                            "Scales pools of agents ahead of need. Not in this version: the switch"
                                    + " is kept for later."),
                    new Features(
                            "workflow_engine",
                            "stable",
                            true,
                            "Stages, conditions, parallel tasks and retries. Always on."));

    /// The setting `features.NAME`.
    public Setting setting() {
        return new Setting(
                "features." + name,
                new Kind.Choice(List.of("true", "false", "stable", "beta", "off")),
                standing,
                "",
                doc);
    }

    /// What a script sees when the setting has this value. What is not built stays off, and what is
    /// stable stays on: only a beta feature can be switched.
    String status(String value) {
        if (!built) {
            return "off";
        }
        return standing.equals("beta") && !List.of("true", "beta", "stable").contains(value)
                ? "off"
                : standing;
    }

    /// Why switching it changes nothing, if so.
    Optional<String> note() {
        if (!built) {
            return Optional.of("note: this version has no " + name + ": the feature stays off");
        }
        return standing.equals("beta")
                ? Optional.empty()
                : Optional.of("note: " + name + " is " + standing + ": the switch changes nothing");
    }
}
