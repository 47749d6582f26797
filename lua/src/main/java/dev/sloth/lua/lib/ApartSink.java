package dev.sloth.lua.lib;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// A stream of the host, written to in a thread apart, so that a kill ends the wait for whoever
/// does not take what is written.
record ApartSink(OutputStream stream) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer from) throws IOException {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        return Outcomes.apart(() -> {
            stream.write(bytes);
            stream.flush();
            return bytes.length;
        });
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
