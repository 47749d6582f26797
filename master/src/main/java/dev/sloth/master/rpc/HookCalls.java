package dev.sloth.master.rpc;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.security.audit.Audit;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.Permission;
import dev.sloth.wire.shared.Asking;
import dev.sloth.wire.shared.HookAsk;
import dev.sloth.wire.shared.HookAsk.Wish;
import dev.sloth.wire.shared.HookSaid;
import dev.sloth.wire.shared.HookSaid.ItIsKept;
import java.util.List;

/// What tasks on agents ask of hooks. An agent is believed nothing here but what it wants: whether
/// it may is a matter of the run that its order is part of and of whoever submitted that, and the
/// code of a hook is what the run keeps. All that would change something is written down, whether
/// or not it comes about.
final class HookCalls {
    private static final int SHOWN_MAX = 120;

    private final Sharing sharing;
    private final Submitters submitters;
    private final Audit audit;
    private final Answer answer;
    private final ToldOnce<HookSaid> told = new ToldOnce<>();

    HookCalls(Sharing sharing, Submitters submitters, Audit audit, Answer answer) {
        this.sharing = sharing;
        this.submitters = submitters;
        this.audit = audit;
        this.answer = answer;
    }

    /// @param acting finds out whether the caller has the order that it names
    HookSaid asked(byte[] message, Acting.Finding acting) {
        var ask = HookAsk.of(message);
        var asking = ask.asking();
        var hooks = sharing.spaces().hooks(acting.of(asking).namespace());
        var part = part(asking);
        var needed =
                ask.wish().changes()
                        ? Permission.PERMISSION_HOOK_CHANGE
                        : Permission.PERMISSION_HOOK_READ;
        submitters
                .refusal(part.run(), needed)
                .ifPresent(why -> {
                    throw refused(asking, part, ask.wish(), why);
                });
        return switch (ask.wish()) {
            case Wish.Find(var name) -> new HookSaid.These(hooks.find(name).stream().toList());
            case Wish.All _ -> new HookSaid.These(hooks.list());
            case Wish.Put _, Wish.Remove _, Wish.Switch _ -> {
                var number = ask.request().orElseThrow();
                yield told.of(
                        asking.order(),
                        SharedCalls.fact(asking, number),
                        () -> changed(asking, part, ask.wish(), hooks));
            }
        };
    }

    /// Hooks outlive the order, so whoever adds one must have it still.
    private WorkOf.Part part(Asking asking) {
        var agent = Peer.current().agent().id();
        return sharing.work()
                .underWay(agent, asking.order())
                .orElseThrow(() ->
                        answer.overreach(
                                asking.order(),
                                WireProblems.problem(
                                        WireProblems.NOT_ITS_ORDER,
                                        "the agent %s does not have the order any more for which it asks of hooks"
                                                .formatted(agent),
                                        "nothing is to be done: what an order does counts until it"
                                                + " has ended")));
    }

    private HookSaid changed(Asking asking, WorkOf.Part part, Wish wish, RunHooks hooks) {
        var deed = Peer.current().deed();
        audit.announced(
                deed,
                part.run().text(),
                "%s; for the task %s, submitted by %s"
                        .formatted(shown(wish), part.task(), submitters.name(part.run())));
        try {
            return done(part, wish, hooks);
        } catch (EventRefusal e) {
            var problem =
                    WireProblems.problem(
                            WireProblems.HOOK_REFUSED,
                            "%s: %s".formatted(shown(wish), e.getMessage()),
                            "`sloth-runner hook list` on the machine of the master shows what"
                                    + " there is");
            answer.kept(() -> audit.failed(deed, part.run().text(), problem));
            return HookSaid.refused(e);
        } catch (Problems e) {
            throw refused(asking, part, wish, e.list().getFirst());
        }
    }

    private static HookSaid done(WorkOf.Part part, Wish wish, RunHooks hooks) {
        return switch (wish) {
            case Wish.Put(var hook, var sha256) ->
                    new ItIsKept(hooks.put(part.run(), hook, sha256));
            case Wish.Remove(var name) -> new HookSaid.Changed(hooks.remove(name));
            case Wish.Switch(var name, boolean on) -> new HookSaid.Changed(hooks.power(name, on));
            case Wish.Find(var name) -> new HookSaid.These(hooks.find(name).stream().toList());
            case Wish.All _ -> new HookSaid.These(hooks.list());
        };
    }

    private Problems refused(Asking asking, WorkOf.Part part, Wish wish, Problem why) {
        var whole =
                WireProblems.problem(
                        why.code(),
                        "%s; %s for the task %s".formatted(why.message(), shown(wish), part.task()),
                        why.remedy());
        var _ = answer.overreach(asking.order(), whole);
        return new Problems(List.of(why));
    }

    private static String shown(Wish wish) {
        var what =
                switch (wish) {
                    case Wish.Put(var hook, _) ->
                            "adds the hook%s of the file %s"
                                    .formatted(
                                            hook.name().map(name -> " " + name).orElse(""),
                                            hook.file());
                    case Wish.Remove(var name) -> "removes the hook " + name;
                    case Wish.Switch(var name, boolean on) ->
                            "switches the hook %s %s".formatted(name, on ? "on" : "off");
                    case Wish.Find(var name) -> "looks at the hook " + name;
                    case Wish.All _ -> "looks at the hooks";
                };
        return what.length() > SHOWN_MAX ? what.substring(0, SHOWN_MAX) + "..." : what;
    }
}
