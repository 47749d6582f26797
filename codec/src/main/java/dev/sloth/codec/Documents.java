package dev.sloth.codec;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32C;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// JSON documents: first their format, then sections. Small ones are plain and end with the CRC-32C
/// of all that comes before; large ones are compressed with zstd, whose own checksum guards them;
/// those on a stream are guarded by whoever keeps them.
public final class Documents {
    /// What this build writes.
    public static final int FORMAT = 1;

    /// How deep documents may nest: tables of tables up to `Data.DEPTH_MAX` take twice that.
    private static final int NESTING_MAX = 500;

    private static final int LEVEL = 3;
    private static final int ZSTD_FIRST = 0x28;
    private static final String BEFORE_SUM = ",\"sum\":\"";
    private static final String AFTER_SUM = "\"}";
    private static final int SUM_LENGTH = BEFORE_SUM.length() + 8 + AFTER_SUM.length();

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(NESTING_MAX)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .build())
                    .streamWriteConstraints(
                            StreamWriteConstraints.builder().maxNestingDepth(NESTING_MAX).build())
                    .build();

    private Documents() {}

    /// Takes the sections of a document as they come.
    @FunctionalInterface
    public interface Sections {
        /// Reads a section; false when nobody knows it, and then nothing of it may have been read.
        boolean section(String name, Section section);
    }

    // ---- writing

    public static byte[] small(Consumer<Pen> sections) {
        var out = new ByteArrayOutputStream();
        try (var generator = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            begin(new Pen(generator), sections);
            generator.flush();
            generator.writeStringProperty("sum", sum(out.toByteArray(), 0));
            generator.writeEndObject();
        }
        return out.toByteArray();
    }

    public static byte[] large(Consumer<Pen> sections) {
        var out = new ByteArrayOutputStream();
        try {
            write(new ZstdOutputStream(out, LEVEL).setChecksum(true), sections);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// One value, without a format or a sum of its own.
    static byte[] bare(Consumer<Pen> value) {
        var out = new ByteArrayOutputStream();
        try (var generator = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            value.accept(new Pen(generator));
        }
        return out.toByteArray();
    }

    /// A small document of one section.
    static byte[] single(String section, Consumer<Pen> value) {
        return small(pen -> {
            pen.name(section);
            value.accept(pen);
        });
    }

    /// Writes a document that others guard, and closes the stream.
    public static void write(OutputStream out, Consumer<Pen> sections) {
        try (var generator = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            begin(new Pen(generator), sections);
            generator.writeEndObject();
        }
    }

    private static void begin(Pen pen, Consumer<Pen> sections) {
        pen.json().writeStartObject();
        pen.number("format", FORMAT);
        sections.accept(pen);
    }

    private static String sum(byte[] bytes, int without) {
        var crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - without);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    // ---- reading

    /// Reads a small or a large document. It is damage too when a section calls an argument
    /// illegal.
    ///
    /// @throws DamagedDocument when it is not what was written, which is known for sure only at its
    ///   end
    public static void read(byte[] body, Sections sections) {
        var _ =
                Damage.unless(() -> {
                    parse(opened(body), sections);
                    return body;
                });
    }

    /// Reads a document that others guard, and closes the stream.
    ///
    /// @throws DamagedDocument when it is not what was written
    public static void read(InputStream document, Sections sections) {
        var _ =
                Damage.unless(() -> {
                    parse(document, sections);
                    return document;
                });
    }

    /// Reads a small document of one section. It is never longer than its bytes, as one that is
    /// compressed could be.
    ///
    /// @throws DamagedDocument when it is not what was written
    static <T> T single(String section, byte[] body, Function<Json, T> value) {
        return Damage.unless(() -> {
            var read = new ArrayList<T>();
            parse(
                    checked(body),
                    (name, there) -> name.equals(section) && read.add(value.apply(there.json())));
            if (read.size() != 1) {
                throw Damage.found("it does not say '" + section + "' once");
            }
            return read.getFirst();
        });
    }

    /// The value that was written so.
    static Json bare(byte[] bytes) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            parser.nextToken();
            var value = Section.read(parser);
            if (parser.nextToken() != null) {
                throw Damage.found("it goes on after its end");
            }
            return value;
        }
    }

    private static InputStream opened(byte[] body) {
        if (body.length > 0 && body[0] == ZSTD_FIRST) {
            try {
                return new ZstdInputStream(new ByteArrayInputStream(body));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return checked(body);
    }

    private static InputStream checked(byte[] body) {
        int before = body.length - SUM_LENGTH;
        if (before < 0
                || !new String(body, before, SUM_LENGTH, StandardCharsets.ISO_8859_1)
                        .equals(BEFORE_SUM + sum(body, SUM_LENGTH) + AFTER_SUM)) {
            throw Damage.found("its sum is another");
        }
        return new ByteArrayInputStream(body);
    }

    private static void parse(InputStream in, Sections sections) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Damage.found("it does not begin as a document");
            }
            format(parser);
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (!sections.section(name, new Section(parser))) {
                    parser.skipChildren();
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw Damage.found("it goes on after its end, or ends before");
            }
        }
    }

    private static void format(JsonParser parser) {
        if (!"format".equals(parser.nextName())
                || parser.nextToken() != JsonToken.VALUE_NUMBER_INT) {
            throw Damage.found("it does not say its format");
        }
        int format = parser.getIntValue();
        if (format > FORMAT) {
            throw DamagedDocument.ofLaterFormat(format, FORMAT);
        }
        if (format < 1) {
            throw Damage.found("there is no format " + format);
        }
    }
}
