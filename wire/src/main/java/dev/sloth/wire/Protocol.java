package dev.sloth.wire;

import java.time.Duration;

/// What both sides must agree on.
public final class Protocol {
    /// What this version of the program speaks.
    public static final int VERSION = 1;

    /// The oldest that it still understands.
    public static final int OLDEST = 1;

    public static final int PORT = 50_053;

    /// No message is longer.
    public static final int MESSAGE_BYTES_MAX = 1 << 20;

    /// How much may be under way that nobody has read yet, of a call and of a connection. It is
    /// said: grpc-java would find it out with a ping of its own for each connection, a tenth of
    /// what a connection costs a master that all agents come back to.
    public static final int WINDOW_BYTES = 1 << 20;

    /// The headers of no call are longer.
    public static final int HEADER_BYTES_MAX = 16 << 10;

    /// After so long without a sign of the other side it is asked for one.
    public static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    /// And after so long without an answer it is taken to be gone.
    public static final Duration KEEP_ALIVE_WAIT = Duration.ofSeconds(5);

    /// How long a call may take that is no session.
    public static final Duration CALL_MAX = Duration.ofSeconds(20);

    private Protocol() {}
}
