package dev.sloth.master.rpc;

import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.Task;
import dev.sloth.core.select.Selector;
import dev.sloth.core.select.Subject;
import dev.sloth.master.afar.RunMessages;
import dev.sloth.master.afar.RunProblems;
import dev.sloth.master.run.CommandRun;
import dev.sloth.master.session.Readiness;
import dev.sloth.master.session.Roster;
import dev.sloth.wire.AgentMeant;
import dev.sloth.wire.AgentSight;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.CommandTaken;
import dev.sloth.wire.proto.CommandWanted;
import dev.sloth.wire.proto.CommandsGrpc;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Commands that people have agents do.
final class CommandCalls extends CommandsGrpc.CommandsImplBase {
    /// The label that says by which selector a command found its agents.
    private static final String SELECTED = "select";

    /// How many letters a label may have.
    private static final int LABEL_MAX = 256;

    /// How many letters all words of a command may have.
    private static final int WORDS_MAX = 128 << 10;

    private final Roster roster;
    private final Door.Kept kept;
    private final Answer answer;

    CommandCalls(Roster roster, Door.Kept kept, Answer answer) {
        this.roster = roster;
        this.kept = kept;
        this.answer = answer;
    }

    @Override
    public void execute(CommandWanted request, StreamObserver<CommandTaken> caller) {
        answer.announced(
                caller,
                who(request),
                "asked for the run " + RunProblems.shown(request.getRun()),
                () -> execute(request));
    }

    private static String who(CommandWanted request) {
        return request.getAgent().isEmpty() ? request.getSelector() : request.getAgent();
    }

    private CommandTaken execute(CommandWanted request) {
        var id = RunMessages.run(request.getRun());
        if (kept.store().runs().find(id).isPresent()) {
            throw WireProblems.of(
                    WireProblems.COMMAND_REFUSED,
                    "there is a run %s already".formatted(id),
                    "ask again: each command has a run of its own");
        }
        var action = action(request);
        var timeout = timeout(request);
        var meant = meant(request);
        var ready =
                meant.stream()
                        .filter(agent -> agent.work().equals(Readiness.READY.word()))
                        .map(AgentSight::name)
                        .toList();
        if (!ready.isEmpty()) {
            kept.submitting()
                    .submit(
                            new CommandRun(id, ready, action, timeout, labels(request))
                                    .submission());
        }
        return CommandTaken.newBuilder()
                .addAllAgents(
                        meant.stream()
                                .map(agent ->
                                        new AgentMeant(agent.name(), agent.state(), agent.work())
                                                .message())
                                .toList())
                .build();
    }

    private static Map<String, String> labels(CommandWanted request) {
        var selector = request.getSelector();
        return selector.isEmpty() || selector.length() > LABEL_MAX
                ? Map.of()
                : Map.of(SELECTED, selector);
    }

    private List<AgentSight> meant(CommandWanted request) {
        if (request.getAgent().isEmpty() == request.getSelector().isEmpty()) {
            throw refused(
                    "who is meant is not said, or said twice",
                    "give the name of an agent, or a selector");
        }
        if (!request.getAgent().isEmpty()) {
            return List.of(roster.named(AdministrationCalls.NAMESPACE, request.getAgent()));
        }
        var selected = selected(roster, false, request.getSelector());
        if (selected.isEmpty()) {
            throw WireProblems.of(
                    WireProblems.NOBODY_SELECTED,
                    "there is no agent with `%s`".formatted(request.getSelector()),
                    "`sloth-runner agent list` shows those that there are, with their tags");
        }
        return selected;
    }

    /// @param selector empty for all
    static List<AgentSight> selected(Roster roster, boolean withRevoked, String selector) {
        var all = roster.all(withRevoked);
        if (selector.isEmpty()) {
            return all;
        }
        var wanted = Selector.of(selector);
        return all.stream()
                .filter(agent ->
                        wanted.fits(new Subject(agent.name(), agent.region(), agent.tags())))
                .toList();
    }

    private static Action action(CommandWanted request) {
        var words = List.copyOf(request.getWordsList());
        if (words.isEmpty() || words.getFirst().isEmpty()) {
            throw refused("there is no command", "give a program and what it is to be given");
        }
        if (words.stream().mapToLong(String::length).sum() > WORDS_MAX) {
            throw refused(
                    "the command has more than %d KiB".formatted(WORDS_MAX >> 10),
                    "put it into a file, or into a workflow");
        }
        if (words.stream().anyMatch(word -> word.indexOf(0) >= 0)) {
            throw refused("a word of the command has a zero in it", "no program can be given that");
        }
        return request.getShell()
                ? new Action.Shell(String.join(" ", words), "")
                : new Action.Argv(words);
    }

    private static Duration timeout(CommandWanted request) {
        long millis = request.getTimeoutMillis();
        if (millis < 1 || millis > Task.TIMEOUT_MAX.toMillis()) {
            throw refused(
                    "a command cannot have the timeout that is asked for",
                    "it is above 0 and at most %d days".formatted(Task.TIMEOUT_MAX.toDays()));
        }
        return Duration.ofMillis(millis);
    }

    private static RuntimeException refused(String what, String remedy) {
        return WireProblems.of(WireProblems.COMMAND_REFUSED, what, remedy);
    }
}
