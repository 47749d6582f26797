package dev.sloth.plugins.git;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.fs.Trees;
import dev.sloth.plugins.value.Deed;
import dev.sloth.plugins.value.GivenPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The function `git.clone`. A clone is made beside its place and moved there when it is whole.
final class Cloning {
    /// What is asked for.
    ///
    /// @param branch empty for the usual one
    /// @param depth how many commits back; zero for all
    private record Wish(
            Address address,
            Path place,
            String branch,
            int depth,
            boolean clean,
            boolean recursive) {}

    private final Host host;
    private final Git git;
    private final Wish wish;

    private Cloning(Host host, Git git, Wish wish) {
        this.host = host;
        this.git = git;
        this.wish = wish;
    }

    static Function function() {
        var builder =
                Function.named("clone")
                        .namedOrPositional()
                        .needs(Permission.EXEC)
                        .needs(Permission.FS)
                        .needs(Permission.NET)
                        .doc(
                                "Makes sure that a clone of a repository is in a folder. One that"
                                        + " is there already stays as it is, on the branch asked"
                                        + " for; git.pull brings it up to date. Passwords belong"
                                        + " into git's credential helpers, not into the address,"
                                        + " which git writes into the clone's settings.")
                        .param("url", Type.STRING, "Where from: an address or a path.")
                        .optional("local_path", Type.STRING, "The folder of the clone.")
                        .optional("branch", Type.STRING, "The branch or tag to check out.")
                        .optional("depth", Type.INTEGER, "How many commits back; all if nil.")
                        .optional(
                                "clean",
                                Type.BOOLEAN,
                                "Whether to remove first what is in the folder.")
                        .optional("recursive", Type.BOOLEAN, "Whether to clone submodules too.")
                        .optional("path", Type.STRING, "Another name of local_path.");
        return GitModule.running(Deed.declared(builder, "path, url, hash, branch and exists"))
                .example("git.clone{url = \"https://example.org/app.git\", local_path = \"app\"}")
                .body(Cloning::call);
    }

    private static List<Value> call(Call call) throws InterruptedException {
        if (call.given("local_path") == call.given("path")) {
            throw new CallFailure("clone needs local_path, the folder of the clone");
        }
        long depth = call.integer("depth", 0);
        if (depth < 0 || depth > Integer.MAX_VALUE) {
            throw new CallFailure("depth must not be negative");
        }
        var wish =
                new Wish(
                        new Address(call.text("url")),
                        GivenPath.of(call, call.given("path") ? "path" : "local_path"),
                        call.given("branch") ? Git.name(call.text("branch"), "branch") : "",
                        (int) depth,
                        call.flag("clean", false),
                        call.flag("recursive", false));
        var git = Git.in(call, call.host().folder());
        return Deed.results(call.host(), new Cloning(call.host(), git, wish)::made);
    }

    private Deed made() throws IOException, InterruptedException {
        var place = wish.place();
        if (wish.clean()) {
            Trees.refuseAbove(place, host.folder());
            cloned();
            return told(Deed.changed(wish.address().shown() + " was cloned into " + place), false);
        }
        if (Files.exists(place.resolve(".git"))) {
            return found();
        }
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS) && !isEmptyFolder(place)) {
            throw new FileSystemException(
                    place.toString(), null, "is there and no clone: clean = true removes it");
        }
        cloned();
        return told(Deed.changed(wish.address().shown() + " was cloned into " + place), false);
    }

    private static boolean isEmptyFolder(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return false;
        }
        try (var entries = Files.list(place)) {
            return entries.findAny().isEmpty();
        }
    }

    private Deed found() throws IOException, InterruptedException {
        var there = git.at(wish.place());
        var origin = there.ask("remote", "get-url", "--", "origin");
        var from = new String(origin.stdout(), StandardCharsets.UTF_8).strip();
        if (!wish.address().leadsTo(from, host.folder())) {
            throw new FileSystemException(
                    wish.place().toString(),
                    null,
                    "is a clone of %s: clean = true removes it"
                            .formatted(
                                    from.isEmpty()
                                            ? "something else"
                                            : Address.withoutCredentials(from)));
        }
        if (wish.branch().isEmpty() || isOn(there)) {
            return told(Deed.unchanged(wish.place() + " is cloned already"), true);
        }
        if (there.ask("checkout", wish.branch(), "--").exitCode() != 0) {
            var _ = there.text("fetch", "--tags", "--", "origin");
            var _ = there.text("checkout", wish.branch(), "--");
        }
        return told(Deed.changed(wish.place() + " was put to " + wish.branch()), true);
    }

    private boolean isOn(Git there) throws IOException, InterruptedException {
        if (there.branch().equals(wish.branch())) {
            return true;
        }
        var tag =
                there.ask("rev-parse", "--verify", "--quiet", "refs/tags/" + wish.branch() + "^{}");
        var marked = new String(tag.stdout(), StandardCharsets.UTF_8).strip();
        return !marked.isEmpty() && marked.equals(there.head()) && there.branch().isEmpty();
    }

    private Deed told(Deed deed, boolean existed) throws IOException, InterruptedException {
        var there = git.at(wish.place());
        return deed.with("path", wish.place().toString())
                .with("url", wish.address().shown())
                .with("hash", there.head())
                .with("branch", there.branch())
                .with("exists", existed);
    }

    private void cloned() throws IOException, InterruptedException {
        var place = wish.place();
        var parent = place.getParent() == null ? host.folder() : place.getParent();
        Files.createDirectories(parent);
        var digits = HexFormat.of().toHexDigits(host.random().nextLong());
        var beside = parent.resolve("." + place.getFileName() + "." + digits + ".clone");
        var words = new ArrayList<>(List.of("clone", "--quiet"));
        if (!wish.branch().isEmpty()) {
            words.addAll(List.of("--branch", wish.branch()));
        }
        if (wish.depth() > 0) {
            words.addAll(List.of("--depth", Integer.toString(wish.depth())));
        }
        if (wish.recursive()) {
            words.add("--recurse-submodules");
        }
        words.addAll(List.of("--", wish.address().text(), beside.toString()));
        try {
            var _ = git.text(new byte[0], words);
            // What was there goes only once the new one is whole.
            if (wish.clean()) {
                Trees.remove(place, host.project());
            } else {
                Files.deleteIfExists(place);
            }
            Files.move(beside, place);
        } finally {
            Trees.remove(beside, host.project());
        }
    }
}
