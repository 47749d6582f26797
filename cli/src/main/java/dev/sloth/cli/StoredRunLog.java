package dev.sloth.cli;

import dev.sloth.agent.Channel;
import dev.sloth.agent.Reread;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.core.log.LogLimits;
import dev.sloth.core.log.LogWriter;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.LogStore;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The output of a run in the store, written by a thread of its own.
final class StoredRunLog implements RunLog {
    private final LogWriter writer;
    private final Map<AttemptId, Reread> rereads = new ConcurrentHashMap<>();

    StoredRunLog(LogStore store, Claim claim, InstantSource time) {
        this.writer = new LogWriter(store, claim, time, LogLimits.DEFAULT);
        Thread.ofPlatform().daemon().name("log writer").start(writer);
    }

    @Override
    public boolean add(AttemptId id, Channel channel, String line) {
        var word = channel.word();
        // What hooks say before and after the command is said once.
        var reread = channel instanceof Channel.Command ? rereads.get(id) : null;
        if (reread != null && !reread.fresh(word)) {
            return false;
        }
        writer.add(id, word, line);
        return true;
    }

    @Override
    public void reread(AttemptId id) {
        rereads.put(id, new Reread(writer.stored(id)));
    }

    @Override
    public void flush(AttemptId id) {
        writer.flush(id);
    }

    @Override
    public void close() {
        writer.close();
    }
}
