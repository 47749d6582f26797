package dev.sloth.master.rpc;

import dev.sloth.core.security.audit.Deed;
import dev.sloth.wire.Identity;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Who calls, and what for.
///
/// @param caller at the other end of the connection
/// @param call what they ask for, such as `Runs.Submit`
record Peer(Caller caller, String call) {
    static final Context.Key<Peer> KEY = Context.key("sloth-peer");

    /// Who showed no certificate that counts.
    static final String NOBODY = "nobody";

    /// There are few calls, and each agent has one open.
    private static final Map<String, String> NAMES = new ConcurrentHashMap<>();

    static Peer of(ServerCall<?, ?> call) {
        return of(call.getMethodDescriptor(), call.getAttributes());
    }

    /// @param attributes of the call's connection
    static Peer of(MethodDescriptor<?, ?> call, Attributes attributes) {
        return new Peer(Caller.of(attributes), name(call));
    }

    /// Such as `Runs.Submit`.
    static String name(MethodDescriptor<?, ?> call) {
        return NAMES.computeIfAbsent(
                call.getFullMethodName(),
                whole -> whole.substring(whole.indexOf('.') + 1).replace('/', '.'));
    }

    /// The one of the call that is answered on this thread.
    static Peer current() {
        return KEY.get();
    }

    Optional<Identity> identity() {
        return caller.identity();
    }

    byte[] keyHash() {
        return caller.keyHash();
    }

    String address() {
        return caller.address();
    }

    Instant certificateUntil() {
        return caller.certificateUntil();
    }

    /// @throws IllegalStateException when it is none, which the guard keeps out
    Identity.Agent agent() {
        if (identity().isPresent() && identity().get() instanceof Identity.Agent agent) {
            return agent;
        }
        throw new IllegalStateException("no agent calls");
    }

    /// What they are about to do.
    Deed deed() {
        return new Deed(identity().map(Identity::uri).orElse(NOBODY), address(), call);
    }
}
