package dev.sloth.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.testkit.Gen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final RetryPolicy TWICE =
            new RetryPolicy(
                    2,
                    RetryPolicy.Strategy.LINEAR,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(9),
                    0,
                    Set.of());

    private static Workflow staged() {
        return Samples.workflow(
                List.of(
                        Samples.stage("build", true, false, "compile", "lint"),
                        Samples.stage("deploy", false, true, "bring \"out\"")),
                Samples.task("compile", "build", TWICE),
                Samples.task("lint", "build", RetryPolicy.NONE, "compile"),
                Samples.task("bring \"out\"", "deploy", RetryPolicy.NONE));
    }

    @Test
    void tasks_without_stages_stand_in_the_step_in_which_they_can_start() {
        var workflow =
                Samples.workflow(
                        Samples.task("a"),
                        Samples.task("b", "a"),
                        Samples.task("c", "a"),
                        Samples.task("d", "b", "c"));
        assertThat(new PlanText(workflow).lines())
                .containsExactly(
                        "deploy: 4 tasks (at most 4 at once)",
                        "  Brings it out.",
                        "",
                        "step 1",
                        "  a",
                        "",
                        "step 2 (side by side)",
                        "  b (after a)",
                        "  c (after a)",
                        "",
                        "step 3",
                        "  d (after b, c)");
    }

    @Test
    void stages_show_their_conditions_approvals_and_strategy() {
        assertThat(new PlanText(staged()).lines())
                .contains(
                        "stage build (side by side; if previous_stage_success; on failure: abort)",
                        "  compile (2 retries linear)",
                        "  lint (after compile)",
                        "stage deploy (one after the other; if previous_stage_success; canary;"
                                + " needs approval of ana or bo; on failure: abort)");
    }

    @Test
    void mermaid_has_a_subgraph_for_each_stage() {
        assertThat(new PlanGraph(staged()).mermaid())
                .containsExactly(
                        "flowchart TD",
                        "  subgraph s0[\"build\"]",
                        "    t1[\"compile\"]",
                        "    t2[\"lint\"]",
                        "  end",
                        "  subgraph s1[\"deploy (approval)\"]",
                        "    t3[\"bring #quot;out#quot;\"]",
                        "  end",
                        "  t1 --> t2",
                        "  s0 --> s1");
    }

    @Test
    void dot_is_a_digraph() {
        assertThat(new PlanGraph(staged()).dot())
                .startsWith("digraph \"deploy\" {")
                .contains(
                        "    t3 [label=\"bring \\\"out\\\"\"];",
                        "  t1 -> t2;",
                        "  t2 -> t3 [ltail=cluster_0, lhead=cluster_1];")
                .endsWith("}");
    }

    @Test
    void every_task_of_any_graph_has_one_step_behind_those_it_waits_for() {
        Gen.forAll(
                100,
                gen -> {
                    var tasks = new ArrayList<dev.sloth.api.workflow.Task>();
                    for (int n = 0; n < 1 + gen.below(15); n++) {
                        var after = new ArrayList<String>();
                        for (int before = 0; before < n; before++) {
                            if (gen.below(4) == 0) {
                                after.add("t" + before);
                            }
                        }
                        tasks.add(Samples.task("t" + n, after.toArray(String[]::new)));
                    }
                    var steps = PlanText.steps(tasks);
                    assertThat(steps.values().stream().mapToInt(List::size).sum())
                            .isEqualTo(tasks.size());
                    steps.forEach((step, members) ->
                            assertThat(members)
                                    .allSatisfy(t ->
                                            assertThat(t.waitsFor())
                                                    .allMatch(d -> before(steps, d.text(), step))));
                });
    }

    private static boolean before(
            java.util.Map<Integer, List<dev.sloth.api.workflow.Task>> steps,
            String name,
            int step) {
        return steps.entrySet().stream()
                .filter(e -> e.getKey() < step)
                .flatMap(e -> e.getValue().stream())
                .anyMatch(t -> t.name().text().equals(name));
    }
}
