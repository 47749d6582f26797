package dev.sloth.store.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.store.ArtifactStore.Artifact;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import dev.sloth.testkit.VirtualTime;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArtifactFolderTest {
    @TempDir private Path temp;
    private final VirtualTime time = new VirtualTime();

    private ArtifactFolder folder() {
        return new ArtifactFolder(temp.resolve("artifacts"), time);
    }

    private Path source(String text) throws IOException {
        return Files.writeString(temp.resolve("source"), text);
    }

    private static String name(String text) {
        return Content.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Artifact artifact(String text, boolean executable) {
        var id = new AttemptId(new RunId("run"), new TaskName("build"), 1);
        return new Artifact(id, "a", name(text), text.length(), executable, Instant.EPOCH);
    }

    private Path place(String text) {
        var name = name(text);
        return temp.resolve("artifacts").resolve(name.substring(0, 2)).resolve(name.substring(2));
    }

    private List<Path> unfinished() throws IOException {
        try (var files = Files.list(temp.resolve("artifacts/unfinished"))) {
            return files.toList();
        }
    }

    @Test
    void a_file_is_kept_under_the_name_of_its_content() throws IOException {
        var kept = folder().keep(source("hello"));

        assertThat(kept).isEqualTo(new ArtifactFolder.Kept(name("hello"), 5, false));
        assertThat(place("hello")).hasContent("hello");
        assertThat(folder().has(name("hello"))).isTrue();
        assertThat(folder().kept()).containsExactly(name("hello"));
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void equal_files_are_kept_once() throws IOException {
        folder().keep(source("hello"));
        var before = Files.getLastModifiedTime(place("hello"));
        Files.setLastModifiedTime(place("hello"), FileTime.fromMillis(1));
        folder().keep(source("hello"));

        assertThat(Files.getLastModifiedTime(place("hello"))).isLessThan(before);
        assertThat(folder().kept()).hasSize(1);
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void a_large_file_is_kept_whole() throws IOException {
        var large = "0123456789".repeat(100_000);
        folder().keep(source(large));
        folder().copy(artifact(large, false), temp.resolve("target"));

        assertThat(temp.resolve("target")).hasContent(large);
    }

    @Test
    void many_keep_the_same_file_at_once() throws Exception {
        var source = source("shared");
        Callable<String> keep = () -> folder().keep(source).sha256();
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var kept : pool.invokeAll(List.of(keep, keep, keep, keep, keep, keep))) {
                assertThat(kept.get()).isEqualTo(name("shared"));
            }
        }
        assertThat(place("shared")).hasContent("shared");
        assertThat(unfinished()).isEmpty();
    }

    private void damage(String text) throws IOException {
        try (var file = new RandomAccessFile(place(text).toFile(), "rw")) {
            int first = file.read();
            file.seek(0);
            file.write(first ^ 1);
        }
    }

    @Test
    void a_damaged_file_is_never_handed_out() throws IOException {
        folder().keep(source("hello"));
        damage("hello");
        var target = Files.writeString(temp.resolve("target"), "what was there");

        var failure =
                catchThrowableOfType(
                        StoreFailure.class, () -> folder().copy(artifact("hello", false), target));
        assertThat(failure.reason()).isEqualTo(Reason.DAMAGED);
        assertThat(failure).hasMessageContainingAll("artifact a of attempt run/build/1", "damaged");
        assertThat(target).hasContent("what was there");
        assertThat(temp).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void a_damaged_file_is_mended_when_its_content_is_kept_again() throws IOException {
        folder().keep(source("hello"));
        damage("hello");
        folder().keep(source("hello"));

        assertThat(place("hello")).hasContent("hello");
    }

    @Test
    void a_file_that_is_gone_is_damage() {
        var failure =
                catchThrowableOfType(
                        StoreFailure.class,
                        () -> folder().copy(artifact("never", false), temp.resolve("target")));
        assertThat(failure.reason()).isEqualTo(Reason.DAMAGED);
        assertThat(temp.resolve("target")).doesNotExist();
    }

    @Test
    void a_copy_has_the_mode_that_new_files_have_here() throws IOException {
        folder().keep(source("tool"));
        var usual = Files.createFile(temp.resolve("usual"));
        folder().copy(artifact("tool", false), temp.resolve("plain"));
        folder().copy(artifact("tool", true), temp.resolve("tool"));

        assertThat(Files.getPosixFilePermissions(temp.resolve("plain")))
                .isEqualTo(Files.getPosixFilePermissions(usual));
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(temp.resolve("tool"))))
                .startsWith("rwx");
    }

    @Test
    void what_cannot_be_read_or_written_is_an_error_of_the_caller() throws IOException {
        assertThatThrownBy(() -> folder().keep(temp.resolve("nowhere")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> folder().keep(temp)).isInstanceOf(IOException.class);
        folder().keep(source("hello"));
        assertThatThrownBy(() -> folder().copy(artifact("hello", false), temp.resolve("no/target")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_folder_that_cannot_be_made_is_a_failure_of_the_store() throws IOException {
        Files.createFile(temp.resolve("artifacts"));
        var source = source("hello");

        assertThatThrownBy(() -> folder().keep(source))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("artifacts");
    }

    @Test
    void only_what_is_asked_for_is_removed() throws IOException {
        folder().keep(source("one"));
        folder().keep(source("three"));

        assertThat(folder().remove(name("one"))).isEqualTo(3);
        assertThat(folder().remove(name("one"))).isZero();
        assertThat(folder().kept()).containsExactly(name("three"));
    }

    @Test
    void a_name_that_is_no_name_leads_nowhere() {
        for (var name : List.of("../../secret", "", "abc", "A".repeat(64))) {
            assertThatThrownBy(() -> folder().remove(name))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void what_a_dead_writer_left_behind_is_swept_when_it_is_old() throws IOException {
        folder().keep(source("hello"));
        var left = Files.writeString(temp.resolve("artifacts/unfinished/left"), "12345");
        Files.setLastModifiedTime(left, FileTime.from(time.instant()));

        time.run(Duration.ofHours(23));
        assertThat(folder().sweepUnfinished()).isZero();
        time.run(Duration.ofHours(2));
        assertThat(folder().sweepUnfinished()).isEqualTo(5);
        assertThat(left).doesNotExist();
        assertThat(folder().kept()).hasSize(1);
    }

    @Test
    void a_folder_that_is_not_there_yet_is_empty() {
        assertThat(folder().kept()).isEmpty();
        assertThat(folder().sweepUnfinished()).isZero();
        assertThat(folder().has(name("hello"))).isFalse();
    }

    @Test
    void strange_files_are_left_alone() throws IOException {
        folder().keep(source("hello"));
        Files.createFile(temp.resolve("artifacts/README"));
        Files.createFile(place("hello").resolveSibling("notes"));

        assertThat(folder().kept()).containsExactly(name("hello"));
    }
}
