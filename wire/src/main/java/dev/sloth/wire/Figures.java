package dev.sloth.wire;

import dev.sloth.wire.proto.Heartbeat;

/// What an agent says of its machine.
///
/// @param load of the last minute
public record Figures(double load, int processors, long memoryBytes, long memoryFreeBytes) {
    public static final Figures UNKNOWN = new Figures(0, 0, 0, 0);

    public static Figures of(Heartbeat beat) {
        return new Figures(
                beat.getLoad(),
                beat.getProcessors(),
                beat.getMemoryBytes(),
                beat.getMemoryFreeBytes());
    }

    public Heartbeat message() {
        return Heartbeat.newBuilder()
                .setLoad(load)
                .setProcessors(processors)
                .setMemoryBytes(memoryBytes)
                .setMemoryFreeBytes(memoryFreeBytes)
                .build();
    }
}
