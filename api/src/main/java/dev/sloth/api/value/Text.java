package dev.sloth.api.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// A string: immutable bytes, usually UTF-8, which may carry named fields that a script reads as
/// `text.field`.
///
/// Two texts are equal when their bytes are; fields do not count.
public final class Text implements Value.Textual {
    private final byte[] bytes;
    private final List<Value.Entry> fields;

    private Text(byte[] bytes, List<Value.Entry> fields) {
        this.bytes = bytes;
        this.fields = fields;
    }

    public static Text of(String text) {
        return new Text(text.getBytes(StandardCharsets.UTF_8), List.of());
    }

    /// Takes the array over: the caller must not change it any more.
    public static Text ofBytes(byte[] bytes) {
        return new Text(bytes, List.of());
    }

    /// The same text with these fields.
    public Text with(List<Value.Entry> named) {
        return new Text(bytes, List.copyOf(named));
    }

    /// The bytes themselves, not a copy: read only.
    public byte[] bytes() {
        return bytes;
    }

    public List<Value.Entry> fields() {
        return fields;
    }

    /// As Java text; bytes that are not UTF-8 become replacement characters.
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text t && Arrays.equals(bytes, t.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
