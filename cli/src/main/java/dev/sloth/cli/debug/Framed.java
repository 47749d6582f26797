package dev.sloth.cli.debug;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// The editor's messages as they come, each looked at before it is let through. What has no length,
/// or is longer than it may be, ends the stream: nobody could tell where the next one begins. What
/// is no request is told and left out.
final class Framed extends InputStream {
    private static final int HEADER_BYTES_MAX = 8 << 10;
    private static final int HEADER_BYTES = 64;
    private static final String LENGTH = "content-length:";

    private final InputStream in;
    private final int messageBytes;
    private final Consumer<String> leftOut;
    private byte[] message = {};
    private int at;
    private volatile Optional<String> fault = Optional.empty();

    /// @param leftOut is told why a message was
    Framed(InputStream in, int messageBytes, Consumer<String> leftOut) {
        this.in = in;
        this.leftOut = leftOut;
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
        while (at == message.length) {
            int next = fault.isPresent() ? -1 : header();
            if (next < 0) {
                return -1;
            }
            byte[] body = in.readNBytes(next);
            if (body.length < next) {
                return -1;
            }
            take(body);
        }
        int count = Math.min(length, message.length - at);
        System.arraycopy(message, at, to, from, count);
        at += count;
        return count;
    }

    private void take(byte[] given) {
        byte[] body;
        try {
            body = request(given);
        } catch (JsonParseException | StackOverflowError _) {
            leftOut.accept("it is no JSON");
            return;
        }
        if (body.length == 0) {
            leftOut.accept("it is no request");
            return;
        }
        var whole = new ByteArrayOutputStream(body.length + HEADER_BYTES);
        whole.writeBytes(
                ("Content-Length: " + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(body);
        message = whole.toByteArray();
        at = 0;
    }

    /// The body, if it is a request, or nothing. One without arguments is given empty ones.
    private static byte[] request(byte[] body) {
        var json = JsonParser.parseString(new String(body, StandardCharsets.UTF_8));
        if (!(json instanceof JsonObject request) || !isRequest(request)) {
            return new byte[0];
        }
        JsonElement given = request.get("arguments");
        if (given != null && !given.isJsonNull()) {
            return body;
        }
        request.add("arguments", new JsonObject());
        return request.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isRequest(JsonObject message) {
        return message.get("type") instanceof JsonPrimitive type
                && type.getAsString().equals("request")
                && message.get("command") instanceof JsonPrimitive
                && message.get("seq") instanceof JsonPrimitive number
                && number.isNumber()
                && number.getAsString().matches("[0-9]{1,9}");
    }

    /// Reads the next header; gives the length that it says, or -1 at the end.
    private int header() throws IOException {
        int length = -1;
        int all = 0;
        while (true) {
            var line = new StringBuilder();
            int c = in.read();
            for (; c >= 0 && c != '\n' && all++ < HEADER_BYTES_MAX; c = in.read()) {
                line.append((char) c);
            }
            if (c < 0) {
                return -1;
            }
            if (c != '\n') {
                return broken("a header of a message is longer than it may be");
            }
            var text = line.toString().strip();
            if (text.isEmpty()) {
                return length >= 0 ? length : broken("a message has no Content-Length");
            }
            if (text.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = length(text.substring(LENGTH.length()).strip());
                if (length < 0) {
                    return -1;
                }
            }
        }
    }

    private int length(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            return broken("the Content-Length of a message is no number");
        }
        long length = Long.parseLong(text);
        return length > messageBytes
                ? broken(
                        "a message has %d bytes, more than the %d it may have"
                                .formatted(length, messageBytes))
                : (int) length;
    }

    private int broken(String why) {
        fault = Optional.of(why);
        return -1;
    }
}
