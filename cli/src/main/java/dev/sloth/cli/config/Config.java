package dev.sloth.cli.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The settings of one call of the program, checked.
///
/// @param maxParallel 0 means what the workflow says, or the number of processors
/// @param keptBytes of standard output, and as many of standard error, of each process
/// @param features name to `stable`, `beta` or `off`
public record Config(
        int maxParallel,
        Duration killGrace,
        long defineSteps,
        long defineMemory,
        Duration defineTime,
        long executeSteps,
        long executeMemory,
        int keptBytes,
        Colour colour,
        Map<String, String> features) {
    public Config {
        features = Map.copyOf(features);
    }

    /// When text is coloured.
    public enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }

    static Config of(Map<String, String> values) {
        var features = new LinkedHashMap<String, String>();
        for (var feature : Features.KNOWN) {
            features.put(feature.name(), feature.status(at(values, feature.setting())));
        }
        return new Config(
                (int) Amounts.whole(at(values, Settings.MAX_PARALLEL)),
                Amounts.time(at(values, Settings.KILL_GRACE)),
                Amounts.whole(at(values, Settings.DEFINE_STEPS)),
                Amounts.bytes(at(values, Settings.DEFINE_MEMORY)),
                Amounts.time(at(values, Settings.DEFINE_TIME)),
                Amounts.whole(at(values, Settings.EXECUTE_STEPS)),
                Amounts.bytes(at(values, Settings.EXECUTE_MEMORY)),
                (int) Amounts.bytes(at(values, Settings.KEPT_BYTES)),
                switch (at(values, Settings.COLOUR)) {
                    case "always" -> Colour.ALWAYS;
                    case "never" -> Colour.NEVER;
                    default -> Colour.AUTO;
                },
                features);
    }

    private static String at(Map<String, String> values, Setting setting) {
        return values.getOrDefault(setting.key(), setting.standard());
    }
}
