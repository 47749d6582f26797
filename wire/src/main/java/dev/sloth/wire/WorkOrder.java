package dev.sloth.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.wire.proto.FunctionCall;
import dev.sloth.wire.proto.OrderBody;
import dev.sloth.wire.proto.Question;
import dev.sloth.wire.proto.ScriptFile;
import java.util.List;
import java.util.Map;

/// What an agent is to do for a run. Documents are those of `codec`.
///
/// @param run the id of the run
/// @param workflow its name
/// @param files what the script was made of
/// @param values the SHA-256 of the document with the run's values
/// @param permissions what the script may do, by name; absent means yes
/// @param secrets whether the workflow declares any
/// @param causes what led to the run, the first one first
public record WorkOrder(
        String run,
        String workflow,
        List<File> files,
        String values,
        Map<String, Boolean> permissions,
        boolean secrets,
        List<String> causes,
        Work work) {
    public WorkOrder {
        files = List.copyOf(files);
        permissions = Map.copyOf(permissions);
        causes = List.copyOf(causes);
    }

    /// One of the files of a script.
    ///
    /// @param content the SHA-256 of what it holds; for a link, where it leads
    public record File(Role role, String path, String content) {
        /// What it is for.
        public enum Role {
            SCRIPT,
            IMPORT,
            VALUES,
            LINK,
            PROJECT,
            FILE,
            PROGRAM
        }
    }

    /// One of the things that can be done.
    public sealed interface Work {
        /// @param assignment as a document
        record Attempt(byte[] assignment) implements Work {}

        /// What comes of it is SUCCEEDED or SKIPPED.
        ///
        /// @param name of what it decides
        /// @param condition a `Call` or a `Shell`
        record Asked(String name, Condition condition) implements Work {}

        /// @param arguments each as a document
        record Hook(String name, FunctionRef function, List<byte[]> arguments) implements Work {
            public Hook {
                arguments = List.copyOf(arguments);
            }
        }

        /// What comes of it has the output `agents`: their names.
        record Placing(String name, FunctionRef function) implements Work {}
    }

    public byte[] bytes() {
        var body =
                OrderBody.newBuilder()
                        .setRun(run)
                        .setWorkflow(workflow)
                        .setValues(values)
                        .putAllPermissions(permissions)
                        .setSecrets(secrets)
                        .addAllCauses(causes);
        for (var file : files) {
            body.addFiles(
                    ScriptFile.newBuilder()
                            .setRole(role(file.role()))
                            .setPath(file.path())
                            .setContent(file.content()));
        }
        switch (work) {
            case Work.Attempt(var assignment) -> body.setAttempt(ByteString.copyFrom(assignment));
            case Work.Asked(var name, var condition) ->
                    body.setCondition(question(name, condition));
            case Work.Hook(var name, var function, var arguments) ->
                    body.setHook(call(name, function, arguments));
            case Work.Placing(var name, var function) ->
                    body.setPlacement(call(name, function, List.of()));
        }
        return body.build().toByteArray();
    }

    private static Question question(String name, Condition condition) {
        var question = Question.newBuilder().setName(name);
        return switch (condition) {
            case Condition.Call(var function) -> question.setFunction(function.path()).build();
            case Condition.Shell(var line) -> question.setLine(line).build();
            case Condition.None _, Condition.Fixed _, Condition.Named _ ->
                    throw new IllegalArgumentException("nobody has to be asked: " + condition);
        };
    }

    private static FunctionCall call(String name, FunctionRef function, List<byte[]> arguments) {
        return FunctionCall.newBuilder()
                .setName(name)
                .setFunction(function.path())
                .addAllArguments(arguments.stream().map(ByteString::copyFrom).toList())
                .build();
    }

    /// @throws dev.sloth.api.workflow.Problems when it is not what this version knows
    public static WorkOrder of(byte[] bytes) {
        try {
            return of(OrderBody.parseFrom(bytes));
        } catch (InvalidProtocolBufferException _) {
            throw unknown("it is damaged");
        }
    }

    private static WorkOrder of(OrderBody body) {
        var files =
                body.getFilesList().stream()
                        .map(file ->
                                new File(role(file.getRole()), file.getPath(), file.getContent()))
                        .toList();
        return new WorkOrder(
                body.getRun(),
                body.getWorkflow(),
                files,
                body.getValues(),
                body.getPermissionsMap(),
                body.getSecrets(),
                List.copyOf(body.getCausesList()),
                work(body));
    }

    private static Work work(OrderBody body) {
        return switch (body.getWorkCase()) {
            case ATTEMPT -> new Work.Attempt(body.getAttempt().toByteArray());
            case CONDITION ->
                    new Work.Asked(body.getCondition().getName(), condition(body.getCondition()));
            case HOOK -> {
                var call = body.getHook();
                var arguments =
                        call.getArgumentsList().stream().map(ByteString::toByteArray).toList();
                yield new Work.Hook(call.getName(), new FunctionRef(call.getFunction()), arguments);
            }
            case PLACEMENT ->
                    new Work.Placing(
                            body.getPlacement().getName(),
                            new FunctionRef(body.getPlacement().getFunction()));
            case WORK_NOT_SET -> throw unknown("it says nothing that is known here");
        };
    }

    private static Condition condition(Question question) {
        return switch (question.getConditionCase()) {
            case FUNCTION -> new Condition.Call(new FunctionRef(question.getFunction()));
            case LINE -> new Condition.Shell(question.getLine());
            case CONDITION_NOT_SET -> throw unknown("it asks nothing that is known here");
        };
    }

    private static ScriptFile.Role role(File.Role role) {
        return switch (role) {
            case SCRIPT -> ScriptFile.Role.ROLE_SCRIPT;
            case IMPORT -> ScriptFile.Role.ROLE_IMPORT;
            case VALUES -> ScriptFile.Role.ROLE_VALUES;
            case LINK -> ScriptFile.Role.ROLE_LINK;
            case PROJECT -> ScriptFile.Role.ROLE_PROJECT;
            case FILE -> ScriptFile.Role.ROLE_FILE;
            case PROGRAM -> ScriptFile.Role.ROLE_PROGRAM;
        };
    }

    private static File.Role role(ScriptFile.Role role) {
        return switch (role) {
            case ROLE_SCRIPT -> File.Role.SCRIPT;
            case ROLE_IMPORT -> File.Role.IMPORT;
            case ROLE_VALUES -> File.Role.VALUES;
            case ROLE_LINK -> File.Role.LINK;
            case ROLE_PROJECT -> File.Role.PROJECT;
            case ROLE_FILE -> File.Role.FILE;
            case ROLE_PROGRAM -> File.Role.PROGRAM;
            case ROLE_NONE, UNRECOGNIZED -> throw unknown("it has a file of a kind not known here");
        };
    }

    private static RuntimeException unknown(String why) {
        return WireProblems.of(
                WireProblems.OTHER_VERSION,
                "an order cannot be read: " + why,
                "use the same version of sloth-runner on both sides");
    }
}
