package dev.sloth.plugins.fileops;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Lists;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How a file is to stand besides what is in it.
///
/// @param owner a name or a number; empty leaves it as it is, as does an empty group
/// @param backup whether what is replaced is kept beside
/// @param validate what judges the new file before it takes its place, with `%s` for its path;
///   possibly nothing
record Standing(
        Optional<Mode> mode, String owner, String group, boolean backup, List<String> validate) {
    static final String PLACE = "%s";

    /// As it comes.
    static final Standing NONE = new Standing(Optional.empty(), "", "", false, List.of());

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /// The parameters that [#of] reads.
    static Function.Builder declared(Function.Builder builder) {
        return builder.optional(
                        "mode",
                        Type.STRING,
                        "The file's mode: octal such as 0644, or text such as u=rw,go=r; the one"
                                + " it had if nil.")
                .optional("owner", Type.STRING, "The user it shall belong to.")
                .optional("group", Type.STRING, "The group it shall belong to.")
                .optional(
                        "backup",
                        Type.BOOLEAN,
                        "Whether to keep what is replaced beside it; the result's backup names it.")
                .optional(
                        "validate",
                        Type.STRING_OR_TABLE,
                        "A command that judges the new file before it takes its place, with %s for"
                                + " its path: a list, or text that is split at blanks. No shell"
                                + " sees it. Needs exec.");
    }

    static Standing of(Call call) {
        return new Standing(
                call.given("mode") ? Optional.of(Mode.parse(call.text("mode"))) : Optional.empty(),
                call.text("owner", ""),
                call.text("group", ""),
                call.flag("backup", false),
                validate(call));
    }

    private static List<String> validate(Call call) {
        if (!call.given("validate")) {
            return List.of();
        }
        var argv =
                call.value("validate") instanceof Value.Table list
                        ? Lists.texts(list, "validate", call)
                        : BLANKS.splitAsStream(call.text("validate").strip()).toList();
        if (argv.stream().noneMatch(word -> word.contains(PLACE)) || argv.getFirst().isEmpty()) {
            throw new CallFailure(
                    "validate is a command with " + PLACE + " for the path of the new file");
        }
        if (!call.host().granted().contains(Permission.EXEC)) {
            throw new CallFailure("exec is not permitted in this script (validate needs it)");
        }
        return argv;
    }
}
