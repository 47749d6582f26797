package dev.sloth.cli.config;

import dev.sloth.cli.config.Setting.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All settings there are.
public final class Settings {
    private static final long KIB = 1 << 10;
    private static final long MIB = KIB << 10;
    private static final long GIB = 1L << 30;

    /// As long as a key of shared state may be.
    private static final int NAME_MAX = 512;

    /// As long as a path of Linux may be.
    private static final int PATH_MAX = 4_096;

    private static final Duration AGE_MAX = Duration.ofDays(36_500);

    /// How many tasks may run beside each other.
    public static final Setting MAX_PARALLEL =
            new Setting(
                    "run.max_parallel",
                    new Kind.Whole(0, 100_000),
                    "0",
                    "tasks",
                    "How many tasks of a run may be executed at the same time. 0 means what the"
                            + " workflow says, or as many as there are processors.");

    /// How long a process may take to end after it was told to.
    public static final Setting KILL_GRACE =
            new Setting(
                    "run.kill_grace",
                    new Kind.Time(Duration.ZERO, Duration.ofMinutes(10)),
                    "2s",
                    "seconds",
                    "How long a child process may take to end after SIGTERM before its whole group"
                            + " gets SIGKILL.");

    /// How long a command waits for room on the disk.
    public static final Setting ROOM_WAIT =
            new Setting(
                    "run.room_wait",
                    new Kind.Time(Duration.ZERO, Duration.ofDays(7)),
                    "10m",
                    "seconds",
                    "How long a command waits for room when the disk that its output goes to is"
                            + " full; then its task fails.");

    /// Bytes of the outputs of a task.
    public static final Setting OUTPUTS_SIZE =
            new Setting(
                    "run.outputs_size",
                    new Kind.Bytes(1, 64 * MIB),
                    "64MiB",
                    "bytes",
                    "How much the outputs of a task may take; what is larger is for artifacts.");

    /// Files that a run takes along.
    public static final Setting FILES_MAX =
            new Setting(
                    "run.files_max",
                    new Kind.Whole(0, 5_000),
                    "1000",
                    "files",
                    "How many of the files beside its script a run may take along to agents.");

    /// Bytes of the files that a run takes along.
    public static final Setting FILES_SIZE =
            new Setting(
                    "run.files_size",
                    new Kind.Bytes(0, 256 * MIB),
                    "64MiB",
                    "bytes",
                    "How large the files that a run takes along to agents may be together.");

    /// Steps of a script while it is read for its definitions.
    public static final Setting DEFINE_STEPS =
            new Setting(
                    "script.define_steps",
                    new Kind.Whole(1_000, Long.MAX_VALUE),
                    "1000000000",
                    "steps",
                    "How many steps a script may take while it is read for its definitions.");

    /// Memory of a script while it is read for its definitions.
    public static final Setting DEFINE_MEMORY =
            new Setting(
                    "script.define_memory",
                    new Kind.Bytes(64 * KIB, 64 * GIB),
                    "256MiB",
                    "bytes",
                    "How much memory a script may use while it is read for its definitions.");

    /// Time of a script while it is read for its definitions.
    public static final Setting DEFINE_TIME =
            new Setting(
                    "script.define_time",
                    new Kind.Time(Duration.ofMillis(10), Duration.ofHours(1)),
                    "30s",
                    "seconds",
                    "How long a script may take while it is read for its definitions.");

    /// Steps of a script in one attempt of a task.
    public static final Setting EXECUTE_STEPS =
            new Setting(
                    "script.execute_steps",
                    new Kind.Whole(1_000, Long.MAX_VALUE),
                    "100000000000",
                    "steps",
                    "How many steps a script may take in one attempt of a task.");

    /// Memory of a script in one attempt of a task.
    public static final Setting EXECUTE_MEMORY =
            new Setting(
                    "script.execute_memory",
                    new Kind.Bytes(64 * KIB, 64 * GIB),
                    "256MiB",
                    "bytes",
                    "How much memory a script may use in one attempt of a task.");

    /// Memory of all scripts of a process together.
    public static final Setting TOTAL_MEMORY =
            new Setting(
                    "script.total_memory",
                    new Kind.Bytes(0, 1_024 * GIB),
                    "0",
                    "bytes",
                    "How much memory all scripts may use together that a process reads or executes"
                            + " at once, but no more than three quarters of what the process may"
                            + " have (`-Xmx`). 0 means half of it.");

    /// Goroutines of one script.
    public static final Setting GOROUTINES =
            new Setting(
                    "script.goroutines",
                    new Kind.Whole(1, 1_000_000),
                    "10000",
                    "count",
                    "How many goroutines one script may have at once.");

    /// Output kept of each process.
    public static final Setting KEPT_BYTES =
            new Setting(
                    "output.kept_bytes",
                    new Kind.Bytes(KIB, GIB),
                    "16MiB",
                    "bytes",
                    "How much of a process's standard output, and as much of its standard error, is"
                            + " kept for the script. All of it is shown, whatever is kept.");

    /// Age of runs that have ended.
    public static final Setting RETENTION_AGE =
            new Setting(
                    "retention.age",
                    new Kind.Limit(new Kind.Time(Duration.ZERO, AGE_MAX)),
                    "30d",
                    "seconds",
                    "How long after its end `gc` keeps a run. 0 or none: for ever.");

    /// Number of runs that have ended.
    public static final Setting RETENTION_COUNT =
            new Setting(
                    "retention.count",
                    new Kind.Limit(new Kind.Whole(0, Long.MAX_VALUE)),
                    "1000",
                    "runs",
                    "How many runs that have ended `gc` keeps, those that ended last. 0 or none: all"
                            + " of them.");

    /// Room for runs that have ended.
    public static final Setting RETENTION_SIZE =
            new Setting(
                    "retention.size",
                    new Kind.Limit(new Kind.Bytes(0, Long.MAX_VALUE)),
                    "10GiB",
                    "bytes",
                    "How much the output, artifacts and files of runs that have ended may take"
                            + " together; `gc` keeps those that ended last. 0 or none: any amount.");

    /// Where scripts share state.
    public static final Setting STATE_NAMESPACE =
            new Setting(
                    "state.namespace",
                    new Kind.Name(NAME_MAX),
                    "default",
                    "",
                    "The namespace of the state that scripts share: those of one namespace see the"
                            + " same keys and locks, and no others.");

    /// Number of keys.
    public static final Setting STATE_MAX_KEYS =
            new Setting(
                    "state.max_keys",
                    new Kind.Whole(1, 1_000_000_000),
                    "100000",
                    "keys",
                    "How many keys a namespace of shared state may have.");

    /// Room for keys and values.
    public static final Setting STATE_MAX_BYTES =
            new Setting(
                    "state.max_bytes",
                    new Kind.Bytes(1, 1_024 * GIB),
                    "256MiB",
                    "bytes",
                    "How much the keys and values of a namespace may take together.");

    /// Room for one value.
    public static final Setting STATE_MAX_VALUE =
            new Setting(
                    "state.max_value",
                    new Kind.Bytes(1, GIB),
                    "1MiB",
                    "bytes",
                    "How much one shared value may take, or one item of a list, a hash or a set, as it"
                            + " is kept: a control character takes six bytes.");

    /// Number of items of one list, hash or set.
    public static final Setting STATE_MAX_ITEMS =
            new Setting(
                    "state.max_items",
                    new Kind.Whole(1, 1_000_000_000),
                    "100000",
                    "items",
                    "How many items a shared list, hash or set may have.");

    /// Bytes of one answer.
    public static final Setting STATE_MAX_ANSWER =
            new Setting(
                    "state.max_answer",
                    new Kind.Bytes(1, GIB),
                    "64MiB",
                    "bytes",
                    "How much the values may take that one question to shared state is answered"
                            + " with, or that one command or one transaction writes.");

    /// Commands of one transaction.
    public static final Setting STATE_MAX_COMMANDS =
            new Setting(
                    "state.max_commands",
                    new Kind.Whole(1, 100_000),
                    "1000",
                    "commands",
                    "How many commands a transaction may have: all are done at once in the end,"
                            + " and others wait for that.");

    /// Time of one transaction.
    public static final Setting STATE_TRANSACTION_MAX =
            new Setting(
                    "state.transaction_max",
                    new Kind.Time(Duration.ofMillis(100), Duration.ofDays(1)),
                    "30s",
                    "seconds",
                    "How long a transaction may take, with all its tries.");

    /// Age of changes that are remembered.
    public static final Setting STATE_HISTORY =
            new Setting(
                    "state.history",
                    new Kind.Time(Duration.ZERO, AGE_MAX),
                    "1h",
                    "seconds",
                    "For how long changes of shared state are remembered, for who watches and who"
                            + " asks for an earlier value. `serve` forgets what is older, and so does"
                            + " who writes; who only reads forgets nothing.");

    /// How often what has expired is removed.
    public static final Setting STATE_SWEEP =
            new Setting(
                    "state.sweep",
                    new Kind.Time(Duration.ofMillis(100), Duration.ofDays(1)),
                    "1m",
                    "seconds",
                    "How often shared values whose time is up are removed, and old changes"
                            + " forgotten. Nobody sees a value after its time, removed or not.");

    /// Runs at once.
    public static final Setting SERVE_MAX_RUNS =
            new Setting(
                    "serve.max_runs",
                    new Kind.Whole(1, 1_000),
                    "8",
                    "runs",
                    "How many runs `serve` drives at the same time; others wait.");

    /// Time for runs to end.
    public static final Setting SERVE_GRACE =
            new Setting(
                    "serve.grace",
                    new Kind.Time(Duration.ZERO, Duration.ofDays(1)),
                    "30s",
                    "seconds",
                    "How long `serve`, told to end, waits for its runs before it cancels them.");

    /// Where secrets are.
    public static final Setting SECRETS_NAMESPACE =
            new Setting(
                    "secrets.namespace",
                    new Kind.Name(NAME_MAX),
                    "default",
                    "",
                    "The namespace of the secrets: each has a key of its own.");

    /// The file of the master key.
    public static final Setting SECRETS_KEY_FILE =
            new Setting(
                    "secrets.key_file",
                    new Kind.Name(PATH_MAX),
                    "keys/secrets.key",
                    "",
                    "The file of the key of the secrets, below the home folder unless it begins"
                            + " with a slash. It is made at first use, unless a variable gives a key"
                            + " or a passphrase.");

    /// Room for one secret.
    public static final Setting SECRETS_MAX_VALUE =
            new Setting(
                    "secrets.max_value",
                    new Kind.Bytes(1, 64 * KIB),
                    "64KiB",
                    "bytes",
                    "How much one secret may take.");

    /// Number of versions of one secret.
    public static final Setting SECRETS_VERSIONS =
            new Setting(
                    "secrets.versions",
                    new Kind.Whole(1, 100),
                    "10",
                    "versions",
                    "How many versions of a secret are kept.");

    /// Whether there are colours.
    public static final Setting COLOUR =
            new Setting(
                    "output.colour",
                    new Kind.Choice(List.of("auto", "always", "never")),
                    "auto",
                    "",
                    "Whether text is coloured: auto means on a terminal, unless NO_COLOR is set.");

    /// What the file of a project may set.
    static final List<String> OF_PROJECTS = List.of(STATE_NAMESPACE.key(), SECRETS_NAMESPACE.key());

    private Settings() {}

    /// Every setting but the feature switches, in the order of the documentation.
    public static List<Setting> all() {
        return Stream.of(basic(), EventSettings.all()).flatMap(List::stream).toList();
    }

    private static List<Setting> basic() {
        return List.of(
                MAX_PARALLEL,
                KILL_GRACE,
                ROOM_WAIT,
                OUTPUTS_SIZE,
                FILES_MAX,
                FILES_SIZE,
                DEFINE_STEPS,
                DEFINE_MEMORY,
                DEFINE_TIME,
                EXECUTE_STEPS,
                EXECUTE_MEMORY,
                TOTAL_MEMORY,
                GOROUTINES,
                KEPT_BYTES,
                RETENTION_AGE,
                RETENTION_COUNT,
                RETENTION_SIZE,
                STATE_NAMESPACE,
                STATE_MAX_KEYS,
                STATE_MAX_BYTES,
                STATE_MAX_VALUE,
                STATE_MAX_ITEMS,
                STATE_MAX_ANSWER,
                STATE_MAX_COMMANDS,
                STATE_TRANSACTION_MAX,
                STATE_HISTORY,
                STATE_SWEEP,
                SERVE_MAX_RUNS,
                SERVE_GRACE,
                ClusterSettings.REFUSED_JOINS,
                ClusterSettings.REFUSALS_AGAIN,
                ClusterSettings.REFUSALS_TOLD,
                ClusterSettings.HEARTBEAT,
                ClusterSettings.RECONNECT_WAIT,
                ClusterSettings.AGENT_CERTIFICATES,
                ClusterSettings.AGENT_REST,
                ClusterSettings.ABSENCES_AGAIN,
                SECRETS_NAMESPACE,
                SECRETS_KEY_FILE,
                SECRETS_MAX_VALUE,
                SECRETS_VERSIONS,
                DebugSettings.WATCH_TIME,
                DebugSettings.TEXT_MAX,
                DebugSettings.CHILDREN_MAX,
                DebugSettings.MESSAGE_MAX,
                COLOUR);
    }

    /// Those and one switch for each feature.
    static List<Setting> withFeatures() {
        var all = new java.util.ArrayList<>(all());
        Features.KNOWN.forEach(feature -> all.add(feature.setting()));
        return all;
    }

    static Optional<Setting> named(String key) {
        return withFeatures().stream().filter(s -> s.key().equals(key)).findFirst();
    }
}
