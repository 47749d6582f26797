package dev.sloth.agent.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
    private static List<String> split(int lineMax, byte[]... chunks) {
        var lines = new ArrayList<String>();
        var splitter = new LineSplitter(lineMax, lines::add);
        for (var chunk : chunks) {
            splitter.take(chunk, chunk.length);
        }
        splitter.finish();
        return lines;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void lines_end_with_a_newline_a_return_or_both() {
        assertThat(split(100, bytes("a\nb\r\nc\rd\n\ne\r\n\r\nf")))
                .containsExactly("a", "b", "c", "d", "", "e", "", "f");
    }

    @Test
    void a_return_and_its_newline_may_come_apart() {
        assertThat(split(100, bytes("a\r"), bytes("\nb"))).containsExactly("a", "b");
    }

    @Test
    void what_is_not_text_does_not_hurt() {
        assertThat(split(100, new byte[] {(byte) 0xFF, 'a', 0, '\n'})).containsExactly("\uFFFDa\0");
    }

    @Test
    void a_long_line_comes_in_pieces_between_characters() {
        var line = "aé€😀".repeat(20);

        var pieces = split(16, bytes(line + "\nshort\n"));

        assertThat(pieces.getLast()).isEqualTo("short");
        assertThat(String.join("", pieces.subList(0, pieces.size() - 1))).isEqualTo(line);
        assertThat(pieces).allMatch(piece -> bytes(piece).length <= 16);
    }

    @Test
    void any_cutting_into_chunks_gives_the_same_lines() {
        var random = new SplittableRandom(7);
        for (int round = 0; round < 500; round++) {
            var text = new byte[random.nextInt(200)];
            for (int i = 0; i < text.length; i++) {
                text[i] = "ab\r\né".getBytes(UTF_8)[random.nextInt(6)];
            }
            int cut = random.nextInt(text.length + 1);
            var head = java.util.Arrays.copyOf(text, cut);
            var tail = java.util.Arrays.copyOfRange(text, cut, text.length);

            assertThat(split(16, head, tail))
                    .as("seed 7, round %d", round)
                    .isEqualTo(split(16, text));
        }
    }
}
