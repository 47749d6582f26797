package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.store.cluster.AuditRow;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.proto.FromMaster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes with one certificate, and one process that comes back.
final class TwoOfOneAgentTest {
    private static final String TWICE = "SLOTH-4722";

    @TempDir private Path folder;
    private DoorWorld world;
    private Credentials keys;

    @BeforeEach
    void open() {
        world = new DoorWorld(folder);
        keys = world.agent("id-1", "web1");
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    private RawAgent process() throws Exception {
        return new RawAgent(world.as(keys)).begins();
    }

    private List<MasterEvent.Refused> refused() {
        return world.told.stream()
                .filter(MasterEvent.Refused.class::isInstance)
                .map(MasterEvent.Refused.class::cast)
                .toList();
    }

    private static void isAsked(RawAgent process) throws Exception {
        var _ = process.await(FromMaster::hasLines);
    }

    private void waitTooLong() {
        var _ = world.now.updateAndGet(at -> at.plus(Doorstep.HELLO_MAX).plusSeconds(1));
        world.door.sweep();
    }

    @Test
    void a_process_that_is_there_while_another_takes_its_place_is_told_of_and_audited()
            throws Exception {
        var older = process();
        var newer = process();
        older.tellsItsLines();
        assertThat(older.end()).isEqualTo(TWICE);
        assertThat(newer.isOver()).isFalse();
        assertThat(refused())
                .singleElement()
                .satisfies(told -> {
                    assertThat(told.call()).isEqualTo("Agents.Session");
                    assertThat(told.problem().message())
                            .isEqualTo(
                                    "the agent 'web1' runs twice: 127.0.0.1 (alpha) was here still"
                                            + " when 127.0.0.1 (alpha) took its place");
                    assertThat(told.problem().remedy())
                            .contains("folder was copied", "agent revoke web1", "token create");
                });
        assertThat(world.audited())
                .filteredOn(row -> row.code().equals(TWICE))
                .singleElement()
                .returns("web1", AuditRow::object)
                .returns("Agents.Session", AuditRow::what)
                .returns(false, AuditRow::allowed);
    }

    @Test
    void an_agent_that_comes_back_before_its_broken_connection_is_noticed_raises_no_alarm()
            throws Exception {
        var broken = process();
        var back = process();
        isAsked(broken);
        assertThat(broken.isOver()).isFalse();
        waitTooLong();
        assertThat(broken.end()).isEqualTo(TWICE);
        assertThat(back.isOver()).isFalse();
        assertThat(refused()).isEmpty();
        assertThat(world.audited()).isEmpty();
    }

    @Test
    void what_an_agent_said_on_a_connection_that_it_gave_up_is_no_alarm_when_it_comes_late()
            throws Exception {
        var givenUp = new RawAgent(world.as(keys));
        givenUp.greets();
        var back = process();
        givenUp.beats();
        isAsked(givenUp);
        waitTooLong();
        assertThat(givenUp.end()).isEqualTo(TWICE);
        assertThat(back.isOver()).isFalse();
        assertThat(refused()).isEmpty();
        assertThat(world.audited()).isEmpty();
    }

    @Test
    void one_that_goes_before_it_is_known_whether_it_is_there_leaves_nothing() throws Exception {
        var older = process();
        var _ = process();
        isAsked(older);
        older.leaves();
        assertThat(older.end()).isEqualTo("completed");
        waitTooLong();
        assertThat(refused()).isEmpty();
        assertThat(world.audited()).isEmpty();
    }
}
