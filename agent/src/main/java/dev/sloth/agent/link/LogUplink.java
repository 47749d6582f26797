package dev.sloth.agent.link;

import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.Refusals;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.Line;
import dev.sloth.wire.proto.LogLines;
import dev.sloth.wire.proto.LogStored;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Instant;
import java.util.List;

/// Lines on their way to the master, each batch answered in its turn. One thread may send while
/// another hears.
public final class LogUplink {
    private final MasterAddress master;
    private final BlockingClientCall<LogLines, LogStored> call;

    LogUplink(MasterAddress master, BlockingClientCall<LogLines, LogStored> call) {
        this.master = master;
        this.call = call;
    }

    /// @param channel as in the log
    public record Said(Instant at, String channel, String text) {}

    /// @param lines how many of the order are on the disk of the master; it wants the next one
    public record Stored(String order, long lines) {}

    /// @param first the number of the first line, counted from 0 over the order
    /// @throws dev.sloth.api.workflow.Problems when the stream is over
    public void send(String order, long first, List<Said> lines) throws InterruptedException {
        var message = LogLines.newBuilder().setOrder(order).setFirst(first);
        for (var line : lines) {
            message.addLines(
                    Line.newBuilder()
                            .setAt(line.at().toEpochMilli())
                            .setChannel(line.channel())
                            .setText(line.text()));
        }
        try {
            boolean _ = call.write(message.build());
        } catch (StatusException e) {
            throw Refusals.read(e, master);
        }
    }

    /// The next answer.
    ///
    /// @throws dev.sloth.api.workflow.Problems when the stream is over
    public Stored hear() throws InterruptedException {
        try {
            var stored = call.read();
            if (stored == null) {
                throw WireProblems.of(
                        WireProblems.UNREACHABLE,
                        "the master takes no lines any more",
                        "the agent comes back by itself");
            }
            return new Stored(stored.getOrder(), stored.getLines());
        } catch (StatusException e) {
            throw Refusals.read(e, master);
        }
    }

    public void close() {
        call.cancel("over", new IllegalStateException("the session is over"));
    }
}
