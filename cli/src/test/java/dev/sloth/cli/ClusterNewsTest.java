package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.view.Format;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.master.session.MasterEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What masters and agents say of their troubles.
final class ClusterNewsTest {
    private static final MasterEvent FULL =
            new MasterEvent.Trouble(
                    new StoreFailure(StoreFailure.Reason.FULL, "the disk of state.db is full"));

    @TempDir private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);

    private String told() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_full_disk_of_a_master_is_told_once_with_code_and_remedy() {
        var news = new ClusterNews(new Door(folder).caller(stream), Format.JSON);
        news.tell(FULL);
        news.tell(FULL);
        assertThat(told().lines()).hasSize(1);
        assertThat(told())
                .contains(
                        "\"event\":\"trouble\"",
                        "\"code\":\"SLOTH-4104\"",
                        "\"message\":\"the disk of state.db is full\"",
                        "\"remedy\":\"make room on the disk of the master's folder");
    }

    @Test
    void
            a_full_disk_of_an_agent_is_told_with_code_and_remedy_and_shown_to_those_who_ask_the_master() {
        var news = new ClusterNews(new Door(folder).caller(stream), Format.TEXT);
        news.ofWork()
                .trouble(
                        new Problem(
                                "SLOTH-4745",
                                "the disk of /data is full",
                                Span.NOWHERE,
                                "make room there"));
        var line = "trouble: the disk of /data is full (SLOTH-4745); make room there";
        assertThat(told()).endsWith(line + "\n");
        assertThat(news.ofLink().recent(0).lines())
                .singleElement()
                .satisfies(told -> assertThat(told.text()).isEqualTo(line));
    }
}
