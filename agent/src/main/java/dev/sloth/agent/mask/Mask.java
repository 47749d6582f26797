package dev.sloth.agent.mask;

import dev.sloth.api.secret.Secrets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Puts `***` in the place of secrets, in all forms that they take. Safe for use by many threads.
public final class Mask {
    /// What is shorter is not looked for.
    public static final int LENGTH_MIN = 4;

    /// How long all forms of all values may be together: each byte of them takes some 40 of memory
    /// while they are made ready, and half of that afterwards.
    public static final int FORMS_MAX = 4 << 20;

    /// What is shown instead.
    public static final String SHOWN = "***";

    /// Of those who have no secrets.
    public static final Mask NONE = new Mask(List.of());

    private final Optional<Automaton> automaton;
    private final boolean numbers;

    private Mask(Collection<byte[]> patterns) {
        this.numbers = patterns.stream().anyMatch(Mask::isNumber);
        this.automaton =
                patterns.isEmpty() ? Optional.empty() : Optional.of(Automaton.of(patterns));
    }

    /// @throws IllegalArgumentException when they are too many or too long
    public static Mask of(Secrets secrets) {
        var values = new ArrayList<byte[]>();
        secrets.hidden().forEach(secret -> values.add(secret.bytes()));
        var mask = of(values);
        values.forEach(value -> Arrays.fill(value, (byte) 0));
        return mask;
    }

    /// Of values as they are.
    ///
    /// @throws IllegalArgumentException when they are too many or too long
    public static Mask of(Collection<byte[]> values) {
        var patterns = new TreeSet<byte[]>(Arrays::compare);
        long length = 0;
        for (byte[] value : values) {
            if (value.length >= LENGTH_MIN) {
                for (byte[] form : Forms.of(value, LENGTH_MIN)) {
                    length += patterns.add(form) ? form.length : 0;
                }
                if (length > FORMS_MAX) {
                    throw new IllegalArgumentException(
                            "all forms of the secrets are longer than %d bytes together"
                                    .formatted(FORMS_MAX));
                }
            }
        }
        return patterns.isEmpty() ? NONE : new Mask(patterns);
    }

    public boolean isEmpty() {
        return automaton.isEmpty();
    }

    /// Whether one of the forms may be that of a number.
    public boolean hidesNumbers() {
        return numbers;
    }

    private static boolean isNumber(byte[] form) {
        for (byte each : form) {
            if ("0123456789.-E".indexOf(each) < 0) {
                return false;
            }
        }
        return true;
    }

    /// For one stream of bytes.
    ///
    /// @throws IllegalStateException when there is nothing to look for
    public MaskStream stream() {
        return new MaskStream(
                automaton.orElseThrow(() -> new IllegalStateException("nothing is hidden")));
    }

    /// Whether there is a secret in it.
    public boolean hides(String text) {
        return automaton.isPresent() && hides(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The same text without secrets.
    public String text(String text) {
        if (automaton.isEmpty()) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return hides(bytes) ? new String(masked(bytes), StandardCharsets.UTF_8) : text;
    }

    /// The same bytes without secrets; the very same when there are none.
    public byte[] bytes(byte[] bytes) {
        return hides(bytes) ? masked(bytes) : bytes;
    }

    /// As above, of bytes.
    public boolean hides(byte[] bytes) {
        if (automaton.isEmpty()) {
            return false;
        }
        var scan = new Scan(automaton.get());
        int _ = scan.run(bytes, 0, bytes.length);
        return scan.hits();
    }

    private byte[] masked(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length);
        var stream = stream();
        stream.take(bytes, bytes.length, out::write);
        stream.finish(out::write);
        return out.toByteArray();
    }
}
