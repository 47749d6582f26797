package dev.sloth.cli.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The settings of one call of the program, checked.
///
/// @param maxParallel 0 means what the workflow says, or the number of processors
/// @param outputsMax how many bytes the outputs of a task may take
/// @param carried what a run takes along of the files beside its script
/// @param totalMemory 0 means half of the heap
/// @param keptBytes of standard output, and as many of standard error, of each process
/// @param features name to `stable`, `beta` or `off`
public record Config(
        int maxParallel,
        Duration killGrace,
        Duration roomWait,
        long outputsMax,
        Carried carried,
        long defineSteps,
        long defineMemory,
        Duration defineTime,
        long executeSteps,
        long executeMemory,
        long totalMemory,
        int goroutines,
        int keptBytes,
        Kept kept,
        Shared shared,
        EventConfig events,
        Served served,
        ClusterConfig cluster,
        Hidden secrets,
        DebugConfig debug,
        Colour colour,
        Map<String, String> features) {
    public Config {
        features = Map.copyOf(features);
    }

    /// How much a run may take along of the files beside its script.
    ///
    /// @param bytes of all of them together
    public record Carried(int files, long bytes) {}

    /// How much is kept of runs that have ended; zero means no limit.
    ///
    /// @param age after the end of a run
    /// @param count of runs
    /// @param bytes of all of them together
    public record Kept(Duration age, long count, long bytes) {}

    /// What `serve` keeps to.
    ///
    /// @param maxRuns at the same time
    /// @param grace for runs, before they are cancelled at the end
    public record Served(int maxRuns, Duration grace) {}

    /// The state that scripts share.
    ///
    /// @param maxValue how many bytes a value or an item may have
    /// @param maxItems of a list, a hash or a set
    /// @param maxAnswer how many bytes of values one question is answered with
    /// @param maxCommands of a transaction
    /// @param transactionMax how long one may take
    /// @param history for how long changes are remembered
    /// @param sweep how often what has expired is removed
    public record Shared(
            String namespace,
            long maxKeys,
            long maxBytes,
            int maxValue,
            int maxItems,
            long maxAnswer,
            int maxCommands,
            Duration transactionMax,
            Duration history,
            Duration sweep) {
        private static Shared of(Map<String, String> values) {
            return new Shared(
                    at(values, Settings.STATE_NAMESPACE),
                    Amounts.whole(at(values, Settings.STATE_MAX_KEYS)),
                    Amounts.bytes(at(values, Settings.STATE_MAX_BYTES)),
                    (int) Amounts.bytes(at(values, Settings.STATE_MAX_VALUE)),
                    (int) Amounts.whole(at(values, Settings.STATE_MAX_ITEMS)),
                    Amounts.bytes(at(values, Settings.STATE_MAX_ANSWER)),
                    (int) Amounts.whole(at(values, Settings.STATE_MAX_COMMANDS)),
                    Amounts.time(at(values, Settings.STATE_TRANSACTION_MAX)),
                    Amounts.time(at(values, Settings.STATE_HISTORY)),
                    Amounts.time(at(values, Settings.STATE_SWEEP)));
        }

        /// The same in another namespace.
        public Shared in(String other) {
            return new Shared(
                    other,
                    maxKeys,
                    maxBytes,
                    maxValue,
                    maxItems,
                    maxAnswer,
                    maxCommands,
                    transactionMax,
                    history,
                    sweep);
        }
    }

    /// The secrets.
    ///
    /// @param keyFile below the home folder unless it begins with a slash
    public record Hidden(String namespace, String keyFile, int maxValue, int versions) {
        private static Hidden of(Map<String, String> values) {
            return new Hidden(
                    at(values, Settings.SECRETS_NAMESPACE),
                    at(values, Settings.SECRETS_KEY_FILE),
                    (int) Amounts.bytes(at(values, Settings.SECRETS_MAX_VALUE)),
                    (int) Amounts.whole(at(values, Settings.SECRETS_VERSIONS)));
        }
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
                Amounts.time(at(values, Settings.ROOM_WAIT)),
                Amounts.bytes(at(values, Settings.OUTPUTS_SIZE)),
                new Carried(
                        (int) Amounts.whole(at(values, Settings.FILES_MAX)),
                        Amounts.bytes(at(values, Settings.FILES_SIZE))),
                Amounts.whole(at(values, Settings.DEFINE_STEPS)),
                Amounts.bytes(at(values, Settings.DEFINE_MEMORY)),
                Amounts.time(at(values, Settings.DEFINE_TIME)),
                Amounts.whole(at(values, Settings.EXECUTE_STEPS)),
                Amounts.bytes(at(values, Settings.EXECUTE_MEMORY)),
                Amounts.bytes(at(values, Settings.TOTAL_MEMORY)),
                (int) Amounts.whole(at(values, Settings.GOROUTINES)),
                (int) Amounts.bytes(at(values, Settings.KEPT_BYTES)),
                new Kept(
                        Amounts.time(limit(values, Settings.RETENTION_AGE)),
                        Amounts.whole(limit(values, Settings.RETENTION_COUNT)),
                        Amounts.bytes(limit(values, Settings.RETENTION_SIZE))),
                Shared.of(values),
                EventConfig.of(values),
                new Served(
                        (int) Amounts.whole(at(values, Settings.SERVE_MAX_RUNS)),
                        Amounts.time(at(values, Settings.SERVE_GRACE))),
                ClusterConfig.of(values),
                Hidden.of(values),
                DebugConfig.of(values),
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

    static String at(Map<String, String> values, Setting setting) {
        return values.getOrDefault(setting.key(), setting.standard());
    }
}
