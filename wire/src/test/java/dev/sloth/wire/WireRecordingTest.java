package dev.sloth.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.protobuf.UnknownFieldSet;
import dev.sloth.wire.proto.Access;
import dev.sloth.wire.proto.Agent;
import dev.sloth.wire.proto.Cluster;
import dev.sloth.wire.proto.CommandWanted;
import dev.sloth.wire.proto.Hello;
import dev.sloth.wire.proto.JoinRequest;
import dev.sloth.wire.proto.OrderPart;
import dev.sloth.wire.proto.Refusal;
import dev.sloth.wire.proto.RunName;
import dev.sloth.wire.proto.SharedCommand;
import dev.sloth.wire.proto.SharedPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every message of protocol version 1 as it was sent when it was recorded, every call and every
/// word of an enumeration. What is recorded is never changed: masters and agents that send it are
/// out there. What is new is added.
class WireRecordingTest {
    private static final String RECORDING = "protocol-1.txt";
    private static final int DEPTH_MAX = 6;

    /// A field that nobody has yet.
    private static final int NEWER = 9_999;

    private static List<FileDescriptor> files() {
        return List.of(
                Refusal.getDescriptor().getFile(),
                JoinRequest.getDescriptor().getFile(),
                Hello.getDescriptor().getFile(),
                OrderPart.getDescriptor().getFile(),
                SharedPart.getDescriptor().getFile(),
                SharedCommand.getDescriptor().getFile(),
                RunName.getDescriptor().getFile(),
                Agent.getDescriptor().getFile(),
                CommandWanted.getDescriptor().getFile(),
                Access.getDescriptor().getFile(),
                Cluster.getDescriptor().getFile());
    }

    private static Map<String, Descriptor> messages() {
        var all = new TreeMap<String, Descriptor>();
        files().forEach(file -> file.getMessageTypes().forEach(type -> collect(type, all)));
        return all;
    }

    private static void collect(Descriptor type, Map<String, Descriptor> all) {
        if (!type.getOptions().getMapEntry()) {
            all.put(type.getFullName(), type);
        }
        type.getNestedTypes().forEach(inner -> collect(inner, all));
    }

    // ---- what would be recorded today

    private static List<String> today() {
        var lines = new ArrayList<String>();
        messages().values().forEach(type -> samples(type).forEach(each -> lines.add(line(each))));
        for (var file : files()) {
            file.getEnumTypes().forEach(each -> lines.add(line(each)));
            file.getMessageTypes()
                    .forEach(type -> type.getEnumTypes().forEach(each -> lines.add(line(each))));
            file.getServices()
                    .forEach(
                            service -> service.getMethods().forEach(each -> lines.add(line(each))));
        }
        return lines;
    }

    private static String line(Message sample) {
        return "message %s %s %s"
                .formatted(
                        sample.getDescriptorForType().getFullName(),
                        HexFormat.of().formatHex(sample.toByteArray()),
                        text(sample))
                .strip();
    }

    private static String text(Message message) {
        return TextFormat.printer().emittingSingleLine(true).printToString(message).strip();
    }

    private static String line(EnumDescriptor type) {
        return "enum %s %s"
                .formatted(
                        type.getFullName(),
                        type.getValues().stream()
                                .map(value -> value.getName() + "=" + value.getNumber())
                                .collect(Collectors.joining(" ")));
    }

    private static String line(MethodDescriptor call) {
        var proto = call.toProto();
        return "call %s %s%s %s%s %s"
                .formatted(
                        call.getFullName(),
                        proto.getClientStreaming() ? "stream " : "",
                        call.getInputType().getFullName(),
                        proto.getServerStreaming() ? "stream " : "",
                        call.getOutputType().getFullName(),
                        text(call.getOptions()));
    }

    /// One with all fields set, or, where only one of several may be, one for each of these.
    private static Stream<DynamicMessage> samples(Descriptor type) {
        var choices = type.getRealOneofs();
        int most = choices.stream().mapToInt(OneofDescriptor::getFieldCount).max().orElse(1);
        return IntStream.range(0, most).mapToObj(choice -> sample(type, choice, 0));
    }

    private static DynamicMessage sample(Descriptor type, int choice, int depth) {
        var sample = DynamicMessage.newBuilder(type);
        for (var field : type.getFields()) {
            var of = field.getRealContainingOneof();
            boolean chosen = of == null || of.getField(choice % of.getFieldCount()).equals(field);
            boolean tooDeep = field.getType() == FieldDescriptor.Type.MESSAGE && depth > DEPTH_MAX;
            if (chosen && !tooDeep) {
                set(sample, field, depth);
            }
        }
        return sample.build();
    }

    private static void set(DynamicMessage.Builder sample, FieldDescriptor field, int depth) {
        if (field.isRepeated()) {
            sample.addRepeatedField(field, value(field, depth));
        } else {
            sample.setField(field, value(field, depth));
        }
    }

    private static Object value(FieldDescriptor field, int depth) {
        int number = field.getNumber();
        return switch (field.getJavaType()) {
            case INT -> number + 100;
            case LONG -> number + 5_000_000_000L;
            case FLOAT -> number + 0.5f;
            case DOUBLE -> number + 0.25;
            case BOOLEAN -> true;
            case STRING -> field.getName();
            case BYTE_STRING -> ByteString.copyFrom(new byte[] {(byte) number, 0, -1});
            case ENUM -> field.getEnumType().getValues().getLast();
            case MESSAGE -> sample(field.getMessageType(), 0, depth + 1);
        };
    }

    // ---- what was recorded

    private static List<String> recorded() throws IOException {
        try (var in =
                requireNonNull(WireRecordingTest.class.getResourceAsStream(RECORDING), RECORDING)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    /// One message of the recording.
    private record Old(String type, byte[] bytes, String text) {
        static Old of(String line) {
            var words = line.split(" ", 4);
            return new Old(
                    words[1],
                    words.length > 2 ? HexFormat.of().parseHex(words[2]) : new byte[0],
                    words.length > 3 ? words[3] : "");
        }

        DynamicMessage read(byte[] sent) throws InvalidProtocolBufferException {
            var known = messages().get(type);
            assertThat(known).as("the message %s is gone", type).isNotNull();
            return DynamicMessage.parseFrom(requireNonNull(known), sent);
        }
    }

    private static List<Old> old() throws IOException {
        return recorded().stream()
                .filter(line -> line.startsWith("message "))
                .map(Old::of)
                .toList();
    }

    @Test
    void every_file_of_the_protocol_is_looked_at() throws IOException {
        var folder = Path.of(System.getProperty("sloth.root", ".."), "wire/src/main/protobuf");
        try (var there = Files.list(folder)) {
            assertThat(files())
                    .extracting(FileDescriptor::getName)
                    .containsExactlyInAnyOrderElementsOf(
                            there.map(file -> String.valueOf(file.getFileName())).toList());
        }
    }

    @Test
    void everything_that_can_be_said_is_recorded() throws IOException {
        var known = recorded().stream().map(WireRecordingTest::name).toList();
        assertThat(today().stream().filter(line -> !known.contains(name(line))).toList())
                .as("add these to %s, and change none that are there", RECORDING)
                .isEmpty();
    }

    private static String name(String line) {
        var words = line.split(" ", 3);
        return words[0] + " " + words[1];
    }

    @Test
    void what_was_sent_before_means_the_same_today() throws IOException {
        for (var old : old()) {
            var read = old.read(old.bytes());
            assertThat(text(read)).as(old.type()).isEqualTo(old.text());
            assertThat(read.getUnknownFields().asMap()).as(old.type()).isEmpty();
        }
        assertThat(old()).hasSizeGreaterThan(150);
    }

    @Test
    void what_is_sent_today_is_what_was_sent_before() throws IOException {
        for (var old : old()) {
            assertThat(old.read(old.bytes()).toByteArray()).as(old.type()).isEqualTo(old.bytes());
        }
    }

    @Test
    void what_a_newer_peer_adds_is_passed_over() throws IOException {
        var more =
                UnknownFieldSet.newBuilder()
                        .addField(
                                NEWER,
                                UnknownFieldSet.Field.newBuilder()
                                        .addVarint(7)
                                        .addFixed32(7)
                                        .addFixed64(7)
                                        .addLengthDelimited(ByteString.copyFromUtf8("new"))
                                        .build())
                        .build()
                        .toByteString();
        for (var old : old()) {
            var sent = more.concat(ByteString.copyFrom(old.bytes())).concat(more).toByteArray();
            var read = old.read(sent);
            var known = read.toBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance());
            assertThat(text(known.build())).as(old.type()).isEqualTo(old.text());
        }
    }

    @Test
    void what_could_be_called_before_can_be_called_today() throws IOException {
        assertThat(today()).containsAll(lines("call "));
    }

    @Test
    void the_words_of_enumerations_have_the_numbers_that_they_had() throws IOException {
        var now = today().stream().filter(line -> line.startsWith("enum ")).toList();
        for (var line : lines("enum ")) {
            assertThat(now)
                    .as("add words to an enumeration at its end")
                    .anyMatch(each -> (each + " ").startsWith(line + " "));
        }
    }

    private static List<String> lines(String kind) throws IOException {
        return recorded().stream().filter(line -> line.startsWith(kind)).toList();
    }
}
