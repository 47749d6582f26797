package dev.sloth.core.journal;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;
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
/// contents are guarded by their name.
final class Documents {
    /// What this build writes.
    static final int FORMAT = 1;

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

    /// Takes the sections of a document as they come.
    @FunctionalInterface
    interface Sections {
        /// Reads a section whose first token is the parser's current one; false when nobody knows
        /// it, and then nothing of it may have been read.
        boolean section(String name, JsonParser parser);
    }

    // ---- writing

    byte[] small(Consumer<Pen> sections) {
        var out = new ByteArrayOutputStream();
        try (var generator = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            begin(new Pen(generator), sections);
            generator.flush();
            generator.writeStringProperty("sum", sum(out.toByteArray(), 0));
            generator.writeEndObject();
        }
        return out.toByteArray();
    }

    byte[] large(Consumer<Pen> sections) {
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

    /// The value that was written so.
    static Json bare(byte[] bytes) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            parser.nextToken();
            var value = Json.read(parser);
            if (parser.nextToken() != null) {
                throw Damage.found("it goes on after its end");
            }
            return value;
        }
    }

    Content content(Consumer<Pen> sections) {
        return Content.written(out -> write(out, sections));
    }

    private void write(OutputStream out, Consumer<Pen> sections) {
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

    /// @throws StoreFailure `DAMAGED` when it is not what was written, which is known for sure only
    ///   at its end; `NEWER` when a later version wrote it
    void read(String what, byte[] body, Sections sections) {
        var _ =
                Damage.unless(
                        what,
                        () -> {
                            read(opened(body), sections);
                            return what;
                        });
    }

    void read(Content content, Sections sections) {
        var _ =
                Damage.unless(
                        content.toString(),
                        () -> {
                            read(content.open(), sections);
                            return content;
                        });
    }

    private static InputStream opened(byte[] body) {
        if (body.length > 0 && body[0] == ZSTD_FIRST) {
            try {
                return new ZstdInputStream(new ByteArrayInputStream(body));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        int before = body.length - SUM_LENGTH;
        if (before < 0
                || !new String(body, before, SUM_LENGTH, StandardCharsets.ISO_8859_1)
                        .equals(BEFORE_SUM + sum(body, SUM_LENGTH) + AFTER_SUM)) {
            throw Damage.found("its sum is another");
        }
        return new ByteArrayInputStream(body);
    }

    private void read(InputStream in, Sections sections) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Damage.found("it does not begin as a document");
            }
            format(parser);
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (!sections.section(name, parser)) {
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
            throw new StoreFailure(
                    StoreFailure.Reason.NEWER,
                    "format %d, of which this version knows %d".formatted(format, FORMAT));
        }
        if (format < 1) {
            throw Damage.found("there is no format " + format);
        }
    }

    /// Reads the items of a list one by one.
    static void each(JsonParser parser, Consumer<Json> item) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Damage.found("a list was expected");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            item.accept(Json.read(parser));
        }
    }
}
