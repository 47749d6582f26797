package dev.sloth.plugins.fileops;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.fs.FileContent;
import dev.sloth.plugins.template.Templates;
import dev.sloth.plugins.value.Deed;
import dev.sloth.plugins.value.Failures;
import dev.sloth.plugins.value.GivenPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The module `file_ops`.
public final class FileOpsModule {
    private FileOpsModule() {}

    public static Module module() {
        return Module.named(
                        "file_ops",
                        "Makes files be as they should: nothing is done where they are so already.")
                .functions(copy(), fetch(), template(), unarchive(), stat())
                .functions(EditFunctions.all().toArray(Function[]::new));
    }

    private static Function.Builder named(String name, String fields) {
        return Deed.declared(Function.named(name), fields).namedOrPositional().needs(Permission.FS);
    }

    // ---- whole files

    private static Function copy() {
        var builder =
                named("copy", "src, dest, size and backup, if one was made")
                        .doc(
                                "Makes sure that a file has the content of another, or that given."
                                        + " A folder is copied with all that is in it to a folder"
                                        + " of its name in dest, or what is in it into dest when"
                                        + " src ends with a slash; dest is made if there is none.")
                        .optional("src", Type.STRING, "The file or folder to copy.")
                        .optional(
                                "dest",
                                Type.STRING,
                                "Where to; a folder, or a path that ends with a slash, takes a"
                                        + " file in, and always a folder.");
        return Standing.declared(builder)
                .optional("content", Type.STRING, "What to write, in place of src.")
                .optional("force", Type.BOOLEAN, "False leaves a file that is there as it is.")
                .example(
                        "file_ops.copy{src = \"app.conf\", dest = \"/etc/app.conf\", mode = \"0644\"}")
                .body(FileOpsModule::copy);
    }

    private static List<Value> copy(Call call) throws InterruptedException {
        if (!call.given("dest") || call.given("src") == call.given("content")) {
            throw new CallFailure("copy needs dest, and src or content");
        }
        var host = call.host();
        var placing = new Placing(host, Standing.of(call));
        boolean force = call.flag("force", true);
        if (call.given("content")) {
            var dest = GivenPath.of(call, "dest");
            var content = new Content.Bytes(call.bytes("content").bytes());
            return Deed.results(host, () -> placed(placing, content, dest, force));
        }
        var src = GivenPath.of(call, "src");
        var dest = into(call, src);
        var whole = wholeInto(call, src);
        return Deed.results(
                host,
                () ->
                        Files.isDirectory(src)
                                ? folder(src, whole, placing)
                                : placed(placing, source(src), dest, force)
                                        .with("src", src.toString()));
    }

    /// Where a folder goes, whether or not something is there: to its name in the destination, or
    /// to the destination itself when only what is in it is meant.
    private static Path wholeInto(Call call, Path src) {
        var dest = GivenPath.of(call, "dest");
        var name = src.getFileName();
        boolean named = name != null && call.text("src").endsWith(name.toString());
        return named ? dest.resolve(name) : dest;
    }

    /// The destination, or the place in it where it is a folder.
    private static Path into(Call call, Path src) {
        var dest = GivenPath.of(call, "dest");
        var name = src.getFileName();
        boolean folder = Files.isDirectory(dest) || call.text("dest").endsWith("/");
        return folder && name != null ? dest.resolve(name) : dest;
    }

    private static Content source(Path src) throws IOException {
        if (!Files.isRegularFile(src)) {
            throw new FileSystemException(
                    src.toString(),
                    null,
                    Files.exists(src) ? "is not a regular file" : "no such file or directory");
        }
        return new Content.Of(src);
    }

    private static Deed folder(Path src, Path dest, Placing placing) throws IOException {
        int changed = FolderCopy.copy(src, dest, placing);
        var deed =
                changed > 0
                        ? Deed.changed(dest + ": " + changed + " changed")
                        : Deed.unchanged(dest + " is as wanted");
        return deed.with("src", src.toString()).with("dest", dest.toString());
    }

    private static Deed placed(Placing placing, Content content, Path dest, boolean force)
            throws IOException, InterruptedException {
        if (!force && Files.exists(dest)) {
            return Deed.unchanged(dest + " is there, and left as it is")
                    .with("dest", dest.toString());
        }
        if (dest.getParent() != null && !Files.isDirectory(dest.getParent())) {
            throw new FileSystemException(
                    String.valueOf(dest.getParent()), null, "no such directory");
        }
        var placed = placing.place(dest, content);
        var deed =
                placed.changed()
                        ? Deed.changed(dest + " was written")
                        : Deed.unchanged(dest + " is as wanted");
        placed.backup().ifPresent(backup -> deed.with("backup", backup.toString()));
        return deed.with("dest", dest.toString()).with("size", (double) Files.size(dest));
    }

    private static Function fetch() {
        return named("fetch", "src, dest, size and checksum")
                .doc(
                        "Takes a file into another place, making the folders above it: the way to"
                                + " bring what a task made to where it is kept.")
                .param("src", Type.STRING, "The file.")
                .param("dest", Type.STRING, "Where to; a folder takes it in.")
                .example("file_ops.fetch{src = \"/var/log/app.log\", dest = \"logs/\"}")
                .body(call -> {
                    var src = GivenPath.of(call, "src");
                    var dest = into(call, src);
                    var placing = new Placing(call.host(), Standing.NONE);
                    return Deed.results(
                            call.host(),
                            () -> {
                                var content = source(src);
                                if (dest.getParent() != null) {
                                    Files.createDirectories(dest.getParent());
                                }
                                return placed(placing, content, dest, true)
                                        .with("src", src.toString())
                                        .with("checksum", Stat.sum(dest));
                            });
                });
    }

    private static Function template() {
        var builder =
                named("template", "src, dest, size and backup, if one was made")
                        .doc(
                                "Makes sure that a file is what a template gives with these"
                                        + " values. `template.render` says how one is written.")
                        .param("src", Type.STRING, "The file with the template.")
                        .param("dest", Type.STRING, "The file to make.")
                        .optional("vars", Type.TABLE, "The values by name.");
        return Standing.declared(builder)
                .example(
                        "file_ops.template{src = \"nginx.conf.tmpl\", dest = \"nginx.conf\", vars ="
                                + " values}")
                .body(call -> {
                    var src = GivenPath.of(call, "src");
                    var dest = into(call, src);
                    var vars = call.given("vars") ? call.table("vars") : new DataTable();
                    var placing = new Placing(call.host(), Standing.of(call));
                    return rendered(call, src, dest, vars, placing);
                });
    }

    /// The values are the script's own: they are read while it waits, not beside it.
    private static List<Value> rendered(
            Call call, Path src, Path dest, Value.Table vars, Placing placing)
            throws InterruptedException {
        var host = call.host();
        try {
            Placing.refuseSpecial(src);
            var source = host.blocking(() -> FileContent.read(src, call));
            byte[] text;
            try {
                text =
                        Templates.render(new String(source, StandardCharsets.UTF_8), vars, call)
                                .getBytes(StandardCharsets.UTF_8);
            } catch (IOException e) {
                return Results.fail(src + ":" + e.getMessage());
            }
            return Deed.results(
                    host,
                    () ->
                            placed(placing, new Content.Bytes(text), dest, true)
                                    .with("src", src.toString()));
        } catch (IOException e) {
            return Results.fail(Failures.sentence(e));
        }
    }

    // ---- archives

    private static Function unarchive() {
        return named("unarchive", "src, dest, entries and count, how many of them were changed")
                .doc(
                        "Makes sure that what is in an archive (tar, tar.gz or zip, told by its"
                                + " content) is in a folder. An archive that would leave the folder,"
                                + " link out of it, or grow beyond its limits is refused before"
                                + " anything is written. Owners are not restored, nor bits such as"
                                + " setuid; a link in a zip archive becomes a file.")
                .param("src", Type.STRING, "The archive.")
                .param("dest", Type.STRING, "The folder, made if there is none.")
                .optional("creates", Type.STRING, "A path: if it is there, nothing is to be done.")
                .optional(
                        "strip",
                        Type.INTEGER,
                        "How many leading parts of each name are dropped; none if nil.")
                .optional(
                        "max_bytes",
                        Type.NUMBER,
                        "How many bytes may come out of it; 4 GiB if nil.")
                .optional(
                        "max_entries",
                        Type.INTEGER,
                        "How many files, folders and links may come out; 100000 if nil.")
                .example("file_ops.unarchive{src = \"app.tar.gz\", dest = \"/opt/app\", strip = 1}")
                .body(FileOpsModule::unarchive);
    }

    private static List<Value> unarchive(Call call) throws InterruptedException {
        var src = GivenPath.of(call, "src");
        var dest = GivenPath.of(call, "dest");
        long strip = call.integer("strip", 0);
        double bytes = call.number("max_bytes", Unpacking.Limits.BYTES_MAX);
        long entries = call.integer("max_entries", Unpacking.Limits.ENTRIES_MAX);
        if (!(bytes >= 1) || entries < 1 || strip < 0) {
            throw new CallFailure("max_bytes and max_entries are positive, strip is not negative");
        }
        var limits =
                new Unpacking.Limits(
                        (long) bytes,
                        (int) Math.min(entries, Integer.MAX_VALUE - 1),
                        (int) Math.min(strip, Unpacking.Limits.NAME_MAX));
        if (call.given("creates") && Files.exists(GivenPath.of(call, "creates"))) {
            return Deed.unchanged(call.text("creates") + " is there").results();
        }
        var random = call.host().random();
        return Deed.results(
                call.host(),
                () -> {
                    Archive.each(src, new Unpacking(dest, limits, random, false));
                    Files.createDirectories(dest);
                    var unpacking = new Unpacking(dest.toRealPath(), limits, random, true);
                    Archive.each(src, unpacking);
                    var deed =
                            unpacking.changed() > 0
                                    ? Deed.changed(src + " was unpacked into " + dest)
                                    : Deed.unchanged(dest + " is as wanted");
                    return deed.with("src", src.toString())
                            .with("dest", dest.toString())
                            .with("entries", unpacking.entries())
                            .with("count", unpacking.changed());
                });
    }

    // ---- questions

    private static Function stat() {
        return Function.named("stat")
                .doc("Tells what there is to know of a path.")
                .namedOrPositional()
                .needs(Permission.FS)
                .param("path", Type.STRING, "The path.")
                .optional(
                        "follow",
                        Type.BOOLEAN,
                        "Whether a link stands for what it leads to; false if nil.")
                .optional("checksum", Type.BOOLEAN, "False leaves out the SHA-256 of the content.")
                .returnsOrNil(
                        "stat",
                        Type.TABLE,
                        "exists and path, and if it exists size, mode, is_dir, is_file, is_link,"
                                + " owner, group, uid, gid, mtime, atime, target and checksum; or"
                                + " nil.")
                .returnsOrNil("error", Type.STRING, "Why not, or nil.")
                .example("local found = file_ops.stat(\"/etc/hosts\")")
                .body(call -> {
                    var path = GivenPath.of(call, "path");
                    boolean follow = call.flag("follow", false);
                    boolean checksum = call.flag("checksum", true);
                    try {
                        return Results.of(
                                call.host().blocking(() -> Stat.of(path, follow, checksum)));
                    } catch (IOException e) {
                        return Results.fail(Failures.sentence(e));
                    }
                });
    }
}
