package dev.sloth.lua.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParserFuzzTest {
    private static final int SCRIPTS = 100_000;

    @Test
    void the_corpus_is_right() {
        for (byte[] script : Scripts.bytes()) {
            assertThat(Parser.parse("test", script))
                    .as(new String(script, StandardCharsets.UTF_8))
                    .isInstanceOf(Parsed.Ok.class);
        }
    }

    @Test
    void broken_scripts_are_parsed_or_refused_and_nothing_else() {
        Gen.forAll(
                SCRIPTS,
                gen -> {
                    byte[] script = new Mutation(gen).script();
                    switch (Parser.parse("test", script)) {
                        case Parsed.Ok(var chunk) ->
                                assertThat(chunk.main().span().to()).isEqualTo(script.length);
                        case Parsed.Bad(var errors, _) -> checkErrors(errors, script);
                    }
                });
    }

    private static void checkErrors(List<SyntaxError> errors, byte[] script) {
        int last = 0;
        for (SyntaxError error : errors) {
            Span span = error.span();
            if (span.from() < last || span.to() > script.length || span.from() > span.to()) {
                throw new AssertionError(
                        errors + " in " + new String(script, StandardCharsets.UTF_8));
            }
            last = span.from();
        }
    }
}
