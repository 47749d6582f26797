package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Outcome.Status;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.cli.view.Format;
import dev.sloth.core.run.HostShare;
import dev.sloth.master.afar.Place;
import dev.sloth.master.afar.Place.Stand;
import dev.sloth.wire.AgentMeant;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What is told of a command that agents do.
class ErrandViewTest {
    private static final RunId RUN = new RunId("20260329-013000-a1b2c3d4");
    private static final Instant AT = Instant.parse("2026-03-29T01:30:00Z");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Caller caller =
            new Caller(
                    new ByteArrayInputStream(new byte[0]),
                    Door.nowhere(),
                    new PrintStream(err, false, StandardCharsets.UTF_8),
                    Map.of(),
                    Path.of("/"),
                    false,
                    false);

    private static AgentMeant ready(String name) {
        return new AgentMeant(name, "connected", "ready");
    }

    private ErrandView of(AgentMeant... meant) {
        return new ErrandView(caller, Format.TEXT, RUN, List.of(meant));
    }

    private static Outcome ended(Status status, String why) {
        return Outcome.ended(status, why);
    }

    private static HostShare share(Outcome outcome) {
        return new HostShare("web1", "", Optional.of(AT), outcome);
    }

    private List<String> told() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /// What is told in the end of the one agent.
    private String standing(Outcome outcome) {
        err.reset();
        var view = of(ready("web1"));
        view.ended(share(outcome), AT);
        assertThat(view.end(1)).isEqualTo(outcome.status() == Status.SUCCEEDED ? 0 : 1);
        assertThat(told()).hasSize(2);
        return told().getFirst();
    }

    @Test
    void how_it_ended_stands_before_why() {
        assertThat(standing(ended(Status.CANCELLED, "by ann")))
                .isEqualTo("web1: cancelled, by ann");
        assertThat(standing(ended(Status.UNKNOWN, "web1 went away")))
                .isEqualTo("web1: unknown, web1 went away");
    }

    @Test
    void a_reason_that_says_how_it_ended_stands_alone() {
        assertThat(standing(ended(Status.TIMED_OUT, "timed out after 3 s")))
                .isEqualTo("web1: timed out after 3 s");
        assertThat(standing(ended(Status.CANCELLED, "cancelled by ann")))
                .isEqualTo("web1: cancelled by ann");
    }

    @Test
    void without_a_reason_it_is_told_how_it_ended() {
        assertThat(standing(ended(Status.TIMED_OUT, ""))).isEqualTo("web1: timed out");
    }

    @Test
    void a_reason_of_several_lines_is_one() {
        assertThat(standing(ended(Status.FAILED, "no\nroom\u001b[31m")))
                .isEqualTo("web1: failed, no room [31m");
    }

    @Test
    void an_exit_code_says_it_all() {
        assertThat(standing(Outcome.succeeded("", new DataTable(), true)))
                .isEqualTo("web1: exit code 0");
        var three = new Outcome.Failure(Span.NOWHERE, List.of(), OptionalInt.of(3));
        assertThat(standing(Outcome.failed("exit code 3", three))).isEqualTo("web1: exit code 3");
    }

    @Test
    void of_those_that_were_not_asked_and_those_that_say_nothing_it_is_told_why() {
        var view =
                of(
                        ready("web1"),
                        new AgentMeant("web2", "away", "ready to be"),
                        new AgentMeant("web3", "connected", "clock off"));
        view.begin();
        assertThat(told())
                .containsExactly(
                        "3 agents: web1, web2, web3",
                        "web2: away, it was not asked",
                        "web3: clock off, it was not asked");
        assertThat(view.end(1)).isEqualTo(1);
        assertThat(told())
                .endsWith(
                        "web1: unknown, it is not known what became of it",
                        "done on 0 of 3, run " + RUN);
    }

    @Test
    void an_agent_that_comes_back_with_the_end_is_back_and_one_that_is_lost_is_not() {
        var view = of(ready("web1"));
        var away = new Place("", Stand.AWAY, "web1", true, "", "it is away", List.of());
        view.placed(new Place.Of(new AttemptId(RUN, new TaskName("exec"), 1), away));
        view.answered(share(ended(Status.UNKNOWN, "it went away")));
        assertThat(told()).containsExactly("it is away");
        view.answered(share(ended(Status.FAILED, "no")));
        view.answered(share(ended(Status.FAILED, "no")));
        assertThat(told()).containsExactly("it is away", "the agent web1 is back");
    }
}
