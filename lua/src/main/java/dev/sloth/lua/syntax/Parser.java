package dev.sloth.lua.syntax;

/// The door: from text to tree.
public final class Parser {
    /// A byte of the text may be kept as such, in a string, and as the start of a line.
    private static final long BYTES_PER_BYTE = 4;

    private Parser() {}

    /// Parses a script with the default limits.
    public static Parsed parse(String chunkName, byte[] text) {
        return parse(chunkName, text, ParserLimits.DEFAULT);
    }

    /// Parses a script. `chunkName` is what messages call it.
    public static Parsed parse(String chunkName, byte[] text, ParserLimits limits) {
        return parse(chunkName, text, limits, Allowance.UNLIMITED);
    }

    /// Parses a script of somebody who may not take all the memory there is.
    public static Parsed parse(
            String chunkName, byte[] text, ParserLimits limits, Allowance allowance) {
        if (text.length > limits.sourceBytesMax()) {
            Errors errors = new Errors(1);
            String message = "chunk is longer than " + limits.sourceBytesMax() + " bytes";
            errors.add(new SyntaxError(message, new Span(0, 0, 1, 1)), false);
            return errors.bad();
        }
        allowance.take(text.length * BYTES_PER_BYTE);
        byte[] own = text.clone();
        Tokens tokens = Lexer.read(own, allowance);
        Cursor cursor = new Cursor(tokens, limits, allowance);
        FunctionBody main = new StatParser(cursor).main();
        if (!cursor.errors().isEmpty()) {
            return cursor.errors().bad();
        }
        return new Parsed.Ok(new Chunk(chunkName, own, main, tokens.comments));
    }
}
