package dev.sloth.master.rpc;

import dev.sloth.api.event.Fact;
import dev.sloth.api.event.Watcher;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.security.audit.Audit;
import dev.sloth.master.dispatch.Fleet;
import dev.sloth.wire.WatcherSight;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.DispatchOutcome;
import dev.sloth.wire.proto.WatcherAgreed;
import dev.sloth.wire.shared.Agreeing;
import dev.sloth.wire.shared.Outcomes;
import dev.sloth.wire.shared.SeenFact;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What agents watch on their own machines: that they begin to, and what they see. An agent can lie
/// about its own machine and about no other: whatever it tells is told in its name, and is of the
/// types that watchers tell.
final class WatcherCalls {
    /// What an event of a watcher says beside what it says anywhere.
    private static final String AGENT = "agent";

    private static final String SEEN_AT = "seen_at";

    private static final Set<String> TYPES =
            Arrays.stream(Watcher.Kind.values())
                    .flatMap(kind -> kind.types().stream())
                    .collect(Collectors.toUnmodifiableSet());

    private final Sharing sharing;
    private final Submitters submitters;
    private final Fleet fleet;
    private final Audit audit;
    private final Answer answer;
    private final Pace pace;
    private final ToldOnce<DispatchOutcome> told = new ToldOnce<>();

    WatcherCalls(
            Sharing sharing,
            Submitters submitters,
            Fleet fleet,
            Audit audit,
            InstantSource time,
            Answer answer) {
        this.pace = new Pace(sharing.seenMax(), time);
        this.sharing = sharing;
        this.submitters = submitters;
        this.fleet = fleet;
        this.audit = audit;
        this.answer = answer;
    }

    /// Writes down what will be watched from now on, which outlives the order.
    ///
    /// @param acting finds out whether the caller has the order that it names
    WatcherAgreed agreed(byte[] message, Acting.Finding acting) {
        var agreeing = Agreeing.of(message);
        var order = agreeing.asking().order();
        var _ = acting.of(agreeing.asking());
        var agent = Peer.current().agent().id();
        var part =
                sharing.work()
                        .underWay(agent, order)
                        .orElseThrow(() ->
                                answer.overreach(
                                        order,
                                        WireProblems.problem(
                                                WireProblems.NOT_ITS_ORDER,
                                                "the agent %s does not have the order any more for which it would watch something"
                                                        .formatted(agent),
                                                "nothing is to be done: what an order does counts"
                                                        + " until it has ended")));
        audit.announced(
                Peer.current().deed(),
                part.run().text(),
                "%s; for the task %s, submitted by %s"
                        .formatted(
                                shown(agreeing.watcher()),
                                part.task(),
                                submitters.name(part.run())));
        return WatcherAgreed.getDefaultInstance();
    }

    private static String shown(WatcherSight watcher) {
        final int most = 100;
        var what = "watches %s (%s %s)".formatted(watcher.name(), watcher.kind(), watcher.target());
        return what.length() > most ? what.substring(0, most) + "..." : what;
    }

    DispatchOutcome told(byte[] message) {
        var seen = SeenFact.of(message);
        var agent = Peer.current().agent().id();
        if (!TYPES.contains(seen.fact().type())) {
            throw answer.overreach(
                    "",
                    WireProblems.problem(
                            WireProblems.UNREADABLE,
                            "an agent tells on its own what watchers see, not '%s'"
                                    .formatted(seen.fact().type()),
                            "use the same version of sloth-runner on both sides"));
        }
        var name = fleet.name(agent);
        if (!pace.take(agent)) {
            throw tooMuch(name);
        }
        var number = "%016x/%d".formatted(seen.request().asker(), seen.request().number());
        return told.of(
                agent,
                number,
                () ->
                        Outcomes.told(() ->
                                sharing.spaces()
                                        .events(sharing.work().namespace())
                                        .as(
                                                "watcher %s on %s".formatted(seen.watcher(), name),
                                                List.of())
                                        .dispatch(fact(seen, name))));
    }

    /// An agent that is asked to wait keeps what it has seen.
    private Problems tooMuch(String agent) {
        return WireProblems.of(
                WireProblems.UNREACHABLE,
                "watchers of the agent %s saw more than %d things within a minute (watchers.seen)"
                        .formatted(agent, sharing.seenMax()),
                "it tells the others later, in their order; see what it watches (`sloth-runner"
                        + " watcher list --agent %s`), and let the interval be longer or watch less"
                                .formatted(agent));
    }

    private static Fact fact(SeenFact seen, String agent) {
        var data = new DataTable();
        if (seen.fact().data() instanceof Value.Table said) {
            said.entries().forEach(entry -> data.put(entry.key(), entry.value()));
        }
        return new Fact(
                seen.fact().type(),
                seen.fact().subject(),
                data.with(AGENT, agent).with(SEEN_AT, seen.at().toString()));
    }
}
