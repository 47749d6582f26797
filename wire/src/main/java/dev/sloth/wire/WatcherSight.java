package dev.sloth.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Something that an agent watches, as it travels.
///
/// @param kind a word
/// @param when the changes that are told of
/// @param by who asked for it
public record WatcherSight(
        String name,
        String kind,
        String target,
        List<String> when,
        Duration interval,
        Map<String, String> options,
        String by,
        Instant addedAt) {
    /// How large one may be, in bytes of its message.
    public static final int BYTES_MAX = 16 << 10;

    public WatcherSight {
        when = List.copyOf(when);
        options = Map.copyOf(options);
    }

    public dev.sloth.wire.proto.WatcherSight message() {
        return dev.sloth.wire.proto.WatcherSight.newBuilder()
                .setName(name)
                .setKind(kind)
                .setTarget(target)
                .addAllWhen(when)
                .setIntervalMillis(interval.toMillis())
                .putAllOptions(new TreeMap<>(options))
                .setBy(by)
                .setAddedAt(addedAt.toEpochMilli())
                .build();
    }

    public static WatcherSight of(dev.sloth.wire.proto.WatcherSight message) {
        return new WatcherSight(
                message.getName(),
                message.getKind(),
                message.getTarget(),
                message.getWhenList(),
                Duration.ofMillis(message.getIntervalMillis()),
                message.getOptionsMap(),
                message.getBy(),
                Instant.ofEpochMilli(message.getAddedAt()));
    }

    /// How large it is, in bytes.
    public int size() {
        return message().getSerializedSize();
    }
}
