package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.core.store.Chapter.Timer;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunFile.Role;
import dev.sloth.core.store.RunStore.Snapshot;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that go, with all that hangs on them.
abstract class DeleteContract extends Opened {
    @TempDir private Path folder;

    DeleteContract(Supplier<Store> opening) {
        super(opening);
    }

    @Test
    void a_run_goes_with_its_rows_in_all_aggregates() throws Exception {
        var claim = submit(Samples.RUN);
        var id = Samples.attempt(Samples.RUN, "build", 1);
        var timer = new Timer("a", Samples.NOW);
        store.runs().append(claim, Samples.with(3, List.of(), List.of(timer), List.of()));
        store.runs().snapshot(claim, new Snapshot(3, Samples.bytes("s")));
        store.attempts().begin(claim, id, "boot", Samples.NOW);
        store.requests().ask(Samples.RUN, Request.Kind.CANCEL, "", "ann", Samples.NOW);
        store.logs().append(claim, Samples.chunk(id, 0));
        var file = Files.writeString(folder.resolve("a"), "a");
        store.artifacts().keep(claim, id, "a", file, Samples.NOW);
        end(claim, 4);

        assertThat(store.runs().delete(Samples.RUN)).isTrue();

        assertThat(store.runs().find(Samples.RUN)).isEmpty();
        assertThat(store.runs().journal(Samples.RUN, 1, 9)).isEmpty();
        assertThat(store.runs().snapshot(Samples.RUN)).isEmpty();
        assertThat(store.attempts().find(id)).isEmpty();
        assertThat(store.attempts().of(Samples.RUN)).isEmpty();
        assertThat(store.timers().of(Samples.RUN)).isEmpty();
        assertThat(store.requests().of(Samples.RUN)).isEmpty();
        assertThat(store.logs().extents(Samples.RUN)).isEmpty();
        assertThat(store.logs().read(id, 0, 9)).isEmpty();
        assertThat(store.artifacts().of(Samples.RUN)).isEmpty();
        assertThat(store.runs().content(Samples.SCRIPT.sha256())).isEmpty();
    }

    @Test
    void a_run_that_has_not_ended_stays() {
        submit(Samples.RUN);
        var before = Picture.of(store);

        assertThat(store.runs().delete(Samples.RUN)).isFalse();
        assertThat(store.runs().delete(Samples.OTHER)).isFalse();
        assertThat(Picture.of(store)).isEqualTo(before);
    }

    @Test
    void other_runs_stay_as_they_were_with_the_contents_they_need() {
        end(submit(Samples.RUN), 3);
        var claim = submit(Samples.OTHER);
        var own = Samples.content("of the other");
        store.runs()
                .addFiles(
                        claim,
                        List.of(new RunFile(Role.IMPORT, "/own.lua", own.sha256())),
                        List.of(own));
        store.runs().delete(Samples.RUN);

        assertThat(store.runs().find(Samples.OTHER)).isPresent();
        assertThat(store.runs().journal(Samples.OTHER, 1, 9)).hasSize(1);
        assertThat(store.runs().content(Samples.SCRIPT.sha256())).contains(Samples.SCRIPT);
        assertThat(store.runs().content(own.sha256())).contains(own);

        end(claim, 3);
        store.runs().delete(Samples.OTHER);
        assertThat(store.runs().content(Samples.SCRIPT.sha256())).isEmpty();
        assertThat(store.runs().content(own.sha256())).isEmpty();
    }

    @Test
    void a_content_that_only_events_speak_of_goes_with_its_run_and_not_before() {
        var claim = submit(Samples.RUN);
        var workflow = Content.of(Samples.bytes("the workflow, encoded"));
        store.runs().addFiles(claim, List.of(), List.of(workflow));
        var other = submit(Samples.OTHER);
        end(other, 3);
        store.runs().delete(Samples.OTHER);
        assertThat(store.runs().content(workflow.sha256())).contains(workflow);

        end(claim, 3);
        store.runs().delete(Samples.RUN);
        assertThat(store.runs().content(workflow.sha256())).isEmpty();
    }

    @Test
    void a_claim_to_a_deleted_run_is_void() {
        var claim = submit(Samples.RUN);
        end(claim, 3);
        store.runs().delete(Samples.RUN);

        refused(Reason.FENCED, () -> store.runs().renew(claim, Samples.NOW));
        refused(
                Reason.FENCED,
                () ->
                        store.logs()
                                .append(
                                        claim,
                                        Samples.chunk(
                                                Samples.attempt(Samples.RUN, "build", 1), 0)));
    }

    @Test
    void a_closed_store_does_nothing_more() {
        var claim = submit(Samples.RUN);
        var other = another();
        other.close();

        assertThatThrownBy(() -> other.runs().find(Samples.RUN)).isInstanceOf(StoreFailure.class);
        assertThatThrownBy(() -> other.runs().append(claim, chapter(3)))
                .isInstanceOf(StoreFailure.class);
        assertThat(store.runs().find(Samples.RUN).orElseThrow().events()).isEqualTo(2);
    }
}
