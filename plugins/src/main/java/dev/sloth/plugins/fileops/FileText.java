package dev.sloth.plugins.fileops;

import dev.sloth.api.value.Text;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// A file read as text: UTF-8 where it is that, else each byte a letter, so that it can be written
/// back as it was.
record FileText(String text, Charset charset) {
    static final FileText NONE = new FileText("", StandardCharsets.UTF_8);

    static FileText of(byte[] bytes) {
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            return new FileText(
                    decoder.decode(ByteBuffer.wrap(bytes)).toString(), StandardCharsets.UTF_8);
        } catch (CharacterCodingException _) {
            return new FileText(
                    new String(bytes, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
        }
    }

    /// A text of the script as it reads in this file.
    String own(Text given) {
        return new String(given.bytes(), charset);
    }

    FileText with(String changed) {
        return new FileText(changed, charset);
    }

    byte[] bytes() {
        return text.getBytes(charset);
    }
}
