package dev.sloth.wire;

import java.util.regex.Pattern;

/// Where a master listens.
public record MasterAddress(String host, int port) {
    private static final int PORT_MAX = 65_535;
    private static final Pattern TEXT =
            Pattern.compile("(\\[[0-9a-fA-F:.%a-z]+\\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");

    public MasterAddress {
        if (host.isEmpty() || port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("no address: " + host + ":" + port);
        }
    }

    /// Reads `HOST`, `HOST:PORT` or `[V6]:PORT`.
    ///
    /// @throws dev.sloth.api.workflow.Problems when it is none of these
    public static MasterAddress of(String text) {
        var matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            var digits = matcher.group(2);
            int port = digits == null ? Protocol.PORT : Integer.parseInt(digits);
            if (port >= 1 && port <= PORT_MAX) {
                return new MasterAddress(matcher.group(1), port);
            }
        }
        throw WireProblems.of(
                WireProblems.NO_ADDRESS,
                "'" + text + "' is no address of a master",
                "write it as HOST:PORT, such as master.example.org:" + Protocol.PORT);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
