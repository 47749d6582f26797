package dev.sloth.agent.process;

import java.time.Duration;
import java.util.Map;

/// How children are treated.
///
/// @param termGrace how long a tree may take to end by itself when its time is up or its caller was
///   interrupted; another interrupt cuts it short
/// @param pipeGrace how long output is waited for once the child itself has ended, while something
///   it started still holds the pipes
/// @param killWait how long we try to kill what is left before giving up
/// @param keptMax how many bytes of stdout, and of stderr, are kept for the result
/// @param lineMax how many bytes of one line are handed on as one
/// @param childrenMax how many children may live at once; further ones wait
/// @param roomWait how long a command waits for room on a disk that is full before it fails
/// @param inherited our own environment, of which children see `PATH`, `LANG`, `TMPDIR` and what
///   [Inherited] names, and those that run as we do `HOME`
public record ProcessConfig(
        Duration termGrace,
        Duration pipeGrace,
        Duration killWait,
        int keptMax,
        int lineMax,
        int childrenMax,
        Duration roomWait,
        Map<String, String> inherited) {

    public ProcessConfig {
        inherited = Map.copyOf(inherited);
        if (keptMax < 0 || lineMax < LINE_LEAST || childrenMax < 1) {
            throw new IllegalArgumentException(
                    "a child needs lines of at least %d bytes and room for itself"
                            .formatted(LINE_LEAST));
        }
    }

    /// What a tree usually gets to end by itself.
    public static final Duration TERM_GRACE_DEFAULT = Duration.ofSeconds(2);

    /// As long as a run waits for an agent that is away.
    public static final Duration ROOM_WAIT_DEFAULT = Duration.ofMinutes(10);

    /// The shortest limit of a line that never splits a character.
    static final int LINE_LEAST = 16;

    public static ProcessConfig defaults(Map<String, String> inherited) {
        return new ProcessConfig(
                TERM_GRACE_DEFAULT,
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                16 << 20,
                64 << 10,
                1024,
                ROOM_WAIT_DEFAULT,
                inherited);
    }

    /// The same with another grace for trees whose time is up.
    public ProcessConfig termGrace(Duration grace) {
        return new ProcessConfig(
                grace, pipeGrace, killWait, keptMax, lineMax, childrenMax, roomWait, inherited);
    }
}
