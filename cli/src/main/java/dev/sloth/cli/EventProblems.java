package dev.sloth.cli;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;

/// What is wrong with what was asked of events and hooks: a code for each reason, and what to do.
final class EventProblems {
    private static final String LISTED = "`sloth-runner hook list` shows those there are";

    private EventProblems() {}

    static Problem problem(EventRefusal refusal) {
        return switch (refusal.reason()) {
            case WRONG ->
                    of(
                            "SLOTH-4301",
                            refusal,
                            "`sloth-runner events list` shows what happened, `sloth-runner hook list`"
                                    + " who reacts");
            case UNFIT ->
                    of(
                            "SLOTH-4301",
                            refusal,
                            "`sloth-runner hook add --help` tells what a hook may say");
            case LARGE -> of("SLOTH-4302", refusal, "the setting events.max_data says how much");
            case CHAIN ->
                    of(
                            "SLOTH-4303",
                            refusal,
                            "see that hooks do not tell what sets them off; the setting"
                                    + " events.max_chain says how long a chain may be");
            case QUOTA ->
                    of(
                            "SLOTH-4304",
                            refusal,
                            "the settings events.max_hooks and watchers.max say how many");
            case MISSING -> of("SLOTH-4305", refusal, LISTED);
            case TAKEN ->
                    of(
                            "SLOTH-4306",
                            refusal,
                            "`sloth-runner hook add --replace` gives it these settings, or give the"
                                    + " new one another name");
            case AWAY ->
                    of(
                            "SLOTH-4701",
                            refusal,
                            "see whether `sloth-runner master` runs, then run the command again");
        };
    }

    private static Problem of(String code, EventRefusal refusal, String remedy) {
        return new Problem(code, String.valueOf(refusal.getMessage()), Span.NOWHERE, remedy);
    }

    static Problems noHook(String name) {
        return wrong("SLOTH-4305", "there is no hook '" + name + "'", LISTED);
    }

    static Problems noEvent(String id) {
        return wrong(
                "SLOTH-4307",
                "there is no event '" + id + "', or it is not kept any more",
                "`sloth-runner events list` shows the last ones with their ids");
    }

    static Problem noDelivery(String number) {
        return new Problem(
                "SLOTH-4308",
                "there is no dead delivery '" + number + "'",
                Span.NOWHERE,
                "`sloth-runner hook dead` shows those there are");
    }

    /// @param options with which those are listed that there are, with a space before; may be empty
    static Problem noWatcher(String name, String options) {
        return new Problem(
                "SLOTH-4309",
                "there is no watcher '" + name + "'",
                Span.NOWHERE,
                "`sloth-runner watcher list" + options + "` shows those there are");
    }

    private static Problems wrong(String code, String message, String remedy) {
        return new Problems(new Problem(code, message, Span.NOWHERE, remedy));
    }
}
