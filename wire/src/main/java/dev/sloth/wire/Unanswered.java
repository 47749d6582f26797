package dev.sloth.wire;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Why nobody answered, in words: what the system and the libraries say of it is for programmers.
enum Unanswered {
    UNKNOWN_HOST(
            "unknown host",
            "see whether the name of the master (--master) is right, and whether DNS or /etc/hosts"
                    + " of this machine knows it",
            "unable to resolve host",
            "name or service not known"),
    REFUSED(
            "connection refused",
            "see whether `sloth-runner master` runs there and listens at this port",
            "connection refused"),
    NO_ROUTE(
            "no route to host",
            "see whether that machine is up, and whether a network leads there from here",
            "no route to host",
            "host is unreachable",
            "host is down",
            "network is unreachable",
            "network is down",
            "^null"),
    TIMED_OUT(
            "no answer in time",
            "see whether that machine is up, and whether a firewall stands between",
            "timed out",
            "timeout",
            "deadline exceeded",
            "deadline_exceeded"),
    NO_MASTER(
            "what answers there is no master",
            "see whether the address and the port (--master) are those of a `sloth-runner master`",
            "not an ssl/tls record",
            "wrong_version_number",
            "wrong version number",
            "http2",
            "http/2"),
    BROKEN(
            "the connection broke",
            "see whether `sloth-runner master` still runs there, and try again",
            "connection reset",
            "broken pipe",
            "closed",
            "end of stream",
            "shutdownnow",
            "keepalive failed",
            "goaway");

    private final String words;
    private final String remedy;

    /// Found in what the cause says, in small letters.
    private final Pattern signs;

    Unanswered(String words, String remedy, String... signs) {
        this.words = words;
        this.remedy = remedy;
        this.signs = Pattern.compile(String.join("|", signs));
    }

    String words() {
        return words;
    }

    String remedy() {
        return remedy;
    }

    /// Whether for certain nobody heard the call: there was no connection to make it over.
    boolean isUnheard() {
        return this == UNKNOWN_HOST || this == REFUSED;
    }

    /// What the deepest cause tells; nothing when it is none of these.
    static Optional<Unanswered> of(Throwable deepest) {
        if (deepest instanceof UnknownHostException
                || deepest instanceof UnresolvedAddressException) {
            return Optional.of(UNKNOWN_HOST);
        }
        // A failed connection to an address that no network leads to has no text but `null:
        // ADDRESS`.
        var said = String.valueOf(deepest.getMessage()).toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(each -> each.signs.matcher(said).find()).findFirst();
    }
}
