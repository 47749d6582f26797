package dev.sloth.wire.shared;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.event.Hook;
import dev.sloth.api.event.HookBook.Kept;
import dev.sloth.api.event.HookBook.Put;
import dev.sloth.wire.proto.HookKept;
import dev.sloth.wire.proto.HookList;
import dev.sloth.wire.proto.HookOutcome;
import dev.sloth.wire.proto.HookRefusal;
import dev.sloth.wire.proto.HookSight;
import dev.sloth.wire.proto.SharedPart;
import java.util.List;

/// What is answered to whoever asked of hooks.
public sealed interface HookSaid {
    record ItIsKept(Kept kept) implements HookSaid {}

    /// @param something whether anything was changed
    record Changed(boolean something) implements HookSaid {}

    record These(List<Hook> hooks) implements HookSaid {
        public These {
            hooks = List.copyOf(hooks);
        }
    }

    record Refused(Reason reason, String why) implements HookSaid {
        public EventRefusal refusal() {
            return new EventRefusal(reason, why);
        }
    }

    static HookSaid refused(EventRefusal refusal) {
        return new Refused(refusal.reason(), String.valueOf(refusal.getMessage()));
    }

    default List<SharedPart> parts() {
        var message = HookOutcome.newBuilder();
        var _ =
                switch (this) {
                    case ItIsKept(var kept) ->
                            message.setKept(
                                    HookKept.newBuilder()
                                            .setName(kept.name())
                                            .setPut(put(kept.put())));
                    case Changed(boolean something) -> message.setChanged(something);
                    case These(var hooks) ->
                            message.setHooks(
                                    HookList.newBuilder()
                                            .addAllHooks(
                                                    hooks.stream().map(HookSaid::sight).toList()));
                    case Refused(var reason, var why) ->
                            message.setRefusal(
                                    HookRefusal.newBuilder()
                                            .setReason(reason(reason))
                                            .setMessage(why));
                };
        return SharedParts.of(message.build());
    }

    private static HookKept.Put put(Put put) {
        return switch (put) {
            case ADDED -> HookKept.Put.PUT_ADDED;
            case REPLACED -> HookKept.Put.PUT_REPLACED;
            case SAME -> HookKept.Put.PUT_SAME;
        };
    }

    private static HookRefusal.Reason reason(Reason reason) {
        return switch (reason) {
            case WRONG -> HookRefusal.Reason.REASON_WRONG;
            case UNFIT -> HookRefusal.Reason.REASON_UNFIT;
            case QUOTA -> HookRefusal.Reason.REASON_QUOTA;
            case MISSING -> HookRefusal.Reason.REASON_MISSING;
            case TAKEN -> HookRefusal.Reason.REASON_TAKEN;
            case LARGE, CHAIN, AWAY -> HookRefusal.Reason.REASON_NONE;
        };
    }

    private static HookSight sight(Hook hook) {
        return HookSight.newBuilder()
                .setName(hook.name())
                .setFile(hook.file())
                .addAllTypes(hook.types())
                .setCondition(hook.condition())
                .setDescription(hook.description())
                .setOn(hook.enabled())
                .setTimeout(Values.span(hook.timeout()))
                .setAttempts(hook.attempts())
                .setAddedAt(Values.moment(hook.addedAt()))
                .setPending(hook.owed().pending())
                .setDone(hook.owed().done())
                .setDead(hook.owed().dead())
                .build();
    }

    /// @throws dev.sloth.api.workflow.Problems when it cannot be read
    static HookSaid of(byte[] bytes) {
        return Reading.of(() -> {
            var message = HookOutcome.parseFrom(bytes);
            return switch (message.getOutcomeCase()) {
                case KEPT -> new ItIsKept(read(message.getKept()));
                case CHANGED -> new Changed(message.getChanged());
                case HOOKS ->
                        new These(
                                message.getHooks().getHooksList().stream()
                                        .map(HookSaid::read)
                                        .toList());
                case REFUSAL ->
                        new Refused(
                                read(message.getRefusal().getReason()),
                                message.getRefusal().getMessage());
                case OUTCOME_NOT_SET -> throw new IllegalArgumentException("it is no answer");
            };
        });
    }

    private static Kept read(HookKept kept) {
        return new Kept(
                kept.getName(),
                switch (kept.getPut()) {
                    case PUT_ADDED -> Put.ADDED;
                    case PUT_REPLACED -> Put.REPLACED;
                    case PUT_SAME -> Put.SAME;
                    case PUT_NONE, UNRECOGNIZED ->
                            throw new IllegalArgumentException("it does not say what it took");
                });
    }

    private static Reason read(HookRefusal.Reason reason) {
        return switch (reason) {
            case REASON_UNFIT -> Reason.UNFIT;
            case REASON_QUOTA -> Reason.QUOTA;
            case REASON_MISSING -> Reason.MISSING;
            case REASON_TAKEN -> Reason.TAKEN;
            case REASON_WRONG, REASON_NONE, UNRECOGNIZED -> Reason.WRONG;
        };
    }

    private static Hook read(HookSight sight) {
        return new Hook(
                sight.getName(),
                sight.getFile(),
                sight.getTypesList(),
                sight.getCondition(),
                sight.getDescription(),
                sight.getOn(),
                Values.read(sight.getTimeout()),
                sight.getAttempts(),
                Values.read(sight.getAddedAt()),
                new Hook.Owed(sight.getPending(), sight.getDone(), sight.getDead()));
    }
}
