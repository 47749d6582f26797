package dev.sloth.agent.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// The disk of the machine. Its handles are no channels: those are closed when a thread is
/// interrupted that happens to use them.
final class FileDisk implements Disk {
    @Override
    public Handle open(Path file) throws IOException {
        return new OpenFile(new RandomAccessFile(file.toFile(), "rw"));
    }

    @Override
    public void rename(Path file, Path name) throws IOException {
        Files.move(file, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void sync(Path folder) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
                    names.force(true);
                    return;
                } catch (ClosedByInterruptException _) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class OpenFile implements Handle {
        private final RandomAccessFile file;

        /// Where the system reads or writes next: going there costs a call of its own.
        private long position;

        OpenFile(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.length();
        }

        @Override
        public byte[] read(long at, int length) throws IOException {
            go(at);
            var bytes = new byte[length];
            file.readFully(bytes);
            position = at + length;
            return bytes;
        }

        @Override
        public void write(long at, byte[] bytes, int length) throws IOException {
            go(at);
            file.write(bytes, 0, length);
            position = at + length;
        }

        private void go(long at) throws IOException {
            if (position != at) {
                file.seek(at);
            }
            // Unknown until what follows has gone well.
            position = -1;
        }

        @Override
        public void cut(long size) throws IOException {
            position = -1;
            file.setLength(size);
        }

        @Override
        public void sync() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
