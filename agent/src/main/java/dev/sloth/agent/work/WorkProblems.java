package dev.sloth.agent.work;

import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.wire.WireProblems;
import java.io.IOException;

/// What agents say of their own disk.
final class WorkProblems {
    private WorkProblems() {}

    static Problem unkept(IOException failure) {
        return WireProblems.problem(
                "SLOTH-4745",
                "what this agent does cannot be kept: " + FileTrouble.words(failure),
                "make room on the disk of its folder, or look after it; it is tried again");
    }

    static Problems unreadable(IOException failure) {
        return WireProblems.of(
                "SLOTH-4744",
                "what this agent has accepted cannot be read: " + FileTrouble.words(failure),
                "look after its disk; nothing new is done until it can be read");
    }
}
