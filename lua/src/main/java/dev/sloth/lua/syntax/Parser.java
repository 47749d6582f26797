package dev.sloth.lua.syntax;

/// The door: from text to tree.
public final class Parser {
    private Parser() {}

    /// Parses a script with the default limits.
    public static Parsed parse(String chunkName, byte[] text) {
        return parse(chunkName, text, ParserLimits.DEFAULT);
    }

    /// Parses a script. `chunkName` is what messages call it.
    public static Parsed parse(String chunkName, byte[] text, ParserLimits limits) {
        if (text.length > limits.sourceBytesMax()) {
            Errors errors = new Errors(1);
            String message = "chunk is longer than " + limits.sourceBytesMax() + " bytes";
            errors.add(new SyntaxError(message, new Span(0, 0, 1, 1)), false);
            return errors.bad();
        }
        byte[] own = text.clone();
        Tokens tokens = Lexer.read(own);
        Cursor cursor = new Cursor(tokens, limits);
        FunctionBody main = new StatParser(cursor).main();
        if (!cursor.errors().isEmpty()) {
            return cursor.errors().bad();
        }
        return new Parsed.Ok(new Chunk(chunkName, own, main, tokens.comments));
    }
}
