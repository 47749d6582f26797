package dev.sloth.cli;

import dev.sloth.cli.Spec.Opt;
import dev.sloth.cli.Spec.Positionals;
import dev.sloth.cli.config.Layers;
import dev.sloth.cli.config.Setting;
import java.util.List;
import java.util.Locale;

/// Builds commands' declarations.
final class Specs {
    private Specs() {}

    static Spec command(String name, String... description) {
        var spec = new Spec(name, description);
        spec.addOption(flag("Shows this help.", "-h", "--help"));
        spec.addOption(flag("Shows more: of faults, where they happened.", "-v", "--verbose"));
        return spec;
    }

    static Opt flag(String doc, String... names) {
        return new Opt(List.of(names), "", false, List.of(), doc);
    }

    static Opt text(String label, String doc, String... names) {
        return new Opt(List.of(names), label, false, List.of(), doc);
    }

    static Opt many(String label, String doc, String... names) {
        return new Opt(List.of(names), label, true, List.of(), doc);
    }

    static Opt format(String... formats) {
        return new Opt(
                List.of("-o", "--output"),
                String.join("|", formats),
                false,
                List.of(formats),
                "What the answer is written as; text unless said.");
    }

    static Positionals positionals(String label, int min, int max, String doc) {
        return new Positionals(label, min, max, doc);
    }

    /// A flag for each setting.
    static Spec withSettings(Spec spec) {
        Layers.settings().forEach(setting -> spec.addSetting(option(setting)));
        return spec;
    }

    private static Opt option(Setting setting) {
        var names =
                setting.key().equals("output.colour")
                        ? List.of("--color", setting.flag())
                        : List.of(setting.flag());
        var label = setting.kind().name().toUpperCase(Locale.ROOT);
        return new Opt(names, label, false, List.of(), setting.doc());
    }
}
