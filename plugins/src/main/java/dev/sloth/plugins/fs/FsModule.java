package dev.sloth.plugins.fs;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Failures;
import dev.sloth.plugins.value.GivenPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The module `fs`.
public final class FsModule {
    /// Does something to files that gives nothing back.
    private interface Act {
        void run() throws IOException, InterruptedException;
    }

    /// Asks something of files.
    private interface Question {
        Value ask() throws IOException, InterruptedException;
    }

    private FsModule() {}

    public static Module module() {
        return Module.named("fs", "Works with files and directories.")
                .functions(read(), write(), append(), mkdir(), rm(), rmr(), copy(), move())
                .functions(
                        test(
                                "exists",
                                "Says whether there is something at the path.",
                                Files::exists),
                        test("is_file", "Says whether there is a file.", Files::isRegularFile),
                        test("is_dir", "Says whether there is a directory.", Files::isDirectory))
                .functions(ls(), tmpname(), size(), basename(), dirname(), join());
    }

    private static Function.Builder on(String name) {
        return Function.named(name)
                .param("path", Type.STRING, "The path; relative ones start at the task's workdir.")
                .needs(Permission.FS);
    }

    private static Function acting(Function.Builder builder, Function.Body body) {
        return builder.returns("ok", Type.BOOLEAN, "Whether it succeeded.")
                .returnsOrNil("error", Type.STRING, "Why not, or nil.")
                .body(body);
    }

    private static Path path(Call call, String parameter) {
        return GivenPath.of(call, parameter);
    }

    private static List<Value> act(Call call, Act act) throws InterruptedException {
        try {
            return call.host()
                    .blocking(() -> {
                        act.run();
                        return Results.bool(true);
                    });
        } catch (IOException e) {
            return Results.refuse(Failures.sentence(e));
        }
    }

    private static List<Value> ask(Call call, Question question) throws InterruptedException {
        try {
            return Results.of(call.host().blocking(question::ask));
        } catch (IOException e) {
            return Results.fail(Failures.sentence(e));
        }
    }

    private static Function read() {
        return on("read")
                .doc("Reads a whole file.")
                .returnsOrNil("content", Type.STRING, "Its bytes, or nil.")
                .returnsOrNil("error", Type.STRING, "Why not, or nil.")
                .example("local text, err = fs.read(\"/etc/hostname\")")
                .body(call -> {
                    var path = path(call, "path");
                    return ask(call, () -> Text.ofBytes(FileContent.read(path, call)));
                });
    }

    private static Function write() {
        return acting(
                on("write")
                        .doc("Writes a whole file, in place of what was there.")
                        .param("content", Type.STRING, "The bytes.")
                        .example("fs.write(\"out.txt\", \"done\\n\")"),
                call -> {
                    var path = path(call, "path");
                    var bytes = call.bytes("content").bytes();
                    var random = call.host().random().nextLong();
                    return act(call, () -> FileContent.write(path, bytes, random));
                });
    }

    private static Function append() {
        return acting(
                on("append")
                        .doc("Writes at the end of a file, making it if needed.")
                        .param("content", Type.STRING, "The bytes.")
                        .example("fs.append(\"build.log\", \"ok\\n\")"),
                call -> {
                    var path = path(call, "path");
                    var bytes = call.bytes("content").bytes();
                    return act(call, () -> FileContent.append(path, bytes));
                });
    }

    private static Function mkdir() {
        return acting(
                on("mkdir")
                        .doc("Makes a directory and those above it; one that exists is fine.")
                        .example("fs.mkdir(\"build/out\")"),
                call -> {
                    var path = path(call, "path");
                    return act(call, () -> Files.createDirectories(path));
                });
    }

    private static Function rm() {
        return acting(
                on("rm").doc("Removes a file, a link or an empty directory.")
                        .example("fs.rm(\"old.txt\")"),
                call -> {
                    var path = path(call, "path");
                    return act(call, () -> Files.delete(path));
                });
    }

    private static Function rmr() {
        return acting(
                on("rmr")
                        .doc(
                                "Removes a directory with all that is in it; links are removed, not"
                                        + " followed. What is not there is fine. The root of the"
                                        + " system, the project and what contains it or the"
                                        + " task's workdir are refused.")
                        .example("fs.rmr(\"build\")"),
                call -> {
                    var path = path(call, "path");
                    var host = call.host();
                    return act(
                            call,
                            () -> {
                                Trees.refuseAbove(path, host.folder());
                                Trees.remove(path, host.project());
                            });
                });
    }

    private static Function copy() {
        return acting(
                Function.named("copy")
                        .doc("Copies a file, or a directory with all that is in it.")
                        .param("source", Type.STRING, "What to copy.")
                        .param("target", Type.STRING, "Where to; a directory takes it in.")
                        .needs(Permission.FS)
                        .example("fs.copy(\"app.conf\", \"/etc/app.conf\")"),
                call -> {
                    var source = path(call, "source");
                    var target = into(path(call, "target"), source);
                    return act(call, () -> Trees.copy(source, target));
                });
    }

    private static Function move() {
        return acting(
                Function.named("move")
                        .doc("Moves or renames a file or directory.")
                        .param("source", Type.STRING, "What to move.")
                        .param("target", Type.STRING, "Where to; a directory takes it in.")
                        .needs(Permission.FS)
                        .example("fs.move(\"new.conf\", \"app.conf\")"),
                call -> {
                    var source = path(call, "source");
                    var target = into(path(call, "target"), source);
                    return act(call, () -> Trees.move(source, target));
                });
    }

    private static Path into(Path target, Path source) {
        var name = source.getFileName();
        return Files.isDirectory(target) && name != null ? target.resolve(name) : target;
    }

    /// Asks a question of a path that cannot fail.
    private interface Test {
        boolean holds(Path path);
    }

    private static Function test(String name, String doc, Test test) {
        return on(name).doc(doc)
                .returns("yes", Type.BOOLEAN, "Whether it is so.")
                .example("if fs." + name + "(\"build\") then log.info(\"yes\") end")
                .body(call -> Results.bool(test.holds(path(call, "path"))));
    }

    private static Function ls() {
        return on("ls").doc("Lists the names in a directory, sorted.")
                .returnsOrNil("names", Type.TABLE, "A list of names, or nil.")
                .returnsOrNil("error", Type.STRING, "Why not, or nil.")
                .example("for _, name in ipairs(fs.ls(\".\")) do print(name) end")
                .body(call -> {
                    var path = path(call, "path");
                    return ask(
                            call,
                            () ->
                                    DataTable.list(
                                            Trees.names(path).stream().map(Text::of).toList()));
                });
    }

    private static Function tmpname() {
        return Function.named("tmpname")
                .doc("Makes an empty file of a new name for temporary use.")
                .optional("prefix", Type.STRING, "What the name begins with.")
                .returnsOrNil("path", Type.STRING, "The path of the file, or nil.")
                .returnsOrNil("error", Type.STRING, "Why not, or nil.")
                .needs(Permission.FS)
                .example("local path = fs.tmpname(\"report\")")
                .body(call -> {
                    var prefix = call.text("prefix", "sloth");
                    if (prefix.contains("/")) {
                        return Results.fail("the prefix is a name, not a path");
                    }
                    return ask(call, () -> Text.of(Files.createTempFile(prefix, "").toString()));
                });
    }

    private static Function size() {
        return on("size")
                .doc("Says how many bytes a file has.")
                .returnsOrNil("bytes", Type.INTEGER, "How many, or nil.")
                .returnsOrNil("error", Type.STRING, "Why not, or nil.")
                .example("local n = fs.size(\"app.tar\")")
                .body(call -> {
                    var path = path(call, "path");
                    return ask(call, () -> new Value.Num(Files.size(path)));
                });
    }

    private static Function basename() {
        return Function.named("basename")
                .doc("Gives the last name of a path.")
                .param("path", Type.STRING, "The path; no file is looked at.")
                .returns("name", Type.STRING, "The last name.")
                .example("fs.basename(\"/etc/hosts\") -- hosts")
                .body(call -> Results.text(PathText.basename(call.text("path"))));
    }

    private static Function dirname() {
        return Function.named("dirname")
                .doc("Gives a path without its last name.")
                .param("path", Type.STRING, "The path; no file is looked at.")
                .returns(
                        "directory", Type.STRING, "What is before the last name, \".\" if nothing.")
                .example("fs.dirname(\"/etc/hosts\") -- /etc")
                .body(call -> Results.text(PathText.dirname(call.text("path"))));
    }

    private static Function join() {
        return Function.named("join")
                .doc("Puts the parts of a path together.")
                .param("parts", Type.STRING, "The parts.")
                .variadic()
                .returns("path", Type.STRING, "The path.")
                .example("fs.join(\"build\", \"out\", \"app\") -- build/out/app")
                .body(call -> Results.text(PathText.join(call.all(), call)));
    }
}
