package dev.sloth.agent.process;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// The processes that one process leads, or that carry one mark, and all that came of them. Used by
/// one thread.
final class ProcessTree {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    private static final Duration LOOK_AGAIN_MAX = Duration.ofMillis(100);

    /// How long the shim, once it is alone, may take to write down what came, before it is killed.
    private static final Duration KEEPER_WAIT = Duration.ofMillis(500);

    private static final long NOBODY = -1;

    /// The start of one that is gone already: whoever has its id is another.
    private static final long ENDED = -1;

    private final byte[] mark;
    private final Map<Long, Long> known = new HashMap<>();

    /// Leaders of the groups and sessions of ours, by id, with their start.
    private final Map<Long, Long> leaders = new HashMap<>();

    /// Those whose environment was looked at already. Before we say that nobody is left they are
    /// looked at again: whoever has become another program since may carry the mark now, and in the
    /// middle of that it shows no environment at all.
    private final Set<ProcessTable.Row> strangers = new HashSet<>();

    /// The session of the shim, or nobody.
    private final long keeper;

    private Duration pause = LOOK_AGAIN;
    private boolean interrupted;

    private ProcessTree(String mark, long keeper) {
        this.mark = Launch.marked(mark);
        this.keeper = keeper;
    }

    /// All that carry the mark, or one that begins with it.
    static ProcessTree marked(String mark) {
        return new ProcessTree(mark, NOBODY);
    }

    /// The same, and the group and session that a child of ours leads or led.
    static ProcessTree of(Process leader, String mark) {
        return new ProcessTree(mark, NOBODY).ledBy(leader.pid(), start(leader));
    }

    /// The same for what a shim of ours has started, and for the shim. It is killed last: it is to
    /// keep what the others have said and how they ended.
    static ProcessTree under(Process shim, String mark) {
        return new ProcessTree(mark, shim.pid()).ledBy(shim.pid(), start(shim));
    }

    /// The same for a shim that an earlier process of ours has started.
    static ProcessTree under(ProcessIdentity shim, String mark) {
        return new ProcessTree(mark, shim.pid()).ledBy(shim.pid(), shim.started());
    }

    private static long start(Process child) {
        return ProcessTable.find(child.pid()).map(ProcessTable.Row::start).orElse(ENDED);
    }

    private ProcessTree ledBy(long leader, long start) {
        leaders.put(leader, start);
        return this;
    }

    /// Asks all to end, and after the grace makes them. Goes through with it when interrupted, then
    /// without further grace, and leaves the interrupt standing.
    ///
    /// @throws IOException when some could not be killed
    void end(Duration grace, Duration killWait) throws IOException {
        try {
            Signal.TERM.send(living());
            if (!goneWithin(grace)) {
                kill(killWait);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean goneWithin(Duration grace) throws IOException {
        long end = System.nanoTime() + grace.toNanos();
        while (!living().isEmpty()) {
            if (interrupted || System.nanoTime() - end >= 0) {
                return false;
            }
            pause();
        }
        return true;
    }

    /// Waits until nobody is left that holds a pipe to write to, other than to one of its own kind.
    ///
    /// @return whether it came to that in time
    boolean letsGoOfPipes(Duration atMost) throws IOException {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (ProcessTable.writesToPipes(living().rows())) {
                if (interrupted || System.nanoTime() - end >= 0) {
                    return false;
                }
                pause();
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void kill(Duration killWait) throws IOException {
        long began = System.nanoTime();
        long end = began + killWait.toNanos();
        long alone = began + KEEPER_WAIT.toNanos();
        pause = LOOK_AGAIN;
        for (var left = living(); !left.isEmpty(); left = living()) {
            long now = System.nanoTime();
            if (now - end >= 0) {
                throw new IOException(
                        "%d processes of the command could not be killed"
                                .formatted(left.rows().size()));
            }
            var others = left.only(row -> row.session() != keeper);
            if (!others.isEmpty()) {
                alone = now + KEEPER_WAIT.toNanos();
            }
            Signal.KILL.send(now - alone >= 0 ? left : others);
            pause();
        }
    }

    private void pause() {
        LockSupport.parkNanos(pause.toNanos());
        var longer = pause.multipliedBy(2);
        pause = longer.compareTo(LOOK_AGAIN_MAX) < 0 ? longer : LOOK_AGAIN_MAX;
        // Parking returns at once while the interrupt stands, so it is taken down and remembered.
        interrupted |= Thread.interrupted();
    }

    private Members living() throws IOException {
        var members = look();
        // Whoever is interrupted reads nothing of /proc, which must not look like an empty house.
        while (Thread.interrupted()) {
            interrupted = true;
            members = lookAfresh();
        }
        if (members.isEmpty()) {
            members = lookAfresh();
        }
        for (var row : members.rows()) {
            known.put(row.pid(), row.start());
            if (row.group() == row.pid()) {
                leaders.put(row.pid(), row.start());
            }
        }
        return members;
    }

    private Members lookAfresh() throws IOException {
        strangers.clear();
        return look();
    }

    private Members look() throws IOException {
        var all = ProcessTable.living();
        return Members.of(members(all), all);
    }

    private Set<ProcessTable.Row> members(List<ProcessTable.Row> all) {
        var members = new HashSet<ProcessTable.Row>();
        var ours = new HashSet<Long>();
        leaders.keySet().stream().filter(id -> leads(id, all)).forEach(ours::add);
        for (var row : all) {
            boolean inGroup = ours.contains(row.group()) || ours.contains(row.session());
            if (isKnown(row) || inGroup || isMarked(row)) {
                members.add(row);
            }
        }
        var parents = new HashSet<Long>();
        members.forEach(row -> parents.add(row.pid()));
        while (addChildren(all, members, parents)) {
            // until a round finds no more
        }
        return members;
    }

    private static boolean addChildren(
            List<ProcessTable.Row> all, Set<ProcessTable.Row> members, Set<Long> parents) {
        boolean more = false;
        for (var row : all) {
            if (parents.contains(row.parent()) && members.add(row)) {
                parents.add(row.pid());
                more = true;
            }
        }
        return more;
    }

    private boolean isKnown(ProcessTable.Row row) {
        return Long.valueOf(row.start()).equals(known.get(row.pid()));
    }

    private boolean isMarked(ProcessTable.Row row) {
        if (strangers.contains(row)) {
            return false;
        }
        boolean marked = ProcessTable.marked(row, mark);
        if (!marked) {
            strangers.add(row);
        }
        return marked;
    }

    /// Whether the group of this number is ours. A dead leader's id may be given to a stranger, who
    /// may lead a group by that number.
    private boolean leads(long group, List<ProcessTable.Row> all) {
        var start = leaders.get(group);
        return start != null
                && all.stream().noneMatch(row -> row.pid() == group && row.start() != start);
    }
}
