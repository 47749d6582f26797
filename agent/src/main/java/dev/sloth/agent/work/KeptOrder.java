package dev.sloth.agent.work;

import dev.sloth.wire.WorkOrder;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// An order as it is kept on the disk: with the boot of the machine at which it was accepted.
record KeptOrder(String boot, WorkOrder order, byte[] body) {
    byte[] bytes() {
        var first = boot.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Short.BYTES + first.length + body.length)
                .putShort((short) first.length)
                .put(first)
                .put(body)
                .array();
    }

    /// @throws IOException when it is not what was kept
    static KeptOrder of(byte[] bytes) throws IOException {
        try {
            var all = ByteBuffer.wrap(bytes);
            var first = new byte[all.getShort()];
            all.get(first);
            var body = new byte[all.remaining()];
            all.get(body);
            return new KeptOrder(
                    new String(first, StandardCharsets.UTF_8), WorkOrder.of(body), body);
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new IOException("an order that was kept is damaged", e);
        }
    }
}
