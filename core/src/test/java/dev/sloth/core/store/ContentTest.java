package dev.sloth.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ContentTest {
    @Test
    void what_is_written_piece_by_piece_is_the_same_content_small_or_large() {
        var random = new SplittableRandom(7);
        for (int size : new int[] {0, 1, 65_535, 65_536, 65_537, 300_000}) {
            var bytes = new byte[size];
            random.nextBytes(bytes);
            var whole = Content.of(bytes);

            var written =
                    Content.written(out -> {
                        int from = 0;
                        while (from < size) {
                            int piece = Math.min(size - from, 1 + random.nextInt(10_000));
                            out.write(bytes, from, piece);
                            from += piece;
                        }
                    });

            assertThat(written.sha256()).as("%s bytes", size).isEqualTo(whole.sha256());
            assertThat(written.size()).isEqualTo(size);
            assertThat(written.bytes()).isEqualTo(bytes);
        }
    }
}
