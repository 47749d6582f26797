package dev.sloth.agent.spool;

import java.io.IOException;
import java.nio.file.Path;

/// A real disk that a test lets fill up, refuse to sync, or die. For several threads.
final class FaultyDisk implements Disk {
    private final Disk real = new FileDisk();

    /// How many bytes can still be written; a write that needs more writes these and fails.
    private long room = Long.MAX_VALUE;

    /// After so many more calls that change something, all fail, as when the machine is gone.
    private int callsLeft = Integer.MAX_VALUE;

    private boolean syncs = true;
    private int synced;
    private Runnable beforeSync = () -> {};

    synchronized void room(long bytes) {
        room = bytes;
    }

    synchronized void diesAfter(int calls) {
        callsLeft = calls;
    }

    synchronized void syncs(boolean works) {
        syncs = works;
    }

    /// How many files were synced.
    synchronized int synced() {
        return synced;
    }

    synchronized void beforeSync(Runnable act) {
        beforeSync = act;
    }

    private synchronized void call() throws IOException {
        if (callsLeft == 0) {
            throw new IOException("the machine is gone");
        }
        callsLeft--;
    }

    private synchronized int granted(int bytes) {
        int granted = (int) Math.min(bytes, room);
        room -= granted;
        return granted;
    }

    private synchronized Runnable countedSync() throws IOException {
        call();
        if (!syncs) {
            throw new IOException("the disk does not sync");
        }
        synced++;
        return beforeSync;
    }

    @Override
    public Handle open(Path file) throws IOException {
        call();
        var handle = real.open(file);
        return new Handle() {
            @Override
            public long size() throws IOException {
                return handle.size();
            }

            @Override
            public byte[] read(long at, int length) throws IOException {
                return handle.read(at, length);
            }

            @Override
            public void write(long at, byte[] bytes, int length) throws IOException {
                call();
                int granted = granted(length);
                handle.write(at, bytes, granted);
                if (granted < length) {
                    throw new IOException("No space left on device");
                }
            }

            @Override
            public void cut(long size) throws IOException {
                call();
                handle.cut(size);
            }

            @Override
            public void sync() throws IOException {
                countedSync().run();
                handle.sync();
            }

            @Override
            public void close() throws IOException {
                handle.close();
            }
        };
    }

    @Override
    public void rename(Path file, Path name) throws IOException {
        call();
        real.rename(file, name);
    }

    @Override
    public void sync(Path folder) throws IOException {
        call();
        if (!syncs) {
            throw new IOException("the disk does not sync");
        }
        real.sync(folder);
    }
}
