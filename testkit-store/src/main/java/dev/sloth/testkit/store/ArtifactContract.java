package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.core.store.ArtifactStore.Artifact;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files kept from attempts.
abstract class ArtifactContract extends Opened {
    @TempDir private Path folder;

    ArtifactContract(Supplier<Store> opening) {
        super(opening);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private void keep(Claim claim, String task, int attempt, String path, String text)
            throws IOException {
        store.artifacts()
                .keep(
                        claim,
                        Samples.attempt(claim.run(), task, attempt),
                        path,
                        file("source", text),
                        Samples.NOW);
    }

    private static Artifact artifact(
            Claim claim, String task, int attempt, String path, String text) {
        return new Artifact(
                Samples.attempt(claim.run(), task, attempt),
                path,
                Content.sha256(Samples.bytes(text)),
                text.length(),
                false,
                Samples.NOW);
    }

    private String copied(Artifact artifact) throws IOException {
        var target = folder.resolve("target");
        store.artifacts().copy(artifact, target);
        return Files.readString(target);
    }

    @Test
    void a_file_is_kept_and_copied_out_again() throws IOException {
        var claim = submit(Samples.RUN);
        keep(claim, "build", 1, "out/a.txt", "hello");

        var kept = store.artifacts().of(Samples.RUN);
        assertThat(kept).containsExactly(artifact(claim, "build", 1, "out/a.txt", "hello"));
        file("source", "changed afterwards");
        file("target", "in the way, and longer than what replaces it");
        assertThat(copied(kept.getFirst())).isEqualTo("hello");
        try (var held = store.artifacts().open(kept.getFirst())) {
            assertThat(held).hasContent("hello");
        }
    }

    @Test
    void a_file_stays_executable() throws IOException {
        var claim = submit(Samples.RUN);
        var tool = file("tool", "#!/bin/sh");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        var id = Samples.attempt(Samples.RUN, "build", 1);
        store.artifacts().keep(claim, id, "tool", tool, Samples.NOW);
        keep(claim, "build", 1, "text", "#!/bin/sh");

        for (var artifact : store.artifacts().of(Samples.RUN)) {
            copied(artifact);
            assertThat(Files.isExecutable(folder.resolve("target")))
                    .isEqualTo(artifact.path().equals("tool"))
                    .isEqualTo(artifact.executable());
        }
    }

    @Test
    void artifacts_are_listed_in_the_order_in_which_they_were_kept() throws IOException {
        var claim = submit(Samples.RUN);
        keep(claim, "b", 1, "2", "x");
        keep(claim, "a", 1, "1", "y");
        keep(claim, "a", 1, "0", "x");

        assertThat(store.artifacts().of(Samples.RUN))
                .extracting(Artifact::path)
                .containsExactly("2", "1", "0");
        assertThat(store.artifacts().of(Samples.OTHER)).isEmpty();
    }

    @Test
    void a_later_attempt_replaces_what_an_earlier_one_kept() throws IOException {
        var claim = submit(Samples.RUN);
        keep(claim, "build", 1, "a.txt", "one");
        keep(claim, "test", 1, "a.txt", "other task");
        keep(claim, "build", 2, "a.txt", "two");

        assertThat(store.artifacts().of(Samples.RUN))
                .containsExactly(
                        artifact(claim, "test", 1, "a.txt", "other task"),
                        artifact(claim, "build", 2, "a.txt", "two"));
    }

    @Test
    void a_file_that_cannot_be_read_is_not_kept() {
        var claim = submit(Samples.RUN);
        var id = Samples.attempt(Samples.RUN, "build", 1);

        assertThatThrownBy(() ->
                        store.artifacts()
                                .keep(claim, id, "a", folder.resolve("nowhere"), Samples.NOW))
                .isInstanceOf(IOException.class);
        assertThat(store.artifacts().of(Samples.RUN)).isEmpty();
    }

    @Test
    void content_that_is_gone_is_damage_and_nothing_is_written() {
        var claim = submit(Samples.RUN);
        var never = artifact(claim, "build", 1, "a", "never kept");

        refused(Reason.DAMAGED, () -> copied(never));
        refused(Reason.DAMAGED, () -> store.artifacts().open(never).readAllBytes());
        assertThat(folder.resolve("target")).doesNotExist();
        refused(Reason.DAMAGED, () -> store.artifacts().adopt(claim, List.of(never)));
    }

    @Test
    void a_target_that_cannot_be_written_is_an_error_of_the_caller() throws IOException {
        var claim = submit(Samples.RUN);
        keep(claim, "build", 1, "a", "a");
        var artifact = store.artifacts().of(Samples.RUN).getFirst();

        assertThatThrownBy(() -> store.artifacts().copy(artifact, folder.resolve("no/such/folder")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_run_adopts_the_artifacts_of_another() throws IOException {
        var first = submit(Samples.RUN);
        var second = submit(Samples.OTHER);
        keep(first, "build", 2, "a", "shared");
        var kept = store.artifacts().of(Samples.RUN);
        store.artifacts().adopt(second, kept);
        end(first, 3);
        store.runs().delete(Samples.RUN);

        assertThat(store.artifacts().sweep()).isZero();
        assertThat(store.artifacts().of(Samples.OTHER)).isEqualTo(kept);
        assertThat(copied(kept.getFirst())).isEqualTo("shared");
    }

    @Test
    void a_sweep_gives_back_what_no_run_refers_to() throws IOException {
        var first = submit(Samples.RUN);
        var second = submit(Samples.OTHER);
        keep(first, "build", 1, "a", "shared");
        keep(second, "build", 1, "a", "shared");
        keep(first, "build", 1, "b", "only of the first");
        var gone = store.artifacts().of(Samples.RUN).getLast();
        assertThat(store.artifacts().sweep()).isZero();

        end(first, 3);
        store.runs().delete(Samples.RUN);
        assertThat(store.artifacts().sweep()).isEqualTo("only of the first".length());
        assertThat(store.artifacts().sweep()).isZero();
        assertThat(copied(store.artifacts().of(Samples.OTHER).getFirst())).isEqualTo("shared");
        refused(Reason.DAMAGED, () -> copied(gone));
    }

    @Test
    void what_was_replaced_is_swept() throws IOException {
        var claim = submit(Samples.RUN);
        keep(claim, "build", 1, "a", "12345");
        keep(claim, "build", 2, "a", "other");

        assertThat(store.artifacts().sweep()).isEqualTo(5);
    }

    @Test
    void never_does_a_sweep_take_what_is_being_kept() throws IOException {
        var claim = submit(Samples.RUN);
        var sweeper = another();
        var sources = folder.resolve("sources");
        Files.createDirectory(sources);
        for (int i = 0; i < 8; i++) {
            Files.writeString(sources.resolve("f" + i), "text " + i);
        }
        Together.all(
                8,
                i -> {
                    if (i % 2 == 0) {
                        return sweeper.artifacts().sweep();
                    }
                    return keepAll(claim, i, sources);
                });

        var kept = store.artifacts().of(Samples.RUN);
        assertThat(kept).hasSize(32);
        for (var artifact : kept) {
            assertThat(copied(artifact)).startsWith("text");
        }
    }

    private long keepAll(Claim claim, int task, Path sources) {
        try {
            for (int i = 0; i < 8; i++) {
                var id = Samples.attempt(claim.run(), "t" + task, 1);
                var source = sources.resolve("f" + i);
                store.artifacts().keep(claim, id, "f" + i, source, Samples.NOW);
            }
            return 0;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
