package dev.sloth.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A file that says how much of something was committed. It is written after each commit and never
/// brought to disk, so that it costs next to nothing: after a power failure it may say less than
/// there is, but never more. It only helps to find damage, so nothing fails when it cannot be used.
/// For use by one thread.
final class CountFile implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CountFile.class.getName());

    private final Path file;
    private Optional<FileChannel> channel = Optional.empty();

    CountFile(Path file) {
        this.file = file;
    }

    /// 0 when the file says nothing.
    static long read(Path file) {
        try {
            var text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return text.matches("\\d{19}\n") ? Long.parseLong(text.strip()) : 0;
        } catch (NoSuchFileException _) {
            return 0;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, file + " cannot be read", e);
            return 0;
        }
    }

    void write(long count) {
        try {
            if (channel.isEmpty()) {
                channel =
                        Optional.of(
                                FileChannel.open(
                                        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            }
            var text = "%019d\n".formatted(count).getBytes(StandardCharsets.ISO_8859_1);
            channel.get().write(ByteBuffer.wrap(text), 0);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, file + " cannot be written", e);
        }
    }

    void remove() {
        close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, file + " cannot be removed", e);
        }
    }

    @Override
    public void close() {
        try {
            if (channel.isPresent()) {
                channel.get().close();
                channel = Optional.empty();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, file + " cannot be closed", e);
        }
    }
}
