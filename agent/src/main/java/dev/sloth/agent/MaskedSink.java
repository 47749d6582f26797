package dev.sloth.agent;

import dev.sloth.agent.mask.Mask;
import dev.sloth.agent.mask.MaskStream;
import dev.sloth.agent.process.ByteFilter;
import dev.sloth.agent.process.LineSink;
import java.util.Arrays;

/// Takes lines whose bytes have been masked before they became lines.
record MaskedSink(LineSink sink, Mask mask) implements LineSink {
    static LineSink over(LineSink sink, Mask mask) {
        return mask.isEmpty() ? sink : new MaskedSink(sink, mask);
    }

    @Override
    public void line(Stream stream, String line) {
        sink.line(stream, line);
    }

    @Override
    public ByteFilter filter() {
        return new Filter(mask.stream());
    }

    /// One stream's.
    private record Filter(MaskStream stream) implements ByteFilter {
        private static MaskStream.Taker taker(Taker next) {
            return (bytes, from, count) -> {
                if (from == 0) {
                    next.take(bytes, count);
                } else {
                    next.take(Arrays.copyOfRange(bytes, from, from + count), count);
                }
            };
        }

        @Override
        public void take(byte[] bytes, int count, Taker next) {
            stream.take(bytes, count, taker(next));
        }

        @Override
        public void finish(Taker next) {
            stream.finish(taker(next));
        }
    }
}
