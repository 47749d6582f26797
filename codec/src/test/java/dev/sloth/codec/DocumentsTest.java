package dev.sloth.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DocumentsTest {
    private static void write(Pen pen) {
        pen.name("words");
        pen.items(List.of("one", "two"), pen::text);
    }

    private static List<String> words(byte[] body) {
        var words = new ArrayList<String>();
        Documents.read(
                body,
                (name, section) -> {
                    if (!name.equals("words")) {
                        return false;
                    }
                    section.each(json -> words.add(json.text()));
                    return true;
                });
        return words;
    }

    @Test
    void a_small_document_can_be_read_by_people_and_says_its_format_first() {
        assertThat(new String(Documents.small(DocumentsTest::write), StandardCharsets.UTF_8))
                .startsWith("{\"format\":1,\"words\":[\"one\",\"two\"],\"sum\":\"");
        assertThat(words(Documents.small(DocumentsTest::write))).containsExactly("one", "two");
    }

    @Test
    void a_large_document_is_read_as_a_small_one_is() {
        assertThat(words(Documents.large(DocumentsTest::write))).containsExactly("one", "two");
    }

    @Test
    void what_later_minor_versions_add_is_passed_over() {
        var body = "{\"format\":1,\"new\":[{\"x\":[1]}],\"words\":[\"one\"],\"more\":null}";
        assertThat(words(Bytes.sealed(body))).containsExactly("one");
    }

    @Test
    void a_later_format_is_told_apart_from_damage() {
        assertThatThrownBy(() -> words(Bytes.sealed("{\"format\":2,\"words\":[]}")))
                .isInstanceOfSatisfying(DamagedDocument.class, e -> assertThat(e.newer()).isTrue())
                .hasMessage("format 2, of which this version knows 1");
    }

    @Test
    void what_is_no_document_is_damage() {
        for (var text :
                List.of(
                        "{}",
                        "[]",
                        "{\"format\":0}",
                        "{\"format\":99999999999}",
                        "{\"format\":\"1\"}",
                        "{\"words\":[],\"format\":1}",
                        "{\"format\":1,\"words\":{}}",
                        "{\"format\":1,\"words\":[1]}",
                        "{\"format\":1,\"words\":[[]]}")) {
            assertThatThrownBy(() -> words(Bytes.sealed(text)))
                    .as(text)
                    .isInstanceOfSatisfying(
                            DamagedDocument.class, e -> assertThat(e.newer()).isFalse());
        }
    }

    @Test
    void a_large_document_that_was_cut_short_is_damage() {
        var body = Documents.large(DocumentsTest::write);
        for (int length = 0; length < body.length; length++) {
            var cut = Arrays.copyOf(body, length);
            assertThatThrownBy(() -> words(cut)).isInstanceOf(DamagedDocument.class);
        }
    }

    @Test
    void every_flipped_bit_of_a_large_document_is_noticed_or_does_no_harm() {
        var body = Documents.large(DocumentsTest::write);
        int harmless = 0;
        for (int bit = 0; bit < body.length * 8; bit++) {
            var flipped = body.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            if (!Bytes.refused(flipped, DocumentsTest::words)) {
                harmless++;
                assertThat(words(flipped)).containsExactly("one", "two");
            }
        }
        assertThat(harmless).as("bits of a compressed frame that say nothing").isLessThan(16);
    }

    @Test
    void a_failure_of_whoever_takes_the_sections_is_no_damage() {
        var theirs = new IllegalStateException("theirs");
        assertThatThrownBy(() ->
                        Documents.read(
                                Documents.small(DocumentsTest::write),
                                (_, _) -> {
                                    throw theirs;
                                }))
                .isSameAs(theirs);
    }
}
