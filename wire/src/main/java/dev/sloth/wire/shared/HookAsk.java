package dev.sloth.wire.shared;

import dev.sloth.api.event.HookWish;
import dev.sloth.api.event.HookWish.Power;
import dev.sloth.wire.proto.HookPower;
import dev.sloth.wire.proto.HookRequest;
import dev.sloth.wire.proto.HookWanted;
import dev.sloth.wire.proto.ListHooks;
import dev.sloth.wire.proto.SharedPart;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What is asked of the hooks of a master.
///
/// @param request for changes
public record HookAsk(Asking asking, Optional<Numbered> request, Wish wish) {
    /// How many types a hook may name, and how long a text of it may be, in characters.
    private static final int TYPES_MAX = 1_000;

    private static final int TEXT_MAX = 8_192;

    /// @throws IllegalArgumentException when a change has no number
    public HookAsk {
        if (wish.changes() && request.isEmpty()) {
            throw new IllegalArgumentException("a change of hooks has a number");
        }
    }

    /// What is wanted.
    public sealed interface Wish {
        /// Whether anything may be changed.
        default boolean changes() {
            return switch (this) {
                case Put _, Remove _, Switch _ -> true;
                case Find _, All _ -> false;
            };
        }

        /// @param hook its file is the path in the project of the run
        /// @param sha256 of what the agent has there; empty when it has nothing
        record Put(HookWish hook, String sha256) implements Wish {}

        record Remove(String name) implements Wish {}

        record Switch(String name, boolean on) implements Wish {}

        record Find(String name) implements Wish {}

        record All() implements Wish {}
    }

    public List<SharedPart> parts() {
        var message = HookRequest.newBuilder().setAsker(asking.message());
        request.ifPresent(number -> message.setRequest(number.message()));
        var _ =
                switch (wish) {
                    case Wish.Put(var hook, var sha256) -> message.setPut(wanted(hook, sha256));
                    case Wish.Remove(var name) -> message.setRemove(name);
                    case Wish.Switch(var name, boolean on) ->
                            message.setPower(HookPower.newBuilder().setName(name).setOn(on));
                    case Wish.Find(var name) -> message.setFind(name);
                    case Wish.All _ -> message.setList(ListHooks.getDefaultInstance());
                };
        return SharedParts.of(message.build());
    }

    private static HookWanted wanted(HookWish hook, String sha256) {
        var wanted =
                HookWanted.newBuilder()
                        .setFile(hook.file().toString())
                        .setSha256(sha256)
                        .addAllTypes(hook.types())
                        .setCondition(hook.condition())
                        .setDescription(hook.description())
                        .setTimeout(Values.span(hook.timeout()))
                        .setAttempts(hook.attempts())
                        .setReplace(hook.replace());
        hook.name().ifPresent(wanted::setName);
        switch (hook.power()) {
            case ON -> wanted.setOn(true);
            case OFF -> wanted.setOn(false);
            case AS_IT_IS -> {}
        }
        return wanted.build();
    }

    /// @throws dev.sloth.api.workflow.Problems when it cannot be read
    public static HookAsk of(byte[] bytes) {
        return Reading.of(() -> {
            var message = HookRequest.parseFrom(bytes);
            return new HookAsk(
                    Asking.of(message.getAsker()),
                    message.hasRequest()
                            ? Optional.of(Numbered.of(message.getRequest()))
                            : Optional.empty(),
                    wish(message));
        });
    }

    private static Wish wish(HookRequest message) {
        return switch (message.getWishCase()) {
            case PUT -> new Wish.Put(read(message.getPut()), text(message.getPut().getSha256()));
            case REMOVE -> new Wish.Remove(text(message.getRemove()));
            case POWER ->
                    new Wish.Switch(text(message.getPower().getName()), message.getPower().getOn());
            case FIND -> new Wish.Find(text(message.getFind()));
            case LIST -> new Wish.All();
            case WISH_NOT_SET -> throw new IllegalArgumentException("nothing is asked of hooks");
        };
    }

    private static HookWish read(HookWanted wanted) {
        if (wanted.getTypesCount() > TYPES_MAX) {
            throw new IllegalArgumentException("a hook names few types");
        }
        return new HookWish(
                wanted.hasName() ? Optional.of(text(wanted.getName())) : Optional.empty(),
                Path.of(text(wanted.getFile())),
                wanted.getTypesList().stream().map(HookAsk::text).toList(),
                text(wanted.getCondition()),
                text(wanted.getDescription()),
                wanted.hasOn() ? wanted.getOn() ? Power.ON : Power.OFF : Power.AS_IT_IS,
                Values.read(wanted.getTimeout()),
                wanted.getAttempts(),
                wanted.getReplace());
    }

    private static String text(String said) {
        if (said.length() > TEXT_MAX) {
            throw new IllegalArgumentException("a text of a hook is short");
        }
        return said;
    }
}
