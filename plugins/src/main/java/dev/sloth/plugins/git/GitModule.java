package dev.sloth.plugins.git;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Type;
import dev.sloth.plugins.value.Deed;
import dev.sloth.plugins.value.Lists;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The module `git`: what changes repositories. The questions are in [Questions].
public final class GitModule {
    private GitModule() {}

    public static Module module() {
        return Module.named("git", "Works with git repositories, by the git of this machine.")
                .functions(Cloning.function(), pull(), fetch(), checkout(), commit(), push())
                .functions(branch(), tag(), ensureClean())
                .functions(Questions.all().toArray(Function[]::new));
    }

    /// A function on a repository.
    static Function.Builder on(String name) {
        return Function.named(name)
                .namedOrPositional()
                .needs(Permission.EXEC)
                .needs(Permission.FS)
                .optional("path", Type.STRING, "The repository; the task's workdir if nil.");
    }

    private static Function.Builder acting(String name, String fields) {
        return Deed.declared(on(name), fields);
    }

    /// The parameters that all functions end with.
    static Function.Builder running(Function.Builder builder) {
        return builder.optional(
                        "env",
                        Type.TABLE,
                        "More environment variables for git, by name, such as SSH_AUTH_SOCK or"
                                + " https_proxy.")
                .optional("timeout", Type.DURATION, "How long it may take; 10 minutes if nil.");
    }

    private static Function.Builder remote(Function.Builder builder) {
        return builder.optional("remote", Type.STRING, "The remote; origin if nil.");
    }

    private static String remote(Call call) {
        return Git.name(call.text("remote", "origin"), "remote");
    }

    // ---- from and to others

    private static Function pull() {
        return running(
                        remote(acting("pull", "before, after and output"))
                                .optional(
                                        "branch",
                                        Type.STRING,
                                        "The branch; the one that is followed if nil.")
                                .optional(
                                        "rebase",
                                        Type.BOOLEAN,
                                        "Whether to put own commits on top of what is new. Otherwise"
                                                + " a branch that went another way is refused."))
                .doc("Takes over what is new in the branch that is followed.")
                .example("git.pull{path = \"app\"}")
                .body(call -> {
                    var git = Git.of(call);
                    var words = new ArrayList<String>();
                    words.add("pull");
                    words.add(call.flag("rebase", false) ? "--rebase" : "--ff-only");
                    if (call.given("branch") || call.given("remote")) {
                        words.add("--");
                        words.add(remote(call));
                    }
                    if (call.given("branch")) {
                        words.add(Git.name(call.text("branch"), "branch"));
                    }
                    return Deed.results(call.host(), () -> moved(git, words, "pulled"));
                });
    }

    /// Runs it and looks whether another commit or branch is checked out then, or changes that were
    /// not committed are gone.
    private static Deed moved(Git git, List<String> words, String done)
            throws IOException, InterruptedException {
        boolean force = words.contains("--force");
        var before = git.head();
        var branch = git.branch();
        var local = force ? git.ownChanges() : "";
        var output = git.text(new byte[0], words);
        var after = git.head();
        boolean changed =
                !before.equals(after)
                        || !branch.equals(git.branch())
                        || (force && !local.equals(git.ownChanges()));
        var deed =
                changed
                        ? Deed.changed(git.folder() + " was " + done)
                        : Deed.unchanged(git.folder() + " is up to date");
        return deed.with("before", before).with("after", after).with("output", output.strip());
    }

    private static Function fetch() {
        return running(
                        remote(acting("fetch", "output"))
                                .optional("tags", Type.BOOLEAN, "Whether to fetch all tags.")
                                .optional(
                                        "prune",
                                        Type.BOOLEAN,
                                        "Whether to forget branches that are gone there."))
                .doc("Looks what is new at a remote, and changes no branch of one's own.")
                .example("git.fetch{path = \"app\", prune = true}")
                .body(call -> {
                    var git = Git.of(call);
                    var words = new ArrayList<>(List.of("fetch"));
                    if (call.flag("tags", false)) {
                        words.add("--tags");
                    }
                    if (call.flag("prune", false)) {
                        words.add("--prune");
                    }
                    words.add("--");
                    words.add(remote(call));
                    return Deed.results(
                            call.host(),
                            () -> {
                                var before = git.text("for-each-ref");
                                var output = git.text(new byte[0], words).strip();
                                boolean changed = !before.equals(git.text("for-each-ref"));
                                var deed =
                                        changed
                                                ? Deed.changed("something new was fetched")
                                                : Deed.unchanged("there is nothing new");
                                return deed.with("output", output);
                            });
                });
    }

    private static Function push() {
        return running(
                        remote(acting("push", "output"))
                                .optional(
                                        "branch",
                                        Type.STRING,
                                        "The branch; the one that is checked out if nil.")
                                .optional("tags", Type.BOOLEAN, "Whether to push all tags too.")
                                .optional(
                                        "force",
                                        Type.BOOLEAN,
                                        "Whether to replace what is there, unless somebody else"
                                                + " changed it since it was last fetched."))
                .doc("Gives a branch to a remote, which then is what the branch follows.")
                .example("git.push{path = \"app\", branch = \"main\"}")
                .body(call -> {
                    var git = Git.of(call);
                    var words = new ArrayList<>(List.of("push", "--porcelain", "--set-upstream"));
                    if (call.flag("tags", false)) {
                        words.add("--tags");
                    }
                    if (call.flag("force", false)) {
                        words.add("--force-with-lease");
                    }
                    words.add("--");
                    words.add(remote(call));
                    var branch =
                            call.given("branch") ? Git.name(call.text("branch"), "branch") : "";
                    return Deed.results(call.host(), () -> pushed(git, words, branch));
                });
    }

    private static Deed pushed(Git git, List<String> words, String given)
            throws IOException, InterruptedException {
        var branch = given.isEmpty() ? git.branch() : given;
        if (branch.isEmpty()) {
            throw new IOException("no branch is checked out: say which one to push");
        }
        var all = new ArrayList<>(words);
        all.add(branch);
        var output = git.text(new byte[0], all);
        boolean changed =
                output.lines().anyMatch(line -> line.contains("\t") && !line.startsWith("="));
        var deed =
                changed
                        ? Deed.changed(branch + " was pushed")
                        : Deed.unchanged(branch + " is there already");
        return deed.with("output", output.strip());
    }

    // ---- here

    private static Function checkout() {
        return running(
                        acting("checkout", "before, after and output")
                                .optional("branch", Type.STRING, "A branch, a tag or a commit.")
                                .optional(
                                        "create",
                                        Type.BOOLEAN,
                                        "Whether to make the branch if there is none.")
                                .optional(
                                        "force",
                                        Type.BOOLEAN,
                                        "Whether to drop changes that are not committed."))
                .doc("Makes the files be those of a branch, a tag or a commit.")
                .example("git.checkout{path = \"app\", branch = \"v1.2\"}")
                .body(call -> {
                    var branch = Git.name(call.text("branch", ""), "branch");
                    boolean create = call.flag("create", false);
                    boolean force = call.flag("force", false);
                    var git = Git.of(call);
                    return Deed.results(call.host(), () -> checkedOut(git, branch, create, force));
                });
    }

    private static Deed checkedOut(Git git, String branch, boolean create, boolean force)
            throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("checkout"));
        if (force) {
            words.add("--force");
        }
        boolean known =
                git.ask("rev-parse", "--verify", "--quiet", branch + "^{commit}").exitCode() == 0
                        || git.ask("rev-parse", "--verify", "--quiet", "origin/" + branch)
                                        .exitCode()
                                == 0;
        if (create && !known) {
            words.addAll(List.of("-b", branch));
        } else {
            words.addAll(List.of(branch, "--"));
        }
        return moved(git, words, "put to " + branch);
    }

    private static Function commit() {
        return running(
                        acting("commit", "hash and output")
                                .optional("message", Type.STRING, "What was done, and why.")
                                .optional(
                                        "add_all",
                                        Type.BOOLEAN,
                                        "Whether to take in all changes, new files too.")
                                .optional(
                                        "files",
                                        Type.TABLE,
                                        "Files to take in, as a list of paths.")
                                .optional("name", Type.STRING, "The author's name.")
                                .optional("email", Type.STRING, "The author's address."))
                .doc("Commits what was changed; nothing to commit is fine.")
                .example(
                        "git.commit{path = \"app\", message = \"Set the version\", add_all = true}")
                .body(call -> {
                    var message = call.text("message", "");
                    if (message.isBlank()) {
                        throw new CallFailure("message is missing");
                    }
                    var git = Git.of(call);
                    var files =
                            call.given("files")
                                    ? Lists.texts(call.table("files"), "files", call)
                                    : List.<String>of();
                    boolean all = call.flag("add_all", false);
                    var author = new Author(call.text("name", ""), call.text("email", ""));
                    return Deed.results(
                            call.host(), () -> committed(git, message, all, files, author));
                });
    }

    /// Who commits; empty fields leave it to git's own settings.
    private record Author(String name, String email) {
        List<String> words() {
            var words = new ArrayList<String>();
            if (!name.isEmpty()) {
                words.addAll(List.of("-c", "user.name=" + name));
            }
            if (!email.isEmpty()) {
                words.addAll(List.of("-c", "user.email=" + email));
            }
            return words;
        }
    }

    private static Deed committed(
            Git git, String message, boolean all, List<String> files, Author author)
            throws IOException, InterruptedException {
        if (all) {
            var _ = git.text("add", "--all");
        }
        if (!files.isEmpty()) {
            var words = new ArrayList<>(List.of("add", "--"));
            words.addAll(files);
            var _ = git.text(new byte[0], words);
        }
        if (git.ask("diff", "--cached", "--quiet").exitCode() == 0) {
            return Deed.unchanged("there is nothing to commit").with("hash", git.head());
        }
        var words = new ArrayList<>(author.words());
        words.addAll(List.of("commit", "--file=-"));
        var output = git.text(message.getBytes(StandardCharsets.UTF_8), words);
        return Deed.changed(git.folder() + " was committed")
                .with("hash", git.head())
                .with("output", output.strip());
    }

    private static Function branch() {
        return running(
                        acting("branch", "hash, where there is or was such a branch")
                                .optional("name", Type.STRING, "The branch.")
                                .optional("ref", Type.STRING, "Where it begins; HEAD if nil.")
                                .optional("delete", Type.BOOLEAN, "Whether it shall not be there."))
                .doc("Makes sure that there is a branch, or none; files stay as they are.")
                .example("git.branch{path = \"app\", name = \"release-1\"}")
                .body(call -> {
                    var name = Git.name(call.text("name", ""), "name");
                    var ref = Git.name(call.text("ref", "HEAD"), "ref");
                    boolean delete = call.flag("delete", false);
                    var git = Git.of(call);
                    return Deed.results(call.host(), () -> branched(git, name, ref, delete));
                });
    }

    private static Deed branched(Git git, String name, String ref, boolean delete)
            throws IOException, InterruptedException {
        var full = "refs/heads/" + name;
        var found = git.ask("rev-parse", "--verify", "--quiet", full);
        boolean there = found.exitCode() == 0;
        var hash = new String(found.stdout(), StandardCharsets.UTF_8).strip();
        if (there && !delete) {
            return Deed.unchanged(name + " is there").with("hash", hash);
        }
        if (there) {
            var _ = git.text("branch", "--delete", "--", name);
            return Deed.changed(name + " was deleted").with("hash", hash);
        }
        if (delete) {
            return Deed.unchanged("there is no " + name);
        }
        var _ = git.text("branch", "--", name, ref);
        return Deed.changed(name + " was made").with("hash", git.line("rev-parse", full));
    }

    private static Function tag() {
        return running(
                        acting("tag", "hash")
                                .optional("name", Type.STRING, "The tag.")
                                .optional("ref", Type.STRING, "What it marks; HEAD if nil.")
                                .optional("message", Type.STRING, "A message makes it annotated.")
                                .optional(
                                        "force",
                                        Type.BOOLEAN,
                                        "Whether it may mark another commit, or get another"
                                                + " message."))
                .doc("Makes sure that a tag marks a commit, with a message if there is to be one.")
                .example("git.tag{path = \"app\", name = \"v1.2\", message = \"Version 1.2\"}")
                .body(call -> {
                    var name = Git.name(call.text("name", ""), "name");
                    var ref = Git.name(call.text("ref", "HEAD"), "ref");
                    boolean force = call.flag("force", false);
                    var message = call.text("message", "");
                    var git = Git.of(call);
                    return Deed.results(call.host(), () -> tagged(git, name, ref, message, force));
                });
    }

    private static Deed tagged(Git git, String name, String ref, String message, boolean force)
            throws IOException, InterruptedException {
        var wanted = git.line("rev-parse", "--verify", "--end-of-options", ref + "^{commit}");
        var marks = git.ask("rev-parse", "--verify", "--quiet", "refs/tags/" + name + "^{commit}");
        var now = new String(marks.stdout(), StandardCharsets.UTF_8).strip();
        if (now.equals(wanted)) {
            if (message.isEmpty() || git.message(name).equals(git.cleaned(message))) {
                return Deed.unchanged(name + " marks it").with("hash", wanted);
            }
            if (!force) {
                throw new IOException(
                        name + " marks it, but has not this message: force writes it");
            }
        }
        if (!now.isEmpty() && !force) {
            throw new IOException(name + " marks another commit, " + now + ": force moves it");
        }
        var words = new ArrayList<>(List.of("tag", "--force", "--cleanup=whitespace"));
        if (!message.isEmpty()) {
            words.add("--file=-");
        }
        words.addAll(List.of("--", name, wanted));
        var _ = git.text(message.getBytes(StandardCharsets.UTF_8), words);
        return Deed.changed(name + " was set").with("hash", wanted);
    }

    private static Function ensureClean() {
        return running(acting("ensure_clean", ""))
                .doc("Fails when something in the repository is not committed.")
                .example("assert(git.ensure_clean{path = \"app\"})")
                .body(call -> {
                    var git = Git.of(call);
                    return Deed.results(
                            call.host(),
                            () -> {
                                var changes = git.changes();
                                if (!changes.isEmpty()) {
                                    throw new IOException(unclean(git, changes));
                                }
                                return Deed.unchanged(git.folder() + " is clean");
                            });
                });
    }

    private static String unclean(Git git, List<String> changes) {
        int shown = 5;
        var names = String.join(", ", changes.stream().limit(shown).map(String::strip).toList());
        return "%s has %d uncommitted changes: %s%s"
                .formatted(
                        git.folder(), changes.size(), names, changes.size() > shown ? ", ..." : "");
    }
}
