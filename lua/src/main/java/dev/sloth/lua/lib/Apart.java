package dev.sloth.lua.lib;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/// A stream of the host, read in a thread apart, so that a kill ends the wait for a terminal or a
/// pipe on which nothing comes. What that thread reads after a kill is lost.
record Apart(InputStream stream) implements ReadableByteChannel {
    @Override
    public int read(ByteBuffer into) throws IOException {
        byte[] bytes = new byte[into.remaining()];
        int n = Outcomes.apart(() -> stream.read(bytes));
        if (n > 0) {
            into.put(bytes, 0, n);
        }
        return n;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
