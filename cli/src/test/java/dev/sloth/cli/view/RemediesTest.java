package dev.sloth.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RemediesTest {
    @Test
    void a_task_that_found_no_agent_is_told_what_to_do() {
        assertThat(Remedies.of("there is no agent at all [SLOTH-4762]").orElseThrow())
                .contains("agent token create", "agent start");
        for (var message :
                List.of(
                        "there is no agent 'web9' [SLOTH-4762]",
                        "web9: there is no agent 'web9' [SLOTH-4762]",
                        "there is no agent that fits: an agent with `'a' in tags` [SLOTH-4762]",
                        "3 agents are needed, and 2 match: any agent [SLOTH-4762]",
                        "there is no agent to do it on: the list of agents is empty [SLOTH-4762]",
                        "the function of `delegate_to` must return an agent's name or a list of"
                                + " names, not a nil",
                        "no agent took it within 600 s; the agent 'web1' is not connected")) {
            assertThat(Remedies.of(message).orElseThrow()).as(message).contains("agent list");
        }
        assertThat(Remedies.of("exit code 1")).isEmpty();
    }

    @Test
    void what_cannot_be_imported_while_a_task_runs_is_told_with_what_to_do() {
        assertThat(
                        Remedies.of(
                                        "a.sloth:3:5: '../outside.lua' is outside of the project"
                                                + " /var/lib/agent/runs/x")
                                .orElseThrow())
                .contains("folder of the project");
        assertThat(
                        Remedies.of(
                                        "a.sloth:3:5: cannot import 'lib.lua': there is no such file"
                                                + " in /var/lib/agent/runs/x")
                                .orElseThrow())
                .contains(":files(");
    }
}
