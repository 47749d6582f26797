package dev.sloth.plugins.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.value.Allowance;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
    @TempDir Path folder;

    @Test
    void the_folder_of_all_workdirs_is_refused_but_not_the_workdir_nor_what_is_beside_it()
            throws Exception {
        var work = Files.createDirectories(folder.resolve("work/task-1"));
        var beside = Files.createDirectories(folder.resolve("work/task-2"));
        assertThatThrownBy(() -> Trees.refuseAbove(work.resolveSibling(""), work))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("contains the workdir");
        assertThatCode(() -> Trees.refuseAbove(work, work)).doesNotThrowAnyException();
        assertThatCode(() -> Trees.refuseAbove(beside, work)).doesNotThrowAnyException();
    }

    @Test
    @Timeout(30)
    void reading_a_pipe_that_nobody_writes_ends_at_an_interrupt() throws Exception {
        var pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        var ended = new CompletableFuture<Throwable>();
        var reader =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                FileContent.read(pipe, Allowance.FREE);
                            } catch (Exception e) {
                                ended.complete(e);
                            }
                        });
        reader.interrupt();
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }
}
