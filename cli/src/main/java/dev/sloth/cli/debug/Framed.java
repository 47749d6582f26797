package dev.sloth.cli.debug;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The editor's messages as they come, each looked at before it is let through: what has no length,
/// or is longer than it may be, ends the stream. Nobody could tell where the next one begins.
final class Framed extends InputStream {
    private static final int HEADER_BYTES_MAX = 8 << 10;
    private static final String LENGTH = "content-length:";

    private final InputStream in;
    private final int messageBytes;
    private byte[] header = {};
    private int at;
    private int body;
    private volatile Optional<String> fault = Optional.empty();

    Framed(InputStream in, int messageBytes) {
        this.in = in;
        this.messageBytes = messageBytes;
    }

    /// What ended the stream before its end.
    Optional<String> fault() {
        return fault;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (fault.isPresent() || (at == header.length && body == 0 && !next())) {
            return -1;
        }
        if (at < header.length) {
            int count = Math.min(length, header.length - at);
            System.arraycopy(header, at, to, from, count);
            at += count;
            return count;
        }
        int count = in.read(to, from, Math.min(length, body));
        body -= Math.max(0, count);
        return count;
    }

    /// Reads the next header; false at the end.
    private boolean next() throws IOException {
        int length = -1;
        int all = 0;
        while (true) {
            var line = new StringBuilder();
            int c = in.read();
            for (; c >= 0 && c != '\n' && all++ < HEADER_BYTES_MAX; c = in.read()) {
                line.append((char) c);
            }
            if (c < 0) {
                return false;
            }
            if (c != '\n') {
                return broken("a header of a message is longer than it may be");
            }
            var text = line.toString().strip();
            if (text.isEmpty() && length >= 0) {
                return message(length);
            }
            if (text.isEmpty()) {
                return broken("a message has no Content-Length");
            }
            if (text.toLowerCase(java.util.Locale.ROOT).startsWith(LENGTH)) {
                length = length(text.substring(LENGTH.length()).strip());
                if (length < 0) {
                    return false;
                }
            }
        }
    }

    private int length(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            var _ = broken("the Content-Length of a message is no number");
            return -1;
        }
        long length = Long.parseLong(text);
        if (length > messageBytes) {
            var _ =
                    broken(
                            "a message has %d bytes, more than the %d it may have"
                                    .formatted(length, messageBytes));
            return -1;
        }
        return (int) length;
    }

    private boolean broken(String why) {
        fault = Optional.of(why);
        return false;
    }

    private boolean message(int length) {
        header = ("Content-Length: " + length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        at = 0;
        body = length;
        return true;
    }
}
