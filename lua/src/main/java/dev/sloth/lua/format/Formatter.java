package dev.sloth.lua.format;

import dev.sloth.lua.syntax.Chunk;
import dev.sloth.lua.syntax.Parsed;
import dev.sloth.lua.syntax.Parser;
import dev.sloth.lua.syntax.Pieces;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The door: from a text to the same text in our style.
public final class Formatter {
    private Formatter() {}

    /// Formats a script. `name` is what errors call it.
    public static Formatted format(String name, byte[] text) {
        return switch (Parser.parse(name, text)) {
            case Parsed.Bad(var errors, _) -> new Formatted.Wrong(errors);
            case Parsed.Ok(var chunk) -> new Formatted.Done(written(chunk));
        };
    }

    private static byte[] written(Chunk chunk) {
        List<Word> words = new Tidying(Words.of(chunk)).words();
        int mark = Pieces.mark(chunk.text());
        String text = new Layout(words, new Nesting(words)).written();
        return (new String(chunk.text(), 0, mark, StandardCharsets.ISO_8859_1) + text)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
