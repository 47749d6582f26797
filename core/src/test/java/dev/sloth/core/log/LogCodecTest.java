package dev.sloth.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.core.store.LogStore.Chunk;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogCodecTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678901Z");

    private static Chunk chunk(List<LogLine> lines, Tail tail) {
        var draft = new Draft(RecordingLogs.attempt("t", 1), lines.getFirst().at());
        for (var line : lines) {
            draft.add(line, line.text().getBytes(StandardCharsets.UTF_8));
        }
        return draft.chunk(tail);
    }

    private static List<LoggedLine> read(Chunk chunk) {
        var lines = new Lines(chunk);
        var all = new ArrayList<LoggedLine>();
        while (lines.more()) {
            all.add(lines.next());
        }
        return all;
    }

    /// Any character there is but halves of pairs.
    private static String text(Gen gen) {
        var text = new StringBuilder();
        int length = gen.below(gen.size() + 1);
        for (int i = 0; i < length; i++) {
            int c = gen.oneOf(0x80, 0x800, 0x1_0000, 0x11_0000);
            int drawn = gen.below(c);
            text.appendCodePoint(drawn >= 0xD800 && drawn < 0xE000 ? '\n' : drawn);
        }
        return text.toString();
    }

    private static LogLine line(Gen gen) {
        long micros = gen.chance(90) ? gen.below(2_000_000) : -gen.below(2_000_000_000);
        return new LogLine(
                START.plusNanos(micros * 1_000),
                gen.oneOf("out", "err", "INFO", "SUCCESS", "x".repeat(LogLine.CHANNEL_MAX)),
                text(gen));
    }

    @Test
    void any_line_comes_back_as_it_was_with_its_place() {
        Gen.forAll(
                2_000,
                gen -> {
                    var lines = gen.list(gen.between(1, 1 + gen.size()), () -> line(gen));
                    var tail = new Tail(gen.below(9), gen.below(1_000), gen.below(1_000_000));
                    var chunk = chunk(lines, tail);
                    long number = tail.lines();
                    long offset = tail.size();
                    for (var logged : read(chunk)) {
                        assertThat(logged.number()).isEqualTo(number);
                        assertThat(logged.offset()).isEqualTo(offset);
                        var line = lines.get((int) (number - tail.lines()));
                        assertThat(logged.line()).isEqualTo(line);
                        number++;
                        offset += line.text().getBytes(StandardCharsets.UTF_8).length + 1L;
                    }
                    assertThat(Tail.NOTHING.after(chunk))
                            .isEqualTo(new Tail(tail.chunks() + 1, number, offset));
                });
    }

    @Test
    void empty_lines_cost_next_to_nothing() {
        var lines = new ArrayList<LogLine>();
        for (int i = 0; i < 65_536; i++) {
            lines.add(new LogLine(START, LogLine.OUT, ""));
        }
        var chunk = chunk(lines, Tail.NOTHING);
        assertThat(chunk.size()).isEqualTo(65_536);
        assertThat(chunk.zstd()).hasSizeLessThan(100);
        assertThat(read(chunk)).hasSize(65_536);
    }

    @Test
    void a_line_of_a_megabyte_comes_back() {
        var text = "é".repeat(1 << 19);
        var chunk = chunk(List.of(new LogLine(START, LogLine.ERR, text)), Tail.NOTHING);
        assertThat(chunk.size()).isEqualTo((1 << 20) + 1);
        assertThat(read(chunk).getFirst().line().text()).isEqualTo(text);
    }

    @Test
    void half_a_pair_becomes_a_question_mark() {
        var chunk = chunk(List.of(new LogLine(START, LogLine.OUT, "a\uD800b")), Tail.NOTHING);
        assertThat(read(chunk).getFirst().line().text()).isEqualTo("a?b");
    }

    @Test
    void a_flipped_bit_is_found_wherever_it_is() {
        var lines = new ArrayList<LogLine>();
        for (int i = 0; i < 50; i++) {
            lines.add(new LogLine(START.plusMillis(i), LogLine.OUT, "line " + i * i));
        }
        var chunk = chunk(lines, Tail.NOTHING);
        var before = read(chunk);
        for (int bit = 0; bit < chunk.zstd().length * 8; bit++) {
            var bytes = chunk.zstd().clone();
            bytes[bit / 8] ^= (byte) (1 << (bit % 8));
            var damaged = with(chunk, chunk.lines(), chunk.size(), bytes);
            try {
                // A bit of the frame's head may say nothing about its content.
                assertThat(read(damaged)).isEqualTo(before);
            } catch (StoreFailure e) {
                assertThat(e.reason()).isEqualTo(StoreFailure.Reason.DAMAGED);
            }
        }
    }

    @Test
    void what_is_cut_short_foreign_or_miscounted_is_damaged() {
        var chunk =
                chunk(
                        List.of(new LogLine(START, "out", "a"), new LogLine(START, "err", "b")),
                        Tail.NOTHING);
        var cut = java.util.Arrays.copyOf(chunk.zstd(), chunk.zstd().length - 5);
        for (var damaged :
                List.of(
                        with(chunk, 2, 4, cut),
                        with(chunk, 2, 4, new byte[0]),
                        with(chunk, 2, 4, "nothing of ours".getBytes(StandardCharsets.UTF_8)),
                        with(chunk, 1, 4, chunk.zstd()),
                        with(chunk, 3, 4, chunk.zstd()),
                        with(chunk, 2, 5, chunk.zstd()),
                        with(chunk, 2, 4, com.github.luben.zstd.Zstd.compress(new byte[] {2, 0})),
                        with(
                                chunk,
                                2,
                                4,
                                com.github.luben.zstd.Zstd.compress(new byte[1 << 20])))) {
            assertThatThrownBy(() -> read(damaged))
                    .isInstanceOfSatisfying(
                            StoreFailure.class,
                            e -> assertThat(e.reason()).isEqualTo(StoreFailure.Reason.DAMAGED))
                    .hasMessage("chunk 0 of the output of 20260102-030405-0000abcd/t/1 is damaged");
        }
    }

    private static Chunk with(Chunk c, int lines, long size, byte[] zstd) {
        return new Chunk(
                c.id(),
                c.number(),
                c.firstLine(),
                lines,
                c.offset(),
                size,
                c.firstAt(),
                c.lastAt(),
                zstd);
    }

    @Test
    void a_channel_is_a_short_word() {
        for (var word : List.of("", "two words", "x".repeat(33), "o-t", "é")) {
            assertThatThrownBy(() -> new LogLine(START, word, ""))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new LogLine(START, "INFO", "hello").shown()).isEqualTo("INFO hello");
        assertThat(new LogLine(START, LogLine.ERR, "hello").shown()).isEqualTo("hello");
    }
}
