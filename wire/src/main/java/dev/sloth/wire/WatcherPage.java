package dev.sloth.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.sloth.wire.proto.AgentWatchers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Some of what an agent watches.
///
/// @param watchers by name
/// @param more whether there are others behind these
/// @param missing what was to be removed and is not there: then nothing was
public record WatcherPage(List<WatcherSight> watchers, boolean more, List<String> missing) {
    /// Half of what a message may have, as the last one may go beyond.
    private static final int BYTES_MAX = Protocol.MESSAGE_BYTES_MAX / 2;

    public WatcherPage {
        watchers = List.copyOf(watchers);
        missing = List.copyOf(missing);
    }

    /// As many of these as one message takes.
    ///
    /// @param rest by name, behind what is known already
    public static WatcherPage of(List<WatcherSight> rest, List<String> missing) {
        var page = new ArrayList<WatcherSight>();
        int bytes = 0;
        for (var watcher : rest) {
            if (bytes > BYTES_MAX) {
                return new WatcherPage(page, true, missing);
            }
            bytes += watcher.size();
            page.add(watcher);
        }
        return new WatcherPage(page, false, missing);
    }

    /// From a message, of which nobody knows who made it.
    public static WatcherPage of(AgentWatchers message) {
        return new WatcherPage(
                message.getWatchersList().stream().map(WatcherSight::of).toList(),
                message.getMore(),
                message.getMissingList());
    }

    /// @param question that it answers; 0 when it is known
    public AgentWatchers message(long question) {
        return AgentWatchers.newBuilder()
                .setQuestion(question)
                .addAllWatchers(watchers.stream().map(WatcherSight::message).toList())
                .setMore(more)
                .addAllMissing(missing)
                .build();
    }

    /// As it is kept.
    public byte[] bytes() {
        return message(0).toByteArray();
    }

    /// @throws IOException when it is not what was kept
    public static WatcherPage read(byte[] bytes) throws IOException {
        try {
            return of(AgentWatchers.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("it is not what was kept", e);
        }
    }
}
