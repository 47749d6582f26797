package dev.sloth.lua.format;

import dev.sloth.lua.syntax.Parsed;
import dev.sloth.lua.syntax.Parser;
import dev.sloth.lua.syntax.Piece;
import dev.sloth.lua.syntax.Pieces;
import dev.sloth.testkit.Gen;
import java.nio.charset.StandardCharsets;

/// Puts other blanks, and comments, between the pieces of a script, as far as it still parses.
final class Shaking {
    private static final int TRIES = 8;

    private final Gen gen;
    private final String script;

    Shaking(Gen gen, String script) {
        this.gen = gen;
        this.script = script;
    }

    /// The script itself when nothing that still parses is found.
    String shaken() {
        for (int i = 0; i < TRIES; i++) {
            String shaken = shakenOnce();
            byte[] text = shaken.getBytes(StandardCharsets.UTF_8);
            if (Parser.parse("shaken", text) instanceof Parsed.Ok) {
                return shaken;
            }
        }
        return script;
    }

    private String shakenOnce() {
        byte[] text = script.getBytes(StandardCharsets.UTF_8);
        StringBuilder shaken = new StringBuilder();
        int often = gen.below(40);
        for (Piece piece : Pieces.of(text)) {
            var span = piece.span();
            boolean blank =
                    piece.sort() == Piece.Sort.BLANKS || piece.sort() == Piece.Sort.LINE_BREAK;
            shaken.append(
                    blank && gen.chance(often)
                            ? other()
                            : new String(
                                    text,
                                    span.from(),
                                    span.to() - span.from(),
                                    StandardCharsets.UTF_8));
            if (piece.sort() == Piece.Sort.SYMBOL && gen.chance(often / 4)) {
                shaken.append(other());
            }
        }
        return shaken.toString();
    }

    private String other() {
        return gen.oneOf(
                " ",
                "\n",
                "\r\n",
                "\n\r\r",
                "\n\n\n",
                "\t",
                " -- why\n",
                "--[[ a ]]",
                "\n--[==[ b\n]] ]==]\n",
                ";",
                ",");
    }
}
