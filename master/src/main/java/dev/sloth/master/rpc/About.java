package dev.sloth.master.rpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;

/// What a call is about, as its message says. It is read of calls that are refused, so nothing but
/// its form is known of it.
final class About {
    /// What the fields are called that name it; the first of them that says something counts.
    private static final List<String> FIELDS =
            List.of("agent", "selector", "order", "run", "id", "name");

    /// Who asks for shared state says there for which order.
    private static final String ASKER = "asker";

    private About() {}

    /// Empty when it says nothing of the kind.
    static String of(Object message) {
        if (!(message instanceof Message said)) {
            return "";
        }
        return FIELDS.stream()
                .flatMap(name -> field(said, name, JavaType.STRING).stream())
                .map(field -> String.valueOf(said.getField(field)))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .or(() -> field(said, ASKER, JavaType.MESSAGE).map(of -> of(said.getField(of))))
                .orElse("");
    }

    private static Optional<FieldDescriptor> field(Message said, String name, JavaType type) {
        return Optional.ofNullable(said.getDescriptorForType().findFieldByName(name))
                .filter(field -> !field.isRepeated() && field.getJavaType() == type);
    }
}
