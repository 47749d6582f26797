package dev.sloth.plugins.value;

import dev.sloth.api.value.Allowance;
import java.nio.charset.Charset;

/// A text that is put together piece by piece at the cost of the script that asked for it.
public final class Draft implements Appendable {
    private static final int ROOM_FIRST = 1 << 10;

    /// One for the text while it grows, and one for the bytes it becomes.
    private static final int BYTES_PER_CHARACTER = 2;

    private final StringBuilder out = new StringBuilder();
    private final Allowance allowance;
    private final long lengthMax;
    private long room = ROOM_FIRST;

    /// A text of any length that the allowance pays for.
    public Draft(Allowance allowance) {
        this(allowance, Integer.MAX_VALUE);
    }

    /// @param lengthMax characters
    public Draft(Allowance allowance, int lengthMax) {
        this.allowance = allowance;
        this.lengthMax = lengthMax;
    }

    /// Makes sure that so many characters more are paid for.
    ///
    /// @throws IllegalArgumentException when the text would be too long
    private void room(long more) {
        long length = out.length() + more;
        if (length > lengthMax) {
            throw new IllegalArgumentException(
                    "the text would be longer than " + lengthMax + " characters");
        }
        if (length > room) {
            long wider = Math.max(length, 2 * room);
            allowance.take(BYTES_PER_CHARACTER * (wider - room));
            room = wider;
        }
    }

    @Override
    public Draft append(CharSequence text) {
        room(text.length());
        out.append(text);
        return this;
    }

    @Override
    public Draft append(CharSequence text, int from, int to) {
        room(to - (long) from);
        out.append(text, from, to);
        return this;
    }

    @Override
    public Draft append(char character) {
        room(1);
        out.append(character);
        return this;
    }

    /// Adds a character that may be beyond the first plane.
    public Draft appendCodePoint(int character) {
        room(2);
        out.appendCodePoint(character);
        return this;
    }

    /// Adds the text so many times.
    public Draft repeat(CharSequence text, int times) {
        room((long) text.length() * times);
        out.repeat(text, times);
        return this;
    }

    public int length() {
        return out.length();
    }

    /// The text as bytes.
    public byte[] bytes(Charset charset) {
        return out.toString().getBytes(charset);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
