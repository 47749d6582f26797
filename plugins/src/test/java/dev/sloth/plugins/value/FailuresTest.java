package dev.sloth.plugins.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void no_failure_is_told_by_a_bare_path_or_by_the_name_of_a_class() {
        for (var failure :
                List.of(
                        new NoSuchFileException("/a"),
                        new AccessDeniedException("/a"),
                        new NotLinkException("/a"),
                        new FileSystemLoopException("/a"),
                        new FileSystemException("/a"))) {
            assertThat(Failures.sentence(failure)).startsWith("/a: ").contains(" ");
        }
        for (var failure :
                List.of(
                        new IOException(),
                        new EOFException(),
                        new ConnectException(),
                        new ClosedChannelException(),
                        new MalformedInputException(1))) {
            assertThat(Failures.sentence(failure)).contains(" ").doesNotContain("Exception");
        }
        assertThat(Failures.sentence(new IOException("the disk is full")))
                .isEqualTo("the disk is full");
    }
}
