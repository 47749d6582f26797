package dev.sloth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.sloth.api.workflow.Problems;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What comes in parts, and how much of it is held.
class PartsTest {
    private static final ByteString PART = ByteString.copyFrom(new byte[Parts.PART_MAX]);
    private static final int MOST = Parts.WHOLE_MAX / Parts.PART_MAX;

    private final Parts parts = new Parts();

    @Test
    void parts_of_several_things_are_put_together() {
        assertThat(parts.add("a", ByteString.copyFromUtf8("one "), true)).isEmpty();
        assertThat(parts.add("b", ByteString.copyFromUtf8("other"), false).orElseThrow())
                .isEqualTo("other".getBytes(StandardCharsets.UTF_8));
        assertThat(parts.add("a", ByteString.copyFromUtf8("thing"), false).orElseThrow())
                .isEqualTo("one thing".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_longest_that_there_may_be_arrives_again_and_again() {
        for (int round = 0; round < 2; round++) {
            for (int i = 1; i < MOST; i++) {
                assertThat(parts.add("a", PART, true)).isEmpty();
            }
            assertThat(parts.add("a", PART, false).orElseThrow()).hasSize(Parts.WHOLE_MAX);
        }
    }

    @Test
    void all_that_has_begun_is_together_no_longer_than_one_may_be() {
        for (int i = 0; i < MOST; i++) {
            assertThat(parts.add("o" + i % 50, PART, true)).isEmpty();
        }
        assertThatThrownBy(() -> parts.add("more", PART, true)).isInstanceOf(Problems.class);
        assertThat(parts.add("more", PART, true)).as("what was held is let go of").isEmpty();
    }

    @Test
    void no_part_is_longer_than_one_may_be_and_no_more_begin_than_may() {
        var longer = PART.concat(ByteString.copyFromUtf8("x"));
        assertThatThrownBy(() -> parts.add("a", longer, false)).isInstanceOf(Problems.class);
        for (int i = 0; i < 64; i++) {
            assertThat(parts.add("o" + i, ByteString.copyFromUtf8("x"), true)).isEmpty();
        }
        assertThatThrownBy(() -> parts.add("more", ByteString.copyFromUtf8("x"), true))
                .isInstanceOf(Problems.class);
    }
}
