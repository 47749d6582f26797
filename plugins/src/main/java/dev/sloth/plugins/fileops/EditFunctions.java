package dev.sloth.plugins.fileops;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.fileops.Edits.Edited;
import dev.sloth.plugins.fs.FileContent;
import dev.sloth.plugins.value.Deed;
import dev.sloth.plugins.value.GivenPath;
import dev.sloth.plugins.value.PatientRegex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The functions that change parts of a text file.
final class EditFunctions {
    private static final String ABSENT = "absent";

    /// What an edit makes of a file's text.
    private interface Edit {
        Edited of(FileText file) throws IOException;
    }

    private EditFunctions() {}

    static List<Function> all() {
        return List.of(lineinfile(), blockinfile(), replace());
    }

    private static Function.Builder editing(String name) {
        return Deed.declared(Function.named(name), "path, count and backup, if one was made")
                .namedOrPositional()
                .needs(Permission.FS)
                .param("path", Type.STRING, "The file.");
    }

    private static Function.Builder state(Function.Builder builder, String what) {
        return builder.optional(
                "state", Type.STRING, "present, the usual, or absent: whether " + what + ".");
    }

    private static Function.Builder where(Function.Builder builder, String what) {
        return builder.optional(
                        "insertafter",
                        Type.STRING,
                        "Behind the last line that this pattern finds "
                                + what
                                + " goes; EOF, the usual, is the end.")
                .optional(
                        "insertbefore",
                        Type.STRING,
                        "Before the last line that this pattern finds " + what + " goes; or BOF.")
                .optional("create", Type.BOOLEAN, "Whether to make the file if there is none.");
    }

    private static Function lineinfile() {
        var builder =
                editing("lineinfile")
                        .doc(
                                "Makes sure that a line is in a file, or is not. With a pattern,"
                                        + " the last line that it finds becomes the line; without"
                                        + " one the line itself is looked for.")
                        .optional("line", Type.STRING, "The line; not needed to remove by pattern.")
                        .optional(
                                "regexp", Type.STRING, "A regular expression for the line meant.");
        return Standing.declared(
                        where(state(builder, "the line shall be there"), "the line")
                                .optional(
                                        "backrefs",
                                        Type.BOOLEAN,
                                        "Whether \\1 in the line stands for a group of the pattern;"
                                                + " then nothing is added.")
                                .optional(
                                        "firstmatch",
                                        Type.BOOLEAN,
                                        "Whether patterns mean the first line they find, not the"
                                                + " last."))
                .example(
                        "file_ops.lineinfile{path = \"app.conf\", regexp = \"^port\", line ="
                                + " \"port = 80\"}")
                .body(EditFunctions::lineinfile);
    }

    private static List<Value> lineinfile(Call call) throws InterruptedException {
        boolean absent = isAbsent(call);
        if (!call.given("line") && !(absent && call.given("regexp"))) {
            throw new CallFailure("line is missing");
        }
        boolean groups = call.flag("backrefs", false);
        if (groups && !call.given("regexp")) {
            throw new CallFailure("backrefs needs a regexp");
        }
        boolean first = call.flag("firstmatch", false);
        var spot = Spot.of(call.text("insertafter", ""), call.text("insertbefore", ""), first);
        return edit(
                call,
                absent,
                call.flag("create", false),
                file -> {
                    var line = call.given("line") ? file.own(call.bytes("line")) : "";
                    if (line.indexOf('\n') >= 0) {
                        throw new IOException("line holds more than one line: use blockinfile");
                    }
                    var wish = new Edits.Line(line, pattern(call, "regexp"), spot, first, groups);
                    return absent
                            ? Edits.absent(file.text(), wish)
                            : Edits.present(file.text(), wish, call);
                });
    }

    private static Optional<Pattern> pattern(Call call, String parameter) {
        return call.given(parameter)
                ? Optional.of(PatientRegex.compile(call.text(parameter), 0))
                : Optional.empty();
    }

    private static boolean isAbsent(Call call) {
        var state = call.text("state", "present");
        if (!state.equals("present") && !state.equals(ABSENT)) {
            throw new CallFailure("state is present or absent, not " + state);
        }
        return state.equals(ABSENT);
    }

    private static Function blockinfile() {
        var builder =
                editing("blockinfile")
                        .doc(
                                "Makes sure that lines are in a file between two lines that mark"
                                        + " them, or that neither is.")
                        .optional("block", Type.STRING, "The lines; none removes the block.");
        return Standing.declared(
                        where(state(builder, "the block shall be there"), "a new block")
                                .optional(
                                        "marker",
                                        Type.STRING,
                                        "The marking lines, with {mark} for BEGIN and END; # {mark}"
                                                + " MANAGED BLOCK if nil.")
                                .optional(
                                        "marker_begin",
                                        Type.STRING,
                                        "What {mark} is at the beginning, or that whole line if"
                                                + " there is no marker.")
                                .optional("marker_end", Type.STRING, "The same for the last line."))
                .example(
                        "file_ops.blockinfile{path = \"hosts\", block = \"10.0.0.1 db\", create ="
                                + " true}")
                .body(EditFunctions::blockinfile);
    }

    private static List<Value> blockinfile(Call call) throws InterruptedException {
        boolean absent = isAbsent(call);
        var spot = Spot.of(call.text("insertafter", ""), call.text("insertbefore", ""), false);
        var begin = mark(call, "marker_begin", "BEGIN");
        var end = mark(call, "marker_end", "END");
        if (begin.equals(end)) {
            throw new CallFailure("the two marking lines must differ: write {mark} in marker");
        }
        return edit(
                call,
                absent,
                call.flag("create", false),
                file -> {
                    var text = absent || !call.given("block") ? "" : file.own(call.bytes("block"));
                    var lines = text.lines().toList();
                    if (lines.contains(begin) || lines.contains(end)) {
                        throw new IOException("the block holds a line that marks it");
                    }
                    return Edits.block(file.text(), new Edits.Block(begin, end, lines, spot));
                });
    }

    private static String mark(Call call, String parameter, String word) {
        boolean whole = call.given(parameter) && !call.given("marker");
        var line =
                whole
                        ? call.text(parameter)
                        : call.text("marker", "# {mark} MANAGED BLOCK")
                                .replace("{mark}", call.text(parameter, word));
        if (line.isEmpty() || line.indexOf('\n') >= 0) {
            throw new CallFailure("a marker is one line");
        }
        return line;
    }

    private static Function replace() {
        var builder =
                editing("replace")
                        .doc(
                                "Replaces all that a pattern finds in a file. ^ and $ stand for"
                                        + " the ends of lines. Where the replacement is found"
                                        + " again by the pattern, each call replaces it anew, and"
                                        + " says unchanged once the text stays the same.")
                        .param("pattern", Type.STRING, "A regular expression.")
                        .param("replacement", Type.STRING, "With \\1 for a group of the pattern.")
                        .optional("literal", Type.BOOLEAN, "Whether both are plain text.");
        return Standing.declared(builder)
                .example("file_ops.replace(\"app.conf\", \"http://\", \"https://\")")
                .body(call -> {
                    boolean literal = call.flag("literal", false);
                    int flags = literal ? Pattern.LITERAL : Pattern.MULTILINE;
                    var pattern = PatientRegex.compile(call.text("pattern"), flags);
                    return edit(
                            call,
                            false,
                            false,
                            file ->
                                    Edits.replace(
                                            file.text(),
                                            pattern,
                                            file.own(call.bytes("replacement")),
                                            literal,
                                            call));
                });
    }

    /// @param absent whether a file that is not there is as wanted
    private static List<Value> edit(Call call, boolean absent, boolean create, Edit edit)
            throws InterruptedException {
        var host = call.host();
        var path = GivenPath.of(call, "path");
        var wanted = Standing.of(call);
        return Deed.results(
                host,
                () -> {
                    boolean there = Files.exists(path);
                    Placing.refuseSpecial(path);
                    if (!there && absent) {
                        return done(new Placing.Placed(false, Optional.empty()), path, 0);
                    }
                    if (!there && !create) {
                        throw new NoSuchFileException(path.toString());
                    }
                    var before = there ? FileText.of(FileContent.read(path, call)) : FileText.NONE;
                    var edited = patiently(edit, before);
                    var bytes = before.with(edited.text()).bytes();
                    return done(
                            new Placing(host, wanted).place(path, new Content.Bytes(bytes)),
                            path,
                            edited.count());
                });
    }

    private static Edited patiently(Edit edit, FileText file) throws IOException {
        try {
            return edit.of(file);
        } catch (PatientRegex.Spent | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new IOException("the pattern takes too many steps on this text", e);
        }
    }

    private static Deed done(Placing.Placed placed, Path path, int count) {
        var deed =
                placed.changed()
                        ? Deed.changed(path + " was changed")
                        : Deed.unchanged(path + " is as wanted");
        placed.backup().ifPresent(backup -> deed.with("backup", backup.toString()));
        return deed.with("path", path.toString()).with("count", count);
    }
}
