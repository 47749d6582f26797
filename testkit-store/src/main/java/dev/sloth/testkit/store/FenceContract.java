package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.store.Claim;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunFile.Role;
import dev.sloth.core.store.RunStore.Snapshot;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A claim that is no longer the newest of its run changes nothing, whatever is asked with it.
abstract class FenceContract extends Opened {
    @TempDir private Path folder;
    private Claim old = new Claim(Samples.RUN, 0);
    private Claim newest = new Claim(Samples.RUN, 0);

    FenceContract(Supplier<Store> opening) {
        super(opening);
    }

    @BeforeEach
    void the_run_changes_hands() {
        old = submit(Samples.RUN);
        store.attempts().begin(old, Samples.attempt(Samples.RUN, "build", 1), "boot", Samples.NOW);
        newest = handedOver(old);
    }

    private void fenced(Act act) {
        refused(Reason.FENCED, act);
    }

    @Test
    void renewing_is_fenced() {
        fenced(() -> store.runs().renew(old, Samples.NOW.plusSeconds(99)));
        store.runs().renew(newest, Samples.NOW.plusSeconds(99));
    }

    @Test
    void releasing_is_fenced() {
        fenced(() -> store.runs().release(old));
        store.runs().release(newest);
    }

    @Test
    void appending_is_fenced_before_numbers_are_looked_at() {
        fenced(() -> store.runs().append(old, chapter(3)));
        fenced(() -> store.runs().append(old, chapter(99)));
        store.runs().append(newest, chapter(3));
    }

    @Test
    void snapshots_are_fenced() {
        var snapshot = new Snapshot(2, Samples.bytes("s"));
        fenced(() -> store.runs().snapshot(old, snapshot));
        store.runs().snapshot(newest, snapshot);
    }

    @Test
    void files_are_fenced() {
        var content = Samples.content("late");
        var file = new RunFile(Role.IMPORT, "/late.lua", content.sha256());
        fenced(() -> store.runs().addFiles(old, List.of(file), List.of(content)));
        assertThat(store.runs().content(content.sha256())).isEmpty();
        store.runs().addFiles(newest, List.of(file), List.of(content));
    }

    @Test
    void beginning_an_attempt_is_fenced() {
        var id = Samples.attempt(Samples.RUN, "test", 1);
        fenced(() -> store.attempts().begin(old, id, "boot", Samples.NOW));
        assertThat(store.attempts().begin(newest, id, "boot", Samples.NOW)).isTrue();
    }

    @Test
    void beginning_an_attempt_that_has_begun_is_fenced_too() {
        var id = Samples.attempt(Samples.RUN, "build", 1);
        fenced(() -> store.attempts().begin(old, id, "boot", Samples.NOW));
    }

    @Test
    void answers_are_fenced() {
        store.requests().ask(Samples.RUN, Request.Kind.CANCEL, "", "ann", Samples.NOW);
        long number = store.requests().of(Samples.RUN).getFirst().number();
        fenced(() -> store.requests().answered(old, number));
        store.requests().answered(newest, number);
        assertThat(store.requests().of(Samples.RUN)).isEmpty();
    }

    @Test
    void output_is_fenced() {
        var id = Samples.attempt(Samples.RUN, "build", 1);
        fenced(() -> store.logs().append(old, Samples.chunk(id, 0)));
        store.logs().append(newest, Samples.chunk(id, 0));
        fenced(() -> store.logs().append(old, Samples.chunk(id, 1)));
    }

    @Test
    void artifacts_are_fenced() throws Exception {
        var id = Samples.attempt(Samples.RUN, "build", 1);
        var file = Files.writeString(folder.resolve("a.txt"), "a");
        fenced(() -> store.artifacts().keep(old, id, "a.txt", file, Samples.NOW));
        store.artifacts().keep(newest, id, "a.txt", file, Samples.NOW);
        var kept = store.artifacts().of(Samples.RUN);
        fenced(() -> store.artifacts().adopt(old, kept));
        fenced(() -> store.artifacts().adopt(old, List.of()));
    }

    @Test
    void a_claim_to_a_run_that_is_not_there_is_void() {
        fenced(() -> store.runs().append(new Claim(Samples.OTHER, 1), chapter(1)));
    }

    @Test
    void a_claim_that_nobody_granted_is_void() {
        fenced(() -> store.runs().append(new Claim(Samples.RUN, 3), chapter(3)));
    }
}
