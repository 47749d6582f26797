package dev.sloth.lua.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.testkit.Gen;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Pieces put together are the text again, whatever it is.
class PiecesTest {
    private static final int SCRIPTS = 2_000;
    private static final int NOISES = 5_000;
    private static final int NOISE_BYTES_MAX = 200;

    /// Bytes that mean something to the lexer.
    private static final byte[] TELLING =
            "\r\n\t\f -[]=\"'\\z#!.:~<>0x1eaend\u00e4".getBytes(StandardCharsets.UTF_8);

    private static List<Piece> check(byte[] text) {
        List<Piece> pieces = Pieces.of(text);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        int line = 1;
        int lineStart = 0;
        for (Piece piece : pieces) {
            Span span = piece.span();
            assertThat(span.to()).as("%s", piece).isGreaterThan(span.from());
            assertThat(span.line()).as("%s", piece).isEqualTo(line);
            assertThat(span.column()).as("%s", piece).isEqualTo(span.from() - lineStart + 1);
            joined.write(text, span.from(), span.to() - span.from());
            for (int i = span.from(); i < span.to(); i++) {
                boolean breaks = text[i] == '\n' || text[i] == '\r';
                if (breaks) {
                    boolean pair =
                            i + 1 < span.to()
                                    && (text[i + 1] == '\n' || text[i + 1] == '\r')
                                    && text[i + 1] != text[i];
                    i += pair ? 1 : 0;
                    line++;
                    lineStart = i + 1;
                }
            }
        }
        assertThat(joined.toByteArray()).isEqualTo(text);
        return pieces;
    }

    @Test
    void scripts_come_back_byte_for_byte() {
        Scripts.bytes().forEach(PiecesTest::check);
    }

    @Test
    void broken_scripts_come_back_byte_for_byte() {
        Gen.forAll(SCRIPTS, gen -> check(new Mutation(gen).script()));
    }

    @Test
    void any_bytes_come_back_byte_for_byte() {
        Gen.forAll(
                NOISES,
                gen -> {
                    byte[] noise = new byte[gen.below(NOISE_BYTES_MAX)];
                    for (int i = 0; i < noise.length; i++) {
                        noise[i] =
                                gen.chance(80)
                                        ? TELLING[gen.below(TELLING.length)]
                                        : (byte) gen.below(256);
                    }
                    check(noise);
                });
    }

    @Test
    void each_piece_says_what_it_is() {
        byte[] text =
                "\uFEFF#!/bin/lua\r\nlocal x  = \"a\" --[[b\n]]..1 @"
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(check(text))
                .extracting(Piece::sort)
                .containsExactly(
                        Piece.Sort.BYTE_ORDER_MARK,
                        Piece.Sort.COMMENT,
                        Piece.Sort.LINE_BREAK,
                        Piece.Sort.KEYWORD,
                        Piece.Sort.BLANKS,
                        Piece.Sort.NAME,
                        Piece.Sort.BLANKS,
                        Piece.Sort.SYMBOL,
                        Piece.Sort.BLANKS,
                        Piece.Sort.STRING,
                        Piece.Sort.BLANKS,
                        Piece.Sort.COMMENT,
                        Piece.Sort.SYMBOL,
                        Piece.Sort.NUMBER,
                        Piece.Sort.BLANKS,
                        Piece.Sort.WRONG);
    }
}
