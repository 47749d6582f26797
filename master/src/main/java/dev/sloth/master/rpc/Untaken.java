package dev.sloth.master.rpc;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.workflow.Problems;
import dev.sloth.wire.WireProblems;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// How much of what agents have asked for is not with them yet: who asks for much and reads none of
/// it gets nothing more, and fills no memory. Safe for use by many threads.
final class Untaken {
    private final long max;
    private final long total;
    private final ReentrantLock lock = new ReentrantLock();

    // guarded by `lock`
    private final Map<String, Long> held = new HashMap<>();
    private long all;

    /// @param max how many bytes of one agent, unless one answer alone has more
    /// @param total how many bytes of all of them, with the same exception
    Untaken(long max, long total) {
        this.max = max;
        this.total = total;
    }

    /// For one call of an agent.
    Share share(String agent) {
        return new Share(agent);
    }

    /// What one call is answered. What is taken counts until the call is over.
    final class Share implements Allowance {
        private final String agent;

        // guarded by `lock`
        private long own;
        private boolean over;

        private Share(String agent) {
            this.agent = agent;
        }

        /// To be asked before something is done whose answer may be large.
        ///
        /// @throws Problems `UNREACHABLE` when the agent should ask again later
        void assureRoom() {
            boolean _ = tryTake(0);
        }

        /// Counts what is there already.
        @Override
        public void take(long bytes) {
            lock.lock();
            try {
                add(bytes);
            } finally {
                lock.unlock();
            }
        }

        /// @throws Problems as above
        @Override
        public boolean tryTake(long bytes) {
            lock.lock();
            try {
                check(held.getOrDefault(agent, 0L), bytes, max);
                check(all, bytes, total);
                add(bytes);
                return true;
            } finally {
                lock.unlock();
            }
        }

        private void check(long there, long bytes, long most) {
            if (there > own && there + bytes > most) {
                throw WireProblems.of(
                        WireProblems.UNREACHABLE,
                        "more answers are on their way to agents than the master keeps for them",
                        "the agent asks again");
            }
        }

        private void add(long bytes) {
            if (!over && bytes > 0) {
                own += bytes;
                all += bytes;
                held.merge(agent, bytes, Long::sum);
            }
        }

        /// All of it is with the agent, or nobody waits for it any more.
        void over() {
            lock.lock();
            try {
                over = true;
                all -= own;
                held.computeIfPresent(agent, (_, sum) -> sum > own ? sum - own : null);
                own = 0;
            } finally {
                lock.unlock();
            }
        }
    }
}
