package dev.sloth.cli.view;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What to do when an attempt met a limit, or found no agent to be done by, by its message. Those
/// who say it are elsewhere, or are Lua, and have no place for more.
public final class Remedies {
    /// For what no agent has yet.
    public static final String WAITING =
            "`sloth-runner agent list` shows who is away, draining or busy; see what delegate_to"
                    + " asks for, give an agent other tags with `sloth-runner agent label`, or start"
                    + " more agents.";

    private static final List<Remedy> KNOWN =
            List.of(
                    of(
                            ".*(not enough memory for|script exceeded the memory of) all scripts"
                                    + " together.*",
                            "Let fewer tasks run at once (--max-parallel, or --slots of an agent)"
                                    + " or keep less in them; or raise script.total_memory in the"
                                    + " configuration or the heap of the process (-Xmx)."),
                    of(
                            ".*not enough memory|script exceeded \\d+ bytes of memory.*",
                            "Keep less at once, or raise script.execute_memory in the"
                                    + " configuration."),
                    of(
                            "script exceeded \\d+ steps",
                            "See that its loops end, or raise script.execute_steps in the"
                                    + " configuration."),
                    of(
                            ".*string length overflow",
                            "See that the string stops growing; write large texts to a file piece by"
                                    + " piece."),
                    of(
                            ".*too many goroutines at once \\(\\d+\\)",
                            "Let some end before others begin, give the work to a pool"
                                    + " (goroutine.pool_create), or raise script.goroutines in the"
                                    + " configuration."),
                    of(
                            ".*deadlock: everything waits.*",
                            "Each line says what waits where: see that somebody sends, receives,"
                                    + " closes, unlocks or is done for it, also when a function"
                                    + " fails; or wait with a time limit."),
                    of(".*stack overflow", "See that the recursion ends."),
                    of(
                            ".*there is no agent at all.*",
                            "Let one join: `sloth-runner agent token create` on the master makes a"
                                    + " token, `sloth-runner agent start --master HOST:PORT"
                                    + " --token-file FILE` on a machine makes it an agent."),
                    of(
                            ".*there is no agent (that fits|').*",
                            "`sloth-runner agent list` shows those that there are; see what"
                                    + " delegate_to, --delegate-to or --select asks for."),
                    of(
                            "\\d+ agents are needed, and \\d+ match: .*",
                            "Ask for fewer in delegate_to, give more agents what it asks for with"
                                    + " `sloth-runner agent label`, or start more agents;"
                                    + " `sloth-runner agent list` shows those that there are."),
                    of(
                            ".*there is no agent to do it on.*",
                            "See that the function or the list in delegate_to names an agent;"
                                    + " `sloth-runner agent list` shows those that there are."),
                    of(
                            ".*the function of `delegate_to` must return .*",
                            "Return a name such as \"web1\", or a list such as { \"web1\", \"web2\" };"
                                    + " a selector stands in delegate_to itself."
                                    + " `sloth-runner agent list` shows the names."),
                    of(
                            ".*' is outside of the project .*",
                            "Put the file into the folder of the project, or a folder in it: nothing"
                                    + " else is imported, and nothing else goes to an agent."),
                    of(
                            ".*cannot import '.*': there is no such file in .*",
                            "See that the file is there and called so. Where an agent does the task,"
                                    + " name files that are imported while it runs in the workflow,"
                                    + " with :files({ \"*.lua\" })."),
                    of("no agent took it within .*", WAITING));

    private record Remedy(Pattern message, String text) {}

    private Remedies() {}

    private static Remedy of(String message, String text) {
        return new Remedy(Pattern.compile(message, Pattern.DOTALL), text);
    }

    /// Empty when the message is about something else.
    public static Optional<String> of(String message) {
        return KNOWN.stream()
                .filter(known -> known.message().matcher(message).matches())
                .map(Remedy::text)
                .findFirst();
    }
}
