package dev.sloth.cli;

import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Task;
import dev.sloth.cli.view.Format;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.wire.AgentCommand;
import dev.sloth.wire.AgentMeant;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// A command that agents of a master do for somebody who waits for it.
final class Errand {
    /// What the words of a command are.
    static final String COMMAND = "A program and what it is given; -- may stand before it.";

    /// How long each agent may take unless said.
    static final Duration TIMEOUT_DEFAULT = Task.TIMEOUT_DEFAULT;

    private static final String TIMEOUT = "--timeout";
    private static final String SHELL = "--shell";

    /// Of those that are ready.
    private static final String READY = "ready";

    private final Given given;
    private final Format format;

    /// Whether somebody has pressed Ctrl-C.
    private final AtomicBoolean leaving = new AtomicBoolean();

    Errand(Given given) {
        this.given = given;
        this.format = given.documentFormat();
    }

    static Spec spec(String name, String... description) {
        var spec = AgentFamily.child(name, description);
        spec.addOption(
                Specs.text(
                        "DURATION",
                        "How long the command may take on each agent; %d minutes unless said. What"
                                        .formatted(TIMEOUT_DEFAULT.toMinutes())
                                + " is waited for a free slot, and for an agent that went away to"
                                + " say how it ended there, is not counted: 10 minutes each at"
                                + " most, or until Ctrl-C.",
                        TIMEOUT));
        spec.addOption(
                Specs.flag(
                        "The command is a line for a shell: its words, with spaces between them.",
                        SHELL));
        return spec;
    }

    /// @param agent empty when a selector says who is meant
    /// @return the exit code
    int run(String agent, String selector, List<String> words) throws InterruptedException {
        var id = Wiring.newId();
        var command =
                new AgentCommand(
                        id.text(),
                        agent,
                        selector,
                        words,
                        given.has(SHELL),
                        ClusterWords.time(given, TIMEOUT, TIMEOUT_DEFAULT));
        var meant = asked(command);
        var view = new ErrandView(given.caller(), format, id, meant);
        view.begin();
        if (meant.stream().anyMatch(Errand::isReady)) {
            follow(id, view);
        }
        return leaving.get() ? view.end(Exit.CANCELLED) : view.end(Exit.FAILED);
    }

    static boolean isReady(AgentMeant agent) {
        return agent.work().equals(READY);
    }

    /// When no answer comes nobody knows whether it was taken: it is not asked again, since that
    /// might do it twice.
    private List<AgentMeant> asked(AgentCommand command) {
        try (var administration = AgentFamily.open(given)) {
            return administration.execute(
                    command,
                    () ->
                            given.caller()
                                    .complain(
                                            List.of(
                                                    "if the master has taken it nevertheless, it is"
                                                            + " run "
                                                            + command.run())));
        }
    }

    private void follow(RunId id, ErrandView view) throws InterruptedException {
        var patience = MasterPatience.ofRun(given.caller(), leaving);
        var asking = RunsInSight.asking(given);
        try (var runs = RunsInSight.afar(given, asking.patiently(patience));
                var _ = new Interrupts(() -> leave(runs, id), () -> {});
                var news = runs.news(id)) {
            var following = new ErrandFollowing(runs.store(), id, view);
            boolean forsaken = false;
            while (following.look()) {
                if (!forsaken && following.isUndecided()) {
                    // Nobody is going to decide about it.
                    cancel(runs, id, "nobody can tell how it ended on some agents");
                    forsaken = true;
                }
                news.await().forEach(view::placed);
            }
        } catch (MasterPatience.Left _) {
            given.caller()
                    .complain(List.of("the master does not answer: run %s goes on".formatted(id)));
        }
    }

    private void leave(RunsInSight runs, RunId id) {
        leaving.set(true);
        try {
            cancel(runs, id, "cancelled by " + given.caller().user());
            given.caller().complain(List.of("run %s is being cancelled".formatted(id)));
        } catch (Problems e) {
            given.caller()
                    .complain(
                            List.of(
                                    "run %s cannot be cancelled: %s"
                                            .formatted(id, e.list().getFirst().message())));
        }
    }

    private void cancel(RunsInSight runs, RunId id, String why) {
        boolean _ =
                runs.store()
                        .requests()
                        .ask(
                                id,
                                Request.Kind.CANCEL,
                                why,
                                given.caller().user(),
                                runs.time().instant());
    }
}
