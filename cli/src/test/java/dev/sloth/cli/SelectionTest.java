package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.workflow.Problems;
import dev.sloth.cli.view.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
    @Test
    void a_task_comes_with_all_it_waits_for_in_the_order_of_the_script() {
        var workflow =
                Samples.workflow(
                        Samples.task("a"),
                        Samples.task("b", "a"),
                        Samples.task("c"),
                        Samples.task("d", "b"),
                        Samples.task("e", "d"));
        assertThat(Selection.of(workflow, List.of("d")).tasks())
                .extracting(task -> task.name().text())
                .containsExactly("a", "b", "d");
    }

    @Test
    void all_unknown_tasks_are_told_with_their_nearest() {
        var workflow = Samples.workflow(Samples.task("build"), Samples.task("test"));
        assertThatThrownBy(() -> Selection.of(workflow, List.of("biuld", "zzzzzzzz", "test")))
                .isInstanceOfSatisfying(
                        Problems.class,
                        e ->
                                assertThat(e.list())
                                        .extracting(p -> p.remedy())
                                        .containsExactly(
                                                "did you mean 'build'?",
                                                "`sloth-runner plan` shows its tasks"));
    }
}
