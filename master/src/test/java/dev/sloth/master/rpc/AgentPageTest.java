package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.wire.AgentSight;
import dev.sloth.wire.Figures;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.proto.Agent;
import dev.sloth.wire.proto.AgentList;
import dev.sloth.wire.proto.ListAgentsRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgentPageTest {
    private static AgentSight agent(String name, String id) {
        return new AgentSight(
                id,
                "default",
                name,
                "connected",
                List.of("web", "rack=r1"),
                "fra",
                4,
                "1.0",
                "host.example.org",
                "Linux",
                "10.0.0.1",
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                Figures.UNKNOWN,
                "ready",
                Duration.ZERO);
    }

    private static List<AgentSight> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> agent("agent-%05d".formatted(i), "id-" + i))
                .toList();
    }

    private static ListAgentsRequest after(Agent agent) {
        return ListAgentsRequest.newBuilder()
                .setAfterName(agent.getName())
                .setAfterId(agent.getId())
                .build();
    }

    private static List<String> ids(AgentList page) {
        return page.getAgentsList().stream().map(Agent::getId).toList();
    }

    @Test
    void ten_thousand_agents_come_in_pages_that_fit_into_a_message() {
        var all = many(10_000);
        var shown = new ArrayList<String>();
        var page = AgentPage.of(all, ListAgentsRequest.getDefaultInstance());
        int pages = 1;
        while (page.getMore()) {
            assertThat(page.getSerializedSize()).isLessThan(Protocol.MESSAGE_BYTES_MAX);
            shown.addAll(ids(page));
            page = AgentPage.of(all, after(page.getAgentsList().getLast()));
            pages++;
        }
        shown.addAll(ids(page));
        assertThat(shown).containsExactlyElementsOf(all.stream().map(AgentSight::id).toList());
        assertThat(pages).isGreaterThan(1);
    }

    @Test
    void agents_of_one_name_are_told_apart_by_their_ids() {
        var all = List.of(agent("a", "1"), agent("a", "2"), agent("a", "3"), agent("b", "4"));
        var seen = AgentPage.of(all, after(all.get(1).message()));
        assertThat(ids(seen)).containsExactly("3", "4");
        assertThat(seen.getMore()).isFalse();
    }

    @Test
    void the_pages_go_on_where_an_agent_was_that_is_removed_meanwhile() {
        var all = many(5);
        var gone = agent("agent-00002x", "gone").message();
        assertThat(ids(AgentPage.of(all, after(gone)))).containsExactly("id-3", "id-4");
        assertThat(ids(AgentPage.of(all, after(all.getLast().message())))).isEmpty();
    }
}
