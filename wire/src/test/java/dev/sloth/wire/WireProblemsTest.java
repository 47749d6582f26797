package dev.sloth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class WireProblemsTest {
    private static Problem of(IOException why) {
        return WireProblems.unusable("the file f cannot be written", why, "do this")
                .list()
                .getFirst();
    }

    @Test
    void a_file_that_cannot_be_written_for_want_of_room_waits_for_room() {
        for (var why : new String[] {"No space left on device", "Disk quota exceeded"}) {
            var problem = of(new FileSystemException("f", null, why));
            assertThat(problem.code()).isEqualTo(WireProblems.FULL);
            assertThat(problem.message()).isEqualTo("the file f cannot be written: " + why);
            assertThat(problem.remedy()).startsWith("make room");
        }
    }

    @Test
    void one_that_may_not_be_written_is_for_a_person_to_mend() {
        var problem = of(new AccessDeniedException("f"));
        assertThat(problem.code()).isEqualTo(WireProblems.UNUSABLE_FILE);
        assertThat(problem.remedy()).isEqualTo("do this");
    }
}
