package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.agent.link.AgentFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said before any master is asked.
class AgentFamilyTest {
    @TempDir private Path folder;
    private Door door = new Door(Path.of("."));

    @BeforeEach
    void open() {
        door = new Door(folder);
    }

    private void refused(int exit, String code, String... words) {
        var answer = door.call(words);
        assertThat(answer.exit()).as(answer.err()).isEqualTo(exit);
        assertThat(answer.err()).contains(code, "help:");
    }

    @Test
    void without_the_credentials_of_an_administrator_nobody_is_asked() {
        for (var words :
                List.of(
                        new String[] {"agent", "list"},
                        new String[] {"agent", "show", "web1"},
                        new String[] {"agent", "revoke", "web1"},
                        new String[] {"agent", "remove", "web1"},
                        new String[] {"agent", "drain", "web1"},
                        new String[] {"agent", "resume", "web1"},
                        new String[] {"agent", "label", "web1", "--tags", "a"},
                        new String[] {"cluster", "status"},
                        new String[] {"access", "create", "ann"},
                        new String[] {"access", "list"},
                        new String[] {"access", "show", "ann"},
                        new String[] {"access", "change", "ann", "--role", "viewer"},
                        new String[] {"access", "revoke", "ann"},
                        new String[] {"audit", "list"},
                        new String[] {"agent", "token", "create"},
                        new String[] {"agent", "token", "list"},
                        new String[] {"agent", "token", "revoke", "x"})) {
            refused(2, "SLOTH-4714", words);
        }
        assertThat(door.call("agent", "list", "-o", "json").out())
                .contains("\"status\" : \"invalid\"", "SLOTH-4714");
    }

    @Test
    void a_machine_that_never_joined_is_told_how() {
        refused(2, "SLOTH-4725", "agent", "start", "--master", "localhost:1");
    }

    @Test
    void the_slots_that_were_said_last_are_kept_for_the_next_start() {
        refused(2, "SLOTH-4725", start("--slots", "7"));
        assertThat(keptSlots()).hasValue(7);
        refused(2, "SLOTH-4725", start());
        assertThat(keptSlots()).hasValue(7);
        refused(2, "SLOTH-4725", start("--slots", "3"));
        assertThat(keptSlots()).hasValue(3);
    }

    private static String[] start(String... more) {
        var words =
                new ArrayList<>(
                        List.of("agent", "start", "--master", "localhost:1", "--data", "kept"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private OptionalInt keptSlots() {
        try (var kept = AgentFolder.open(folder.resolve("kept"))) {
            return kept.slots();
        }
    }

    @Test
    void a_master_that_does_not_answer_is_told_of_with_exit_code_4() {
        var token = "slj_0123456789." + "A".repeat(43) + "." + "0".repeat(64);
        refused(4, "SLOTH-4701", "agent", "start", "--master", "localhost:1", "--token", token);
    }

    @Test
    void a_token_may_come_from_a_file_or_from_standard_input() {
        var token = "slj_0123456789." + "A".repeat(43) + "." + "0".repeat(64);
        door.file("token", token + "\n").typing(token + "\n");
        refused(
                4,
                "SLOTH-4701",
                "agent",
                "start",
                "--master",
                "localhost:1",
                "--token-file",
                "token");
        refused(4, "SLOTH-4701", "agent", "start", "--master", "localhost:1", "--token", "-");
        door.typing("");
        refused(2, "SLOTH-4703", "agent", "start", "--master", "localhost:1", "--token", "-");
        refused(2, "SLOTH-4703", "agent", "start", "--master", "here", "--token-file", "none");
        refused(
                2,
                "SLOTH-9001",
                "agent",
                "start",
                "--master",
                "here",
                "--token",
                "-",
                "--token-file",
                "token");
    }

    @Test
    void words_that_mean_nothing_are_refused() {
        refused(2, "SLOTH-9001", "agent", "start");
        refused(2, "SLOTH-4715", "agent", "start", "--master", "http://here");
        refused(2, "SLOTH-4703", "agent", "start", "--master", "here", "--token", "secret");
        refused(2, "SLOTH-9001", "agent", "start", "--master", "here", "--slots", "0");
        refused(2, "SLOTH-9001", "agent", "token", "create", "--ttl", "soon");
        refused(2, "SLOTH-9001", "agent", "token", "create", "--uses", "none");
        refused(2, "SLOTH-9001", "master", "--port", "65536");
        refused(2, "SLOTH-9001", "agent");
        refused(2, "SLOTH-9001", "agent", "label", "web1");
        refused(2, "SLOTH-9001", "access", "create", "ann", "--role", "king");
        refused(2, "SLOTH-9001", "access", "change", "ann");
        refused(2, "SLOTH-9001", "audit", "list", "--limit", "0");
        refused(2, "SLOTH-9001", "audit", "list", "--since", "soon");
        for (var family : List.of("access", "audit", "cluster")) {
            refused(2, "SLOTH-9001", family);
        }
        refused(2, "SLOTH-9001", "agent", "token");
    }

    @Test
    void options_between_the_name_and_the_command_are_those_of_agent_run() {
        var answer = door.call("agent", "run", "web1", "--credentials", "none.pem", "uname", "-s");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err()).contains("SLOTH-4714", "none.pem");
        refused(2, "SLOTH-9001", "agent", "run", "web1", "--mster", "here", "uname");
        refused(2, "SLOTH-9001", "agent", "exec", "--select", "'a' in tags", "-x", "uname");
        assertThat(door.call("agent", "run", "web1", "-x", "uname").err())
                .contains("write -- before the command");
        assertThat(door.call("agent", "run", "web1", "--help").out()).contains("--timeout");
        assertThat(door.call("agent", "run", "web1", "ls", "--help").out()).isEmpty();
    }

    @Test
    void a_folder_that_cannot_be_one_is_told_plainly_and_is_a_matter_of_the_command_line() {
        var file = door.file("taken", "").folder().resolve("taken").toString();
        for (var words :
                List.of(
                        new String[] {"master", "--port", "0", "--data", file},
                        new String[] {"master", "--port", "0", "--data", "/proc/sloth"},
                        new String[] {"agent", "start", "--master", "here", "--data", file})) {
            refused(2, "SLOTH-4714", words);
            assertThat(door.call(words).err())
                    .contains("cannot be used: it is ", "--data")
                    .doesNotContain("Exception", "SLOTH_HOME");
        }
    }
}
