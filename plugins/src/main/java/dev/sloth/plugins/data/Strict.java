package dev.sloth.plugins.data;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Bytes to characters and numbers to values without losing anything on the way.
final class Strict {
    private static final BigInteger EXACT_MAX = BigInteger.ONE.shiftLeft(53);
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private Strict() {}

    /// The text of a document.
    static String document(byte[] bytes, DocumentBounds bounds) {
        if (bytes.length > bounds.bytes()) {
            throw new Malformed(
                    "the text has %d bytes; at most %d are read"
                            .formatted(bytes.length, bounds.bytes()));
        }
        bounds.allowance().take(bytes.length);
        try {
            var text = utf8(bytes);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw new Malformed("the text is not UTF-8");
        }
    }

    static String utf8(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    /// Characters as bytes; half a surrogate pair is refused, not replaced.
    static Text text(String characters, int line, int column) {
        try {
            var encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(characters));
            var bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return Text.ofBytes(bytes);
        } catch (CharacterCodingException _) {
            throw new Malformed("half a character: a surrogate without its other", line, column);
        }
    }

    /// A whole number, or its digits as text when a number of Lua cannot hold it exactly.
    static Value whole(BigInteger number) {
        return number.abs().compareTo(EXACT_MAX) <= 0
                ? new Value.Num(number.doubleValue())
                : Text.of(number.toString());
    }

    static Value fraction(double number, int line, int column) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new Malformed("not a number that can be held", line, column);
        }
        return new Value.Num(number);
    }
}
