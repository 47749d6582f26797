package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RunFolderTest {
    @Test
    void an_id_sorts_by_time_and_has_chance_in_it() {
        var random = new SplittableRandom(1);
        var early = RunFolder.id(Instant.parse("2026-01-02T03:04:05Z"), random).text();
        var late = RunFolder.id(Instant.parse("2026-01-02T13:04:05Z"), random).text();
        assertThat(early).matches("20260102-030405-[0-9a-f]{8}").isLessThan(late);
        assertThat(RunFolder.id(Instant.EPOCH, random).text())
                .matches("19700101-000000-[0-9a-f]{8}");
    }
}
