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
        Kept kept,
        Colour colour,
        Map<String, String> features) {
    public Config {
        features = Map.copyOf(features);
    }

    /// How much is kept of runs that have ended; zero means no limit.
    ///
    /// @param age after the end of a run
    /// @param count of runs
    /// @param bytes of all of them together
    public record Kept(Duration age, long count, long bytes) {}

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
                new Kept(
                        Amounts.time(limit(values, Settings.RETENTION_AGE)),
                        Amounts.whole(limit(values, Settings.RETENTION_COUNT)),
                        Amounts.bytes(limit(values, Settings.RETENTION_SIZE))),
                switch (at(values, Settings.COLOUR)) {
                    case "always" -> Colour.ALWAYS;
                    case "never" -> Colour.NEVER;
                    default -> Colour.AUTO;
                },
                features);
    }

    private static String limit(Map<String, String> values, Setting setting) {
        var said = at(values, setting);
        return said.equals(Setting.Kind.Limit.NONE) ? "0" : said;
    }

    private static String at(Map<String, String> values, Setting setting) {
        return values.getOrDefault(setting.key(), setting.standard());
    }
}
