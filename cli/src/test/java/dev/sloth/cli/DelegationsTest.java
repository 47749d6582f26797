package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.master.afar.Place;
import dev.sloth.master.afar.Place.Stand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who follows a run is told of each thing once.
class DelegationsTest {
    private static final AttemptId ID =
            new AttemptId(new RunId("20260329-013000-a1b2c3d4"), new TaskName("t"), 1);
    private static final AttemptId AGAIN = new AttemptId(ID.run(), ID.task(), 2);

    private final Delegations delegations = new Delegations();
    private final List<String> told = new ArrayList<>();

    private void tell(List<Delegations.Told> all) {
        all.forEach(each -> told.add(each.text()));
    }

    private void placed(String agent, Stand stand, String on, boolean away, String why) {
        var place = new Place(agent, stand, on, away, why, away ? "it is away" : "", List.of());
        tell(delegations.placed(new Place.Of(ID, place)));
    }

    @Test
    void what_is_known_before_the_beginning_is_told_with_it_and_only_as_it_is_by_then() {
        placed("", Stand.WAITS, "", false, "it waits: full");
        placed("", Stand.TAKEN, "web1", false, "");
        assertThat(told).isEmpty();
        tell(delegations.assigned(ID));
        assertThat(told).containsExactly("started on web1");
        tell(delegations.begun(ID, "web1"));
        assertThat(told).hasSize(1);
    }

    @Test
    void it_waits_and_starts_and_its_agent_goes_and_comes() {
        tell(delegations.assigned(ID));
        placed("", Stand.WAITS, "", false, "it waits: full: a 1/1");
        placed("", Stand.WAITS, "", false, "it waits: full: b 1/1");
        placed("", Stand.WAITS, "", true, "it waits: gone");
        placed("", Stand.SENT, "web1", false, "");
        placed("", Stand.TAKEN, "web1", false, "");
        placed("", Stand.AWAY, "web1", true, "");
        placed("", Stand.AWAY, "web1", true, "");
        placed("", Stand.TAKEN, "web1", false, "");
        placed("", Stand.OVER, "web1", false, "");
        assertThat(told)
                .containsExactly(
                        "waits for an agent: full: a 1/1",
                        "waits for an agent: gone; it is away",
                        "started on web1",
                        "it is away",
                        "the agent web1 is back");
    }

    @Test
    void an_agent_that_comes_back_with_the_end_is_back_once() {
        tell(delegations.assigned(ID));
        placed("", Stand.TAKEN, "web1", false, "");
        placed("", Stand.AWAY, "web1", true, "");
        placed("", Stand.OVER, "web1", false, "");
        tell(delegations.answered(ID, "db1"));
        assertThat(told).containsExactly("started on web1", "it is away");
        tell(delegations.answered(ID, "web1"));
        tell(delegations.answered(ID, "web1"));
        assertThat(told).containsExactly("started on web1", "it is away", "the agent web1 is back");
        placed("", Stand.TAKEN, "web1", false, "");
        assertThat(told).containsExactly("started on web1", "it is away", "the agent web1 is back");
    }

    @Test
    void an_agent_of_which_nothing_was_told_does_not_come_back() {
        tell(delegations.answered(ID, "web1"));
        tell(delegations.assigned(ID));
        tell(delegations.answered(ID, "web1"));
        assertThat(told).isEmpty();
    }

    @Test
    void that_an_agent_is_away_is_not_told_before_it_has_started_there() {
        tell(delegations.assigned(ID));
        placed("", Stand.AWAY, "web1", true, "");
        tell(delegations.begun(ID, "web1"));
        assertThat(told).containsExactly("started on web1", "it is away");
    }

    @Test
    void each_agent_of_which_something_comes_has_begun_there_once() {
        tell(delegations.assigned(ID));
        tell(delegations.begun(ID, "web1"));
        placed("web1", Stand.TAKEN, "web1", false, "");
        tell(delegations.begun(ID, "db1"));
        tell(delegations.begun(ID, "web1"));
        assertThat(told).containsExactly("started on web1", "started on db1");
        delegations.ended(ID);
        tell(delegations.assigned(AGAIN));
        tell(delegations.begun(AGAIN, "web2"));
        assertThat(told.getLast()).isEqualTo("started again, attempt 2, on web2");
    }

    @Test
    void what_is_heard_after_the_end_is_not_told() {
        tell(delegations.assigned(ID));
        delegations.ended(ID);
        placed("", Stand.TAKEN, "web1", false, "");
        tell(delegations.begun(ID, "web1"));
        assertThat(told).isEmpty();
    }

    @Test
    void of_very_many_ends_on_agents_ten_beginnings_are_told() {
        tell(delegations.assigned(ID));
        for (int i = 0; i < 1_000; i++) {
            tell(delegations.begun(ID, "web" + i));
        }
        assertThat(told).hasSize(Delegations.AGENTS_TOLD_MAX + 1);
        assertThat(told.getLast()).startsWith("and on more agents");
    }

    @Test
    void of_very_many_agents_it_is_told_that_there_are_more() {
        tell(delegations.assigned(ID));
        for (int i = 0; i < 1_000; i++) {
            placed("web" + i, Stand.TAKEN, "web" + i, false, "");
        }
        assertThat(told).hasSize(Delegations.AGENTS_TOLD_MAX + 1);
        assertThat(told.getFirst()).isEqualTo("started on web0");
        assertThat(told.getLast()).startsWith("and on more agents");
    }
}
