package dev.sloth.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.testkit.Gen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The [Judge] inside the simulation checks what holds for every run: attempts once and in order,
/// dependencies first, the limit, exclusive tasks alone, `on_complete` last and once, one end for
/// each task, an equal state from the journal.
class RunPropertiesTest {
    private static final int CANCEL_MOMENTS = 400;

    private static final Outcome.Status[] ENDS = {
        Outcome.Status.SUCCEEDED,
        Outcome.Status.SUCCEEDED,
        Outcome.Status.SUCCEEDED,
        Outcome.Status.FAILED,
        Outcome.Status.TIMED_OUT,
        Outcome.Status.SKIPPED,
        Outcome.Status.UNKNOWN
    };

    /// What an attempt ends with, by chance but the same whenever it is asked.
    private static Outcome.Status end(long seed, String task, int attempt) {
        long mixed = seed + task.hashCode() * 1_000_003L + attempt * 7_919L;
        return ENDS[new SplittableRandom(mixed).nextInt(ENDS.length)];
    }

    @Test
    void in_the_end_tasks_have_ended_as_a_plain_model_says() {
        Gen.forAll(
                400,
                gen -> {
                    long seed = gen.random().nextLong();
                    var workflow = Flows.flow(tasks(gen), List.of(), false);
                    var report =
                            new Simulation(workflow, seed, gen.between(1, 4))
                                    .ends(id -> end(seed, id.task().text(), id.number()))
                                    .faulty()
                                    .run();
                    assertThat(Simulation.statuses(report))
                            .isEqualTo(
                                    NaiveRun.statuses(workflow, (task, n) -> end(seed, task, n)));
                    assertThat(report.status() == RunStatus.SUCCEEDED)
                            .isEqualTo(report.tasks().stream().noneMatch(t -> t.status().failed()));
                });
    }

    @Test
    void in_the_end_runs_with_stages_have_ended_whatever_happens_and_whenever_they_are_cancelled() {
        Gen.forAll(
                600,
                gen -> {
                    long seed = gen.random().nextLong();
                    var world =
                            new Simulation(staged(gen), seed, gen.between(1, 4))
                                    .ends(id -> endOrAbort(seed, id.task().text(), id.number()))
                                    .answers(stage -> answer(seed, stage))
                                    .faulty();
                    if (gen.yes()) {
                        world.cancelAfter(Duration.ofMillis(gen.below(2_000)));
                    }
                    assertThat(world.run().status().ended()).isTrue();
                });
    }

    @Test
    void in_the_end_a_run_has_ended_at_whichever_moment_it_was_cancelled() {
        Gen.forAll(
                4,
                gen -> {
                    long seed = gen.random().nextLong();
                    var workflow = staged(gen);
                    for (int moment = 0; moment < CANCEL_MOMENTS; moment++) {
                        var report =
                                new Simulation(workflow, seed, 2)
                                        .ends(id -> end(seed, id.task().text(), id.number()))
                                        .cancelAfter(Duration.ofMillis(moment))
                                        .run();
                        assertThat(report.status().ended()).isTrue();
                    }
                });
    }

    @Test
    void one_seed_gives_the_same_events_again() {
        Gen.forAll(
                60,
                gen -> {
                    long seed = gen.random().nextLong();
                    var workflow = staged(gen);
                    int parallel = gen.between(1, 4);
                    assertThat(journal(workflow, seed, parallel))
                            .isEqualTo(journal(workflow, seed, parallel));
                });
    }

    private static List<RunEvent> journal(Workflow workflow, long seed, int parallel) {
        var world =
                new Simulation(workflow, seed, parallel)
                        .ends(id -> end(seed, id.task().text(), id.number()))
                        .faulty();
        world.run();
        return world.journal.read();
    }

    @Test
    void in_the_end_every_graph_of_up_to_three_tasks_has_ended_as_the_plain_model_says() {
        long cases =
                Gen.exhaustively(
                        1_000, 3, gen -> checkSmall(gen, gen.below(4), Outcome.Status.SKIPPED));
        assertThat(cases).isEqualTo(1 + 3 + 3 * 9 + 27 * 27);
    }

    @Test
    void in_the_end_every_graph_of_four_tasks_has_ended_as_the_plain_model_says() {
        long cases = Gen.exhaustively(20_000, 4, gen -> checkSmall(gen, 4));
        assertThat(cases).isEqualTo(729 * 16);
    }

    /// Every task depends on, watches, or ignores every task before it, and ends one way or
    /// another.
    private static void checkSmall(Gen gen, int count, Outcome.Status... moreEnds) {
        var possible = new ArrayList<>(List.of(Outcome.Status.SUCCEEDED, Outcome.Status.FAILED));
        possible.addAll(List.of(moreEnds));
        var tasks = new ArrayList<Flows.Spec>();
        var ends = new ArrayList<Outcome.Status>();
        for (int i = 0; i < count; i++) {
            tasks.add(afterSome(gen, i));
            ends.add(gen.oneOf(possible));
        }
        var workflow = Flows.flow(tasks, List.of(), false);
        var report =
                new Simulation(workflow, 1, 2).ends(id -> ends.get(number(id.task().text()))).run();
        assertThat(Simulation.statuses(report))
                .isEqualTo(NaiveRun.statuses(workflow, (task, n) -> ends.get(number(task))));
    }

    private static Flows.Spec afterSome(Gen gen, int own) {
        var needs = new ArrayList<String>();
        var watches = new ArrayList<String>();
        for (int before = 0; before < own; before++) {
            int how = gen.below(3);
            if (how > 0) {
                (how == 1 ? needs : watches).add("t" + before);
            }
        }
        return Flows.task("t" + own)
                .needs(needs.toArray(String[]::new))
                .watches(watches.toArray(String[]::new));
    }

    private static int number(String task) {
        return Integer.parseInt(task.substring(1));
    }

    private static Outcome.Status endOrAbort(long seed, String task, int attempt) {
        boolean aborts = new SplittableRandom(seed + task.hashCode()).nextInt(40) == 0;
        return aborts ? Outcome.Status.ABORTED : end(seed, task, attempt);
    }

    private static Answer answer(long seed, String stage) {
        return switch (new SplittableRandom(seed + stage.hashCode()).nextInt(4)) {
            case 0 -> new Answer.No();
            case 1 -> new Answer.Failed("no answer");
            default -> new Answer.Yes();
        };
    }

    private static List<Flows.Spec> tasks(Gen gen) {
        var specs = new ArrayList<Flows.Spec>();
        int count = gen.below(gen.size() + 1);
        for (int i = 0; i < count; i++) {
            specs.add(
                    Flows.task("t" + i)
                            .needs(earlier(gen, i, 25))
                            .watches(gen.chance(20) ? earlier(gen, i, 20) : new String[0])
                            .retry(policy(gen))
                            .priority(gen.chance(20) ? gen.between(-2, 2) : 0)
                            .exclusive(gen.chance(10))
                            .idempotent(gen.yes()));
        }
        return specs;
    }

    private static String[] earlier(Gen gen, int own, int percent) {
        var names = new ArrayList<String>();
        for (int i = Math.max(0, own - 8); i < own; i++) {
            if (gen.chance(percent)) {
                names.add("t" + i);
            }
        }
        return names.toArray(String[]::new);
    }

    private static RetryPolicy policy(Gen gen) {
        var on = EnumSet.noneOf(RetryPolicy.Reason.class);
        for (var reason : RetryPolicy.Reason.values()) {
            if (gen.yes()) {
                on.add(reason);
            }
        }
        return new RetryPolicy(
                gen.below(4),
                gen.oneOf(List.of(RetryPolicy.Strategy.values())),
                Duration.ofMillis(gen.below(500)),
                Duration.ofMillis(gen.below(2_000)),
                gen.oneOf(0.0, 0.5, 1.0),
                on);
    }

    private static Workflow staged(Gen gen) {
        var specs = tasks(gen);
        var stages = new ArrayList<Stage>();
        for (int at = gen.below(3); at < specs.size(); ) {
            int end = Math.min(specs.size(), at + gen.between(0, 8));
            stages.add(
                    Flows.stage(
                            "s" + stages.size(),
                            gen.yes(),
                            condition(gen),
                            gen.oneOf(Stage.OnFailure.ABORT, Stage.OnFailure.CONTINUE),
                            specs.subList(at, end).stream().map(Flows.Spec::name).toList()));
            at = end;
        }
        var timeout = gen.chance(20) ? Duration.ofMillis(1 + gen.below(1_000)) : Duration.ZERO;
        return Flows.flow(specs, stages, gen.yes(), timeout);
    }

    private static Condition condition(Gen gen) {
        return gen.oneOf(
                new Condition.None(),
                new Condition.Named("previous_stage_success"),
                new Condition.Named("previous_stage_failure"),
                new Condition.Named("always"),
                new Condition.Fixed(false),
                new Condition.Shell("true"));
    }
}
