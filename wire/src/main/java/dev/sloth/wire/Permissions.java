package dev.sloth.wire;

import dev.sloth.wire.proto.Permission;
import dev.sloth.wire.proto.Sloth;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;

/// What calls need, as their `.proto` files declare it.
public final class Permissions {
    private Permissions() {}

    /// `PERMISSION_NONE` when none is declared; then nobody may.
    public static Permission of(MethodDescriptor<?, ?> call) {
        return call.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier declared
                ? declared.getMethodDescriptor().getOptions().getExtension(Sloth.permission)
                : Permission.PERMISSION_NONE;
    }
}
