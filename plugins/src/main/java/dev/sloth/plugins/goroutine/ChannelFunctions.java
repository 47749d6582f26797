package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Value;
import java.util.List;

/// Channels: their methods, and the same as functions that take the channel first.
final class ChannelFunctions {
    static final String CHANNEL = "goroutine.channel";
    static final String SEND_ON_CLOSED = "send on closed channel";

    /// Values that one channel may hold.
    private static final int CAPACITY_MAX = 1_000_000;

    /// Finds the channel of a call: the object of a method, or the first parameter.
    private interface Which {
        Channel of(Call call);
    }

    private ChannelFunctions() {}

    static Function[] functions() {
        Which first = call -> channel(call.value("channel"), "channel");
        return new Function[] {
            make(),
            send(taking("channel_send"), first),
            receive(taking("channel_receive"), first),
            close(taking("channel_close"), first),
            length(taking("channel_len"), first),
            capacity(taking("channel_cap"), first),
        };
    }

    private static Function.Builder taking(String name) {
        return Function.named(name).param("channel", Type.HANDLE, "The channel.");
    }

    static HandleType type() {
        Which self = call -> (Channel) call.self();
        return HandleType.named(CHANNEL, "Carries values from goroutine to goroutine.")
                .methods(
                        send(Function.named("send"), self),
                        receive(Function.named("receive"), self),
                        trySend(),
                        tryReceive(),
                        close(Function.named("close"), self),
                        length(Function.named("len"), self),
                        capacity(Function.named("cap"), self),
                        isClosed(),
                        range());
    }

    /// The channel behind a value; `what` names it in the message.
    static Channel channel(Value value, String what) {
        if (value instanceof Value.Handle(_, Channel channel)) {
            return channel;
        }
        throw new CallFailure(what + " is a " + value.type() + ", not a channel");
    }

    static Value.Handle handle(Channel channel) {
        return new Value.Handle(CHANNEL, channel);
    }

    private static Function make() {
        return Function.named("channel")
                .doc(
                        "Makes a channel. Without room for values a sender waits for its receiver;"
                                + " with room it waits only when that is full.")
                .optional("capacity", Type.INTEGER, "How many values it holds; 0 if nil.")
                .param(
                        Parameter.optional(
                                        "direction",
                                        Type.STRING,
                                        "\"bidirectional\" if nil, or \"send\" or \"receive\" to allow"
                                                + " only that.")
                                .words("bidirectional", "send", "receive"))
                .returns("channel", Type.HANDLE, "The channel.")
                .example("local ch = goroutine.channel(10)")
                .body(call -> {
                    long capacity = call.integer("capacity", 0);
                    if (capacity < 0 || capacity > CAPACITY_MAX) {
                        throw new CallFailure("the capacity is a number from 0 to " + CAPACITY_MAX);
                    }
                    var direction = direction(call.text("direction", "bidirectional"));
                    return Results.of(handle(new Channel((int) capacity, direction)));
                });
    }

    private static Channel.Direction direction(String name) {
        return switch (name) {
            case "bidirectional" -> Channel.Direction.BIDIRECTIONAL;
            case "send" -> Channel.Direction.SEND;
            case "receive" -> Channel.Direction.RECEIVE;
            default ->
                    throw new CallFailure(
                            "a channel's direction is bidirectional, send or receive, not " + name);
        };
    }

    static Channel sending(Channel channel) {
        if (channel.direction() == Channel.Direction.RECEIVE) {
            throw new CallFailure("this channel only receives");
        }
        return channel;
    }

    static Channel receiving(Channel channel) {
        if (channel.direction() == Channel.Direction.SEND) {
            throw new CallFailure("this channel only sends");
        }
        return channel;
    }

    private static Function send(Function.Builder builder, Which which) {
        return builder.doc("Sends a value; waits until there is room or a receiver.")
                .param("value", Type.ANY, "What to send.")
                .returns("ok", Type.BOOLEAN, "True, or false if the channel is closed.")
                .returnsOrNil("error", Type.STRING, "\"send on closed channel\", or nil.")
                .body(call -> {
                    var channel = sending(which.of(call));
                    var one = new Selecting.Case.Send(channel, call.value("value"));
                    return sent(await(call, one, "channel send").open());
                });
    }

    private static List<Value> sent(boolean ok) {
        return ok ? Results.bool(true) : Results.refuse(SEND_ON_CLOSED);
    }

    private static Function receive(Function.Builder builder, Which which) {
        return builder.doc("Receives a value; waits until there is one or the channel is closed.")
                .returnsOrNil("value", Type.ANY, "What was sent; nil if no more will come.")
                .returns("ok", Type.BOOLEAN, "False if the channel is closed and empty.")
                .body(call -> {
                    var one = new Selecting.Case.Receive(receiving(which.of(call)));
                    var chosen = await(call, one, "channel receive");
                    return Results.of(chosen.value(), Value.Bool.of(chosen.open()));
                });
    }

    private static Selecting.Chosen await(Call call, Selecting.Case only, String what)
            throws InterruptedException {
        var host = call.host();
        return new Selecting(List.of(only))
                .await(host.random(), what, Limit.none(host.concurrency()))
                .orElseThrow();
    }

    private static Function trySend() {
        return Function.named("try_send")
                .doc("Sends a value if that needs no waiting.")
                .param("value", Type.ANY, "What to send.")
                .returns("ok", Type.BOOLEAN, "Whether it was sent.")
                .returnsOrNil("error", Type.STRING, "Why not, or nil.")
                .body(call -> {
                    var channel = sending((Channel) call.self());
                    return switch (channel.trySend(call.value("value"))) {
                        case SENT -> sent(true);
                        case CLOSED -> sent(false);
                        case FULL -> Results.refuse("channel is full");
                    };
                });
    }

    private static Function tryReceive() {
        return Function.named("try_receive")
                .doc("Receives a value if one is there.")
                .returnsOrNil("value", Type.ANY, "What was sent, or nil.")
                .returns("ok", Type.BOOLEAN, "Whether a value was there.")
                .body(call -> {
                    var got = receiving((Channel) call.self()).tryReceive();
                    boolean there = got.filter(Channel.Received::open).isPresent();
                    var value = got.map(Channel.Received::value).orElse(Value.Nil.NIL);
                    return Results.of(value, Value.Bool.of(there));
                });
    }

    private static Function close(Function.Builder builder, Which which) {
        return builder.doc("Closes the channel: values held can be received, none sent any more.")
                .returns("ok", Type.BOOLEAN, "True, or false if it was closed already.")
                .returnsOrNil("error", Type.STRING, "Why not, or nil.")
                .body(call ->
                        which.of(call).close()
                                ? Results.bool(true)
                                : Results.refuse("channel already closed"));
    }

    private static Function length(Function.Builder builder, Which which) {
        return builder.doc("Counts the values held.")
                .returns("n", Type.INTEGER, "How many.")
                .body(call -> Results.number(which.of(call).held()));
    }

    private static Function capacity(Function.Builder builder, Which which) {
        return builder.doc("Says how many values the channel can hold.")
                .returns("n", Type.INTEGER, "How many.")
                .body(call -> Results.number(which.of(call).capacity()));
    }

    private static Function isClosed() {
        return Function.named("is_closed")
                .doc("Says whether the channel has been closed.")
                .returns("closed", Type.BOOLEAN, "Whether it has.")
                .body(call -> Results.bool(((Channel) call.self()).closed()));
    }

    private static Function range() {
        return Function.named("range")
                .doc(
                        "Calls a function with each value until the channel is closed and empty, or"
                                + " the function returns false.")
                .param("fn", Type.FUNCTION, "Called with the value.")
                .example("ch:range(function(v) log.info(v) end)")
                .body(call -> {
                    var one = new Selecting.Case.Receive(receiving((Channel) call.self()));
                    var chosen = await(call, one, "channel range");
                    boolean more = true;
                    while (chosen.open() && more) {
                        var results = call.function("fn").call(List.of(chosen.value()));
                        more = !results.equals(List.of(Value.Bool.FALSE));
                        if (more) {
                            chosen = await(call, one, "channel range");
                        }
                    }
                    return Results.none();
                });
    }
}
