package dev.sloth.lua.lib;

import dev.sloth.lua.value.Fibers;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/// An open file, standard stream or pipe, with the buffer between it and the script.
///
/// Every transfer lets other fibers of the state run meanwhile.
final class LuaFile implements Imprint.Constant {
    private static final int BUFFER_BYTES = 1 << 13;
    private static final byte[] NO_BYTES = {};
    private static final ByteBuffer NO_ROOM = ByteBuffer.allocate(0);

    /// What is to be done when a file is closed, beside closing its channels.
    @FunctionalInterface
    interface Closing {
        void run() throws IOException, InterruptedException;

        /// The same in a state that is ending.
        default void abandon() throws IOException, InterruptedException {
            run();
        }
    }

    private final Optional<ReadableByteChannel> source;
    private final Optional<WritableByteChannel> target;
    private final Optional<SeekableByteChannel> places;
    private final Closing closing;
    private final boolean appends;

    // Made when they are first needed: every state has its standard streams, few use them.
    private byte[] read = NO_BYTES;
    private ByteBuffer written = NO_ROOM;
    private int readAt;
    private int readEnd;
    private boolean unbuffered;
    private boolean closed;
    private boolean busy;

    private LuaFile(
            Optional<ReadableByteChannel> source,
            Optional<WritableByteChannel> target,
            Optional<SeekableByteChannel> places,
            boolean appends,
            Closing closing) {
        this.source = source;
        this.target = target;
        this.places = places;
        this.appends = appends;
        this.closing = closing;
    }

    static LuaFile reading(ReadableByteChannel from, Closing closing) {
        return new LuaFile(Optional.of(from), Optional.empty(), Optional.empty(), false, closing);
    }

    /// A stream that shows at once what is written to it.
    static LuaFile writing(WritableByteChannel to, Closing closing) {
        LuaFile made =
                new LuaFile(Optional.empty(), Optional.of(to), Optional.empty(), false, closing);
        made.unbuffered = true;
        return made;
    }

    static LuaFile of(SeekableByteChannel channel, boolean reads, boolean writes, boolean appends) {
        return new LuaFile(
                reads ? Optional.of(channel) : Optional.empty(),
                writes ? Optional.of(channel) : Optional.empty(),
                Optional.of(channel),
                appends,
                channel::close);
    }

    boolean isClosed() {
        return closed;
    }

    void setUnbuffered(boolean on) {
        unbuffered = on;
    }

    /// The next byte without taking it; -1 at the end.
    int peek(LuaState s) throws IOException {
        if (readAt == readEnd && !fill(s)) {
            return -1;
        }
        return read[readAt] & 0xff;
    }

    /// Takes the byte that [#peek] showed.
    void skip() {
        readAt++;
    }

    private boolean fill(LuaState s) throws IOException {
        ReadableByteChannel from = source.orElseThrow(() -> new IOException("Bad file descriptor"));
        flush(s);
        if (read.length == 0) {
            read = new byte[BUFFER_BYTES];
        }
        int n = outside(s, () -> from.read(ByteBuffer.wrap(read)));
        readAt = 0;
        readEnd = Math.max(n, 0);
        return n > 0;
    }

    /// Appends bytes up to the end of the line and takes them; whether there was anything.
    boolean line(LuaState s, ByteBuilder out, boolean keepEnd) throws IOException {
        boolean any = false;
        while (peek(s) >= 0) {
            any = true;
            int at = readAt;
            while (at < readEnd && read[at] != '\n') {
                at++;
            }
            out.append(read, readAt, at);
            readAt = at;
            if (at < readEnd) {
                readAt++;
                if (keepEnd) {
                    out.append('\n');
                }
                return true;
            }
        }
        return any;
    }

    /// Appends at most `count` bytes and takes them; how many there were.
    long bytes(LuaState s, ByteBuilder out, long count) throws IOException {
        long left = count;
        while (left > 0 && peek(s) >= 0) {
            int n = (int) Math.min(left, readEnd - readAt);
            out.append(read, readAt, readAt + n);
            readAt += n;
            left -= n;
        }
        return count - left;
    }

    void write(LuaState s, LuaString text) throws IOException {
        if (target.isEmpty()) {
            throw new IOException("Bad file descriptor");
        }
        forgetReadAhead(s);
        if (written.capacity() == 0) {
            written = ByteBuffer.allocate(BUFFER_BYTES);
        }
        ByteBuffer from = ByteBuffer.wrap(text.bytes());
        while (from.hasRemaining()) {
            int n = Math.min(from.remaining(), written.remaining());
            written.put(from.slice(from.position(), n));
            from.position(from.position() + n);
            if (!written.hasRemaining()) {
                flush(s);
            }
        }
        if (unbuffered) {
            flush(s);
        }
    }

    void flush(LuaState s) throws IOException {
        if (written.position() == 0 || target.isEmpty()) {
            return;
        }
        WritableByteChannel to = target.get();
        written.flip();
        try {
            outside(
                    s,
                    () -> {
                        if (appends && places.isPresent()) {
                            places.get().position(places.get().size());
                        }
                        while (written.hasRemaining()) {
                            to.write(written);
                        }
                        return 0;
                    });
        } finally {
            written.clear();
        }
    }

    private void forgetReadAhead(LuaState s) throws IOException {
        if (readAt < readEnd && places.isPresent()) {
            SeekableByteChannel channel = places.get();
            channel.position(channel.position() - (readEnd - readAt));
        }
        if (places.isPresent()) {
            readAt = readEnd;
        }
        s.check(1);
    }

    /// Moves to `offset` from the start, the current place or the end; the new place.
    long seek(LuaState s, String whence, long offset) throws IOException {
        SeekableByteChannel channel = places.orElseThrow(Outcomes.Refused::seek);
        flush(s);
        forgetReadAhead(s);
        long base =
                switch (whence) {
                    case "set" -> 0;
                    case "cur" -> channel.position();
                    default -> channel.size();
                };
        if (base + offset < 0) {
            throw Outcomes.Refused.place();
        }
        channel.position(base + offset);
        return base + offset;
    }

    void close(LuaState s) throws IOException, InterruptedException {
        try {
            flush(s);
        } finally {
            closed = true;
            outside(
                    s,
                    () -> {
                        closing.run();
                        return 0;
                    });
        }
    }

    /// Closes in a state that is ending: nothing runs in it any more.
    void abandon() throws IOException, InterruptedException {
        closed = true;
        written.flip();
        if (target.isPresent() && target.get().isOpen()) {
            while (written.hasRemaining()) {
                target.get().write(written);
            }
        }
        closing.abandon();
    }

    private <T> T outside(LuaState s, Fibers.Work<T, IOException, InterruptedException> work)
            throws IOException {
        if (busy) {
            throw new IOException("Device or resource busy");
        }
        busy = true;
        try {
            return Outcomes.outside(s, work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted system call", e);
        } finally {
            busy = false;
        }
    }
}
