package dev.sloth.cli;

import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.RunStore.Fate;
import java.time.Instant;

/// How a run stands as its users see it: what the store says, and whether anybody still drives it.
///
/// @param word such as `succeeded`, or [#INTERRUPTED]
/// @param driven whether somebody who may well be alive drives it
/// @param remedy what makes it go on; empty when nothing is needed
record Standing(String word, boolean driven, String remedy) {
    /// Has not ended, and its owner is gone.
    static final String INTERRUPTED = "interrupted";

    static final String RUNNING = "running";
    private static final String WAITING = "waiting";

    static Standing of(RunRow row, Instant now, Fate fate) {
        var word = row.progress().status();
        if (row.progress().ended()) {
            return new Standing(word, false, "");
        }
        boolean driven = row.drivenBy().map(by -> lives(by, row, now, fate)).orElse(false);
        if (word.equals(WAITING)) {
            return new Standing(word, driven, "`sloth-runner runs decide %s`".formatted(row.id()));
        }
        return driven
                ? new Standing(word, true, "")
                : new Standing(INTERRUPTED, false, "`sloth-runner resume %s`".formatted(row.id()));
    }

    private static boolean lives(Owner owner, RunRow row, Instant now, Fate fate) {
        return switch (fate.of(owner)) {
            case ALIVE -> true;
            case GONE -> false;
            case UNKNOWN -> now.isBefore(row.leaseUntil());
        };
    }
}
