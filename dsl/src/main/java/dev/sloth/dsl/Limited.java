package dev.sloth.dsl;

import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Span;
import dev.sloth.dsl.bind.Durations;
import dev.sloth.dsl.define.Code;
import dev.sloth.lua.value.Budget;
import java.util.Optional;
import java.util.regex.Pattern;

/// Says which limit a script has met, and where it was when it failed.
final class Limited {
    private static final Pattern PLACE = Pattern.compile("(?s)(.{1,500}?):(\\d{1,9}): (.*)");
    private static final String TIME = "script took longer than ";
    private static final int TRACE_SHOWN_MAX = 12;

    private Limited() {}

    static String timeReason(ScriptLimits limits) {
        return TIME + Durations.text(limits.defineTime());
    }

    /// The problem of a script that ended with an error while it was defined.
    ///
    /// @param all where it is placed when the error says nothing
    static Problem problem(ScriptFailure failure, ScriptLimits limits, Span all) {
        String message = String.valueOf(failure.getMessage());
        var place = PLACE.matcher(message);
        boolean placed = place.matches();
        var at =
                placed
                        ? new Span(place.group(1), Integer.parseInt(place.group(2)), 0)
                        : first(failure).orElse(all);
        String cause = placed ? place.group(3) : message;
        if (cause.equals("not enough memory")) {
            return memory(at, limits);
        }
        if (cause.equals("not enough memory for all scripts together")) {
            return together(at, limits);
        }
        if (cause.endsWith("stack overflow")) {
            return Code.RAISED.at(at, cause, "See that the recursion ends. " + traceback(failure));
        }
        if (cause.equals("string length overflow")) {
            return Code.MEMORY.at(
                    at,
                    "the script makes a string of more than %d MiB while it is read"
                            .formatted(Budget.STRING_BYTES_DEFAULT >> 20),
                    "See that the string stops growing; large texts belong into files that a task"
                            + " writes.");
        }
        return Code.RAISED.at(at, cause, traceback(failure));
    }

    private static Problem memory(Span at, ScriptLimits limits) {
        return Code.MEMORY.at(
                at,
                "the script needs more than %s while it is read"
                        .formatted(size(limits.defineMemoryBytes())),
                raise(ScriptLimits.KEY_DEFINE_MEMORY));
    }

    private static Problem together(Span at, ScriptLimits limits) {
        return Code.MEMORY.at(
                at,
                "the scripts of this process need more than %s together"
                        .formatted(size(limits.totalMemoryBytes())),
                "Read and execute fewer at once, or raise "
                        + ScriptLimits.KEY_TOTAL_MEMORY
                        + " in the configuration or the heap of the process (-Xmx).");
    }

    private static String size(long bytes) {
        return bytes < 1 << 20 ? bytes + " bytes" : (bytes >> 20) + " MiB";
    }

    private static String raise(String key) {
        return "Do the work in a task, or raise " + key + " in the configuration.";
    }

    /// The innermost place of a traceback that is in a script.
    private static Optional<Span> first(ScriptFailure failure) {
        for (String line : failure.traceback()) {
            var place = PLACE.matcher(line);
            if (place.matches()) {
                return Optional.of(new Span(place.group(1), Integer.parseInt(place.group(2)), 0));
            }
        }
        return Optional.empty();
    }

    private static String traceback(ScriptFailure failure) {
        var shown = failure.traceback().stream().limit(TRACE_SHOWN_MAX).toList();
        return shown.isEmpty() ? "" : "Called from " + String.join("; ", shown);
    }

    /// The problem of a script that was stopped while it was defined.
    static Problem stopped(String reason, ScriptLimits limits, Span at) {
        if (reason.startsWith(TIME)) {
            return Code.SECONDS.at(
                    at, reason + " while it was read", raise(ScriptLimits.KEY_DEFINE_TIME));
        }
        if (reason.contains(" bytes of memory")) {
            return memory(at, limits);
        }
        if (reason.contains(" memory of all scripts")) {
            return together(at, limits);
        }
        if (reason.startsWith("script exceeded")) {
            return Code.STEPS.at(
                    at,
                    "the script takes more than %d steps while it is read: does a loop never end?"
                            .formatted(limits.defineSteps()),
                    raise(ScriptLimits.KEY_DEFINE_STEPS));
        }
        return Code.RAISED.at(at, "the script was stopped: " + reason, "Start it again.");
    }
}
