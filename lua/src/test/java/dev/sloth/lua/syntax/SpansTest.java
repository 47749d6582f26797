package dev.sloth.lua.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every byte of a text belongs to a token, a comment or the blanks between, and every node knows
/// its own bytes.
class SpansTest {
    private static final int SCRIPTS = 2_000;

    private static Chunk parse(String source) {
        return switch (Parser.parse("test", source.getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Ok(var chunk) -> chunk;
            case Parsed.Bad(var errors, _) -> throw new AssertionError(errors);
        };
    }

    private static String text(Chunk chunk, Span span) {
        return new String(
                chunk.text(), span.from(), span.to() - span.from(), StandardCharsets.UTF_8);
    }

    @Test
    void tokens_comments_and_blanks_make_up_the_text() {
        for (byte[] script : Scripts.bytes()) {
            checkCovered(script);
        }
        Gen.forAll(SCRIPTS, gen -> checkCovered(new Mutation(gen).script()));
    }

    private static void checkCovered(byte[] script) {
        Tokens tokens = Lexer.read(script);
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < tokens.count; i++) {
            spans.add(tokens.span(i));
        }
        tokens.comments.forEach(c -> spans.add(c.span()));
        spans.sort(Comparator.comparingInt(Span::from).thenComparingInt(Span::to));
        int last = 0;
        for (Span span : spans) {
            assertThat(new String(script, last, span.from() - last, StandardCharsets.UTF_8))
                    .isBlank();
            checkPosition(script, span);
            last = span.to();
        }
        assertThat(last).isEqualTo(script.length);
    }

    /// Counts lines anew.
    private static void checkPosition(byte[] script, Span span) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < span.from(); i++) {
            if (script[i] != '\n' && script[i] != '\r') {
                continue;
            }
            boolean pair =
                    i + 1 < span.from()
                            && (script[i + 1] == '\n' || script[i + 1] == '\r')
                            && script[i + 1] != script[i];
            i += pair ? 1 : 0;
            line++;
            lineStart = i + 1;
        }
        assertThat(span.line()).isEqualTo(line);
        assertThat(span.column()).isEqualTo(span.from() - lineStart + 1);
    }

    @Test
    void statements_span_their_text() {
        String source =
                """
                local a = 1 -- one
                a = b.c [1] ;
                f "x"
                if a then
                  return a + b
                end
                """;
        Chunk chunk = parse(source);
        assertThat(chunk.main().block().stats())
                .extracting(s -> text(chunk, s.span()))
                .containsExactly(
                        "local a = 1", "a = b.c [1]", "f \"x\"", "if a then\n  return a + b\nend");
        assertThat(chunk.comments())
                .extracting(c -> text(chunk, c.span()))
                .containsExactly("-- one");
        assertThat(chunk.main().block().stats().getLast().span())
                .isEqualTo(new Span(39, source.length() - 1, 4, 1));
    }

    @Test
    void expressions_span_their_text() {
        Chunk chunk = parse("x = (a . b + - c : d ( 1 )) ..\n{ e = function ( ) end }");
        Stat.Assign assign = (Stat.Assign) chunk.main().block().stats().getFirst();
        Expr.Binary concat = (Expr.Binary) assign.values().getFirst();
        assertThat(text(chunk, concat.span()))
                .isEqualTo("(a . b + - c : d ( 1 )) ..\n{ e = function ( ) end }");
        assertThat(text(chunk, concat.operatorSpan())).isEqualTo("..");
        Expr.Parenthesized left = (Expr.Parenthesized) concat.left();
        assertThat(text(chunk, left.span())).isEqualTo("(a . b + - c : d ( 1 ))");
        Expr.Binary sum = (Expr.Binary) left.inner();
        assertThat(text(chunk, sum.left().span())).isEqualTo("a . b");
        Expr.Unary minus = (Expr.Unary) sum.right();
        assertThat(text(chunk, minus.span())).isEqualTo("- c : d ( 1 )");
        assertThat(text(chunk, minus.operand().span())).isEqualTo("c : d ( 1 )");
        Expr.Table table = (Expr.Table) concat.right();
        assertThat(table.span()).isEqualTo(new Span(31, 55, 2, 1));
        Expr.Field.Named field = (Expr.Field.Named) table.fields().getFirst();
        assertThat(text(chunk, field.value().span())).isEqualTo("function ( ) end");
    }

    @Test
    void blocks_span_from_their_first_token_to_their_last() {
        Chunk chunk = parse("do f() ; end do end");
        Stat.Do full = (Stat.Do) chunk.main().block().stats().getFirst();
        Stat.Do empty = (Stat.Do) chunk.main().block().stats().getLast();
        assertThat(text(chunk, full.block().span())).isEqualTo("f() ;");
        assertThat(empty.block().span()).isEqualTo(new Span(16, 16, 1, 17));
    }

    @Test
    void bytes_that_are_no_text_are_kept() {
        byte[] script = {'x', '=', '"', (byte) 0xFF, 0, '"', '-', '-', (byte) 0xFE};
        Parsed.Ok parsed = (Parsed.Ok) Parser.parse("test", script);
        Stat.Assign assign = (Stat.Assign) parsed.chunk().main().block().stats().getFirst();
        assertThat(((Expr.Str) assign.values().getFirst()).bytes())
                .containsExactly((byte) 0xFF, (byte) 0);
        assertThat(parsed.chunk().comments()).hasSize(1);
    }
}
