package dev.sloth.launcher.lan;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// A process in a network of its own that makes a device there: what is sent through the device
/// comes to its standard output, and what its standard input says arrives at the device. Packets
/// follow each other without anything between, as each of them says how long it is.
///
/// The device is a `tun` of Linux (Documentation/networking/tuntap.rst of the kernel).
public final class Tap {
    private static final int READ_WRITE = 2;
    private static final long SET_INTERFACE = 0x4004_54caL;
    private static final short TUN_WITHOUT_HEADERS = 0x1001;
    private static final int NAME_BYTES = 16;
    private static final int REQUEST_BYTES = 40;
    private static final int PACKET_MAX = 65_535;
    private static final int VERSION_SHIFT = 4;
    private static final int IPV4 = 4;
    private static final int LENGTH_AT = 2;
    private static final int BYTE = 256;

    private final Arena arena = Arena.global();
    private final MethodHandle read = called("read", pointed(ValueLayout.JAVA_INT));
    private final MethodHandle write = called("write", pointed(ValueLayout.JAVA_INT));
    private final int device;

    private Tap(String name) throws Throwable {
        var open =
                called(
                        "open",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        var control =
                called(
                        "ioctl",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS),
                        Linker.Option.firstVariadicArg(LENGTH_AT));
        device = (int) open.invokeExact(arena.allocateFrom("/dev/net/tun"), READ_WRITE);
        var request = arena.allocate(REQUEST_BYTES);
        request.setString(0, name);
        request.set(ValueLayout.JAVA_SHORT, NAME_BYTES, TUN_WITHOUT_HEADERS);
        if (device < 0 || (int) control.invokeExact(device, SET_INTERFACE, request) < 0) {
            throw new IOException("no device can be made: /dev/net/tun");
        }
    }

    private static FunctionDescriptor pointed(ValueLayout.OfInt first) {
        return FunctionDescriptor.of(
                ValueLayout.JAVA_LONG, first, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
    }

    @SuppressWarnings("restricted") // the kernel is what this is about
    private static MethodHandle called(
            String name, FunctionDescriptor kind, Linker.Option... options) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), kind, options);
    }

    /// The next packet of a stream of them.
    static byte[] next(DataInputStream in) throws IOException {
        var head = new byte[IPV4];
        in.readFully(head);
        int length = length(head);
        var packet = new byte[length];
        System.arraycopy(head, 0, packet, 0, head.length);
        in.readFully(packet, head.length, length - head.length);
        return packet;
    }

    private static int length(byte[] head) {
        return Byte.toUnsignedInt(head[LENGTH_AT]) * BYTE + Byte.toUnsignedInt(head[LENGTH_AT + 1]);
    }

    private void out(OutputStream out) throws Throwable {
        var memory = arena.allocate(PACKET_MAX);
        while (true) {
            long count = (long) read.invokeExact(device, memory, (long) PACKET_MAX);
            if (count < 0) {
                throw new IOException("the device cannot be read");
            }
            var packet = memory.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
            if (packet[0] >> VERSION_SHIFT == IPV4) {
                out.write(packet);
                out.flush();
            }
        }
    }

    private void in(DataInputStream in) throws Throwable {
        var memory = arena.allocate(PACKET_MAX);
        while (true) {
            var packet = next(in);
            MemorySegment.copy(packet, 0, memory, ValueLayout.JAVA_BYTE, 0, packet.length);
            // What a device that is down does not take is lost, as on any network.
            long _ = (long) write.invokeExact(device, memory, (long) packet.length);
        }
    }

    /// @param args what the device is called
    public static void main(String[] args) throws Throwable {
        var tap = new Tap(args[0]);
        var in = new DataInputStream(new BufferedInputStream(System.in));
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        tap.out(System.out);
                    } catch (Throwable e) {
                        throw new IllegalStateException(e);
                    }
                });
        try {
            tap.in(in);
        } catch (EOFException _) {
            // Whoever started it is gone.
            return;
        }
    }
}
