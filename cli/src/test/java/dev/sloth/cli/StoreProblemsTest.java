package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import dev.sloth.master.afar.RunProblems;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreProblemsTest {
    @TempDir private Path folder;

    @Test
    void every_reason_has_a_code_of_its_own_a_remedy_and_an_exit_code() {
        var problems =
                Arrays.stream(Reason.values())
                        .map(reason -> StoreProblems.problem(new StoreFailure(reason, "why")))
                        .toList();
        assertThat(problems).allMatch(problem -> problem.code().matches("SLOTH-41\\d\\d"));
        assertThat(problems).allMatch(problem -> !problem.remedy().isEmpty());
        assertThat(problems.stream().map(problem -> problem.code()).distinct())
                .hasSize(Reason.values().length);
        assertThat(StoreProblems.exit(Reason.FENCED)).isEqualTo(3);
        assertThat(StoreProblems.exit(Reason.NEWER)).isEqualTo(3);
        assertThat(StoreProblems.exit(Reason.FULL)).isEqualTo(4);
    }

    @Test
    void the_store_of_a_master_fails_with_the_same_exit_code_whatever_was_asked_of_it() {
        for (var reason : Reason.values()) {
            var problem = RunProblems.of(new StoreFailure(reason, "why"));
            assertThat(ClusterProblems.exit(problem)).contains(StoreProblems.exit(reason));
        }
    }

    @Test
    void what_may_not_be_written_may_be_on_a_read_only_file_system() {
        var problem = StoreProblems.problem(new StoreFailure(Reason.FORBIDDEN, "why"));
        assertThat(problem.remedy()).contains("yours to read and write", "mounted read-only");
    }

    @Test
    void of_many_damaged_parts_the_first_are_told_and_the_rest_is_counted() {
        var parts = IntStream.rangeClosed(1, 12).mapToObj(n -> "part " + n + " is bad.").toList();
        var failure = StoreProblems.damaged(parts, "do this");
        var problem = StoreProblems.problem(failure);
        assertThat(problem.message())
                .startsWith("part 1 is bad; part 2 is bad; ")
                .endsWith("part 10 is bad; and 2 more");
        assertThat(problem.code()).isEqualTo("SLOTH-4106");
        assertThat(problem.remedy()).isEqualTo("do this");
        assertThat(StoreProblems.exit(failure.reason())).isEqualTo(Exit.STORE);
    }

    @Test
    void a_store_that_is_no_store_is_told_with_its_exit_code_and_left_as_it_is() {
        var text = "this is not a database, and nobody should make one of it";
        var door = new Door(folder).file("home/store.db", text);
        var answer = door.call("runs", "list");
        assertThat(answer.exit()).isEqualTo(4);
        assertThat(answer.err()).contains("error SLOTH-41").doesNotContain("SLOTH-9000");
        assertThat(door.read("home/store.db")).isEqualTo(text);
    }
}
