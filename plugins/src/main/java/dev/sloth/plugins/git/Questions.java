package dev.sloth.plugins.git;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Failures;
import dev.sloth.plugins.value.Lists;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The functions of `git` that change nothing.
final class Questions {
    /// How many commits one call lists at most.
    static final int COMMITS_MAX = 10_000;

    private static final int COMMITS_DEFAULT = 20;
    private static final String COMMIT_FORMAT = "--format=%H%x00%an%x00%ae%x00%at%x00%s";
    private static final int COMMIT_FIELDS = 5;

    /// Where the name begins, behind the status and a blank.
    private static final int NAME_AT = 3;

    private Questions() {}

    static List<Function> all() {
        return List.of(status(), isRepo(), currentBranch(), revParse(), log(), diff());
    }

    private static Function.Builder asking(String name, Type type, String result) {
        return GitModule.on(name)
                .returnsOrNil("result", type, result + "; nil if it failed.")
                .returnsOrNil("error", Type.STRING, "Why it failed, or nil.");
    }

    private static List<Value> ask(Host host, Host.Blocking<Value> question)
            throws InterruptedException {
        try {
            return Results.of(host.blocking(question));
        } catch (IOException e) {
            return Results.fail(Failures.sentence(e));
        }
    }

    private static Function status() {
        return GitModule.running(
                        asking(
                                "status",
                                Type.STRING,
                                "One line a change, empty if there is none, with the fields clean,"
                                        + " branch, hash and files, a list of tables with status"
                                        + " and path"))
                .doc("Tells which files are changed and not committed.")
                .example("if not git.status{path = \"app\"}.clean then log.warn(\"changed\") end")
                .body(call -> {
                    var git = Git.of(call);
                    return ask(call.host(), () -> status(git));
                });
    }

    private static Value status(Git git) throws IOException, InterruptedException {
        var changes = git.changes();
        var files = files(git.text("status", "--porcelain", "-z"));
        return Text.of(String.join("\n", changes))
                .with(
                        List.of(
                                field("clean", Value.Bool.of(changes.isEmpty())),
                                field("branch", Text.of(git.branch())),
                                field("hash", Text.of(git.head())),
                                field("files", DataTable.list(files))));
    }

    /// Names end with a NUL; behind a file that was renamed comes its old name.
    private static List<Value> files(String output) {
        var files = new ArrayList<Value>();
        var names = List.of(output.split("\0")).iterator();
        while (names.hasNext()) {
            var line = names.next();
            if (line.length() > NAME_AT) {
                var file = new DataTable().with("status", line.substring(0, 2).strip());
                files.add(file.with("path", line.substring(NAME_AT)));
                boolean renamed = line.startsWith("R") || line.startsWith("C");
                if (renamed && names.hasNext()) {
                    file.with("from", names.next());
                }
            }
        }
        return files;
    }

    private static Value.Entry field(String name, Value value) {
        return new Value.Entry(Text.of(name), value);
    }

    private static Function isRepo() {
        return GitModule.running(GitModule.on("is_repo"))
                .doc("Says whether a folder belongs to a repository.")
                .returns("yes", Type.BOOLEAN, "Whether it does.")
                .example("if git.is_repo{path = \"app\"} then git.pull{path = \"app\"} end")
                .body(call -> {
                    var git = Git.of(call);
                    try {
                        return Results.bool(
                                call.host()
                                                .blocking(() -> git.ask("rev-parse", "--git-dir"))
                                                .exitCode()
                                        == 0);
                    } catch (IOException _) {
                        return Results.bool(false);
                    }
                });
    }

    private static Function currentBranch() {
        return GitModule.running(asking("current_branch", Type.STRING, "The branch's name"))
                .doc("Names the branch that is checked out.")
                .example("local branch = git.current_branch{path = \"app\"}")
                .body(call -> {
                    var git = Git.of(call);
                    return ask(
                            call.host(),
                            () -> {
                                var _ = git.text("rev-parse", "--git-dir");
                                var branch = git.branch();
                                if (branch.isEmpty()) {
                                    throw new IOException("no branch is checked out");
                                }
                                return Text.of(branch);
                            });
                });
    }

    private static Function revParse() {
        return GitModule.running(
                        asking("rev_parse", Type.STRING, "The hash of a commit")
                                .optional(
                                        "ref",
                                        Type.STRING,
                                        "A branch, a tag or a hash; HEAD if nil.")
                                .optional("short", Type.BOOLEAN, "Whether a few digits will do."))
                .doc("Tells which commit a name means.")
                .example("local hash = git.rev_parse{path = \"app\", ref = \"main\"}")
                .body(call -> {
                    var git = Git.of(call);
                    var ref = Git.name(call.text("ref", "HEAD"), "ref");
                    var how = call.flag("short", false) ? "--short" : "--verify";
                    return ask(
                            call.host(),
                            () ->
                                    Text.of(
                                            git.line(
                                                    "rev-parse",
                                                    how,
                                                    "--end-of-options",
                                                    ref + "^{commit}")));
                });
    }

    private static Function log() {
        return GitModule.running(
                        asking(
                                        "log",
                                        Type.TABLE,
                                        "A list of tables with hash, author, email, date (seconds"
                                                + " since 1970) and subject, newest first")
                                .optional(
                                        "ref",
                                        Type.STRING,
                                        "Where to begin, or a range such as v1..v2; HEAD if nil.")
                                .optional("limit", Type.INTEGER, "How many at most; 20 if nil."))
                .doc("Lists commits.")
                .example("for _, c in ipairs(git.log{path = \"app\"}) do print(c.subject) end")
                .body(call -> {
                    var git = Git.of(call);
                    var ref = Git.name(call.text("ref", "HEAD"), "ref");
                    long limit = call.integer("limit", COMMITS_DEFAULT);
                    if (limit < 1 || limit > COMMITS_MAX) {
                        throw new CallFailure("limit is from 1 to " + COMMITS_MAX);
                    }
                    return ask(
                            call.host(),
                            () ->
                                    commits(
                                            git.text(
                                                    "log",
                                                    "-n",
                                                    Long.toString(limit),
                                                    COMMIT_FORMAT,
                                                    "--end-of-options",
                                                    ref,
                                                    "--")));
                });
    }

    private static Value commits(String output) throws IOException {
        var commits = new ArrayList<Value>();
        for (var line : output.lines().toList()) {
            var fields = line.split("\0", -1);
            if (fields.length != COMMIT_FIELDS) {
                throw new IOException("git log wrote what cannot be read: " + line);
            }
            commits.add(
                    new DataTable()
                            .with("hash", fields[0])
                            .with("author", fields[1])
                            .with("email", fields[2])
                            .with("date", (double) Long.parseLong(fields[3]))
                            .with("subject", fields[4]));
        }
        return DataTable.list(commits);
    }

    private static Function diff() {
        return GitModule.running(
                        asking("diff", Type.STRING, "The changes as a patch, possibly empty")
                                .optional(
                                        "ref",
                                        Type.STRING,
                                        "What to compare with, or a range such as v1..v2.")
                                .optional(
                                        "staged",
                                        Type.BOOLEAN,
                                        "Whether to show what the next commit would hold.")
                                .optional("files", Type.TABLE, "Only these, as a list of paths."))
                .doc("Shows changes.")
                .example("local patch = git.diff{path = \"app\"}")
                .body(Questions::diff);
    }

    private static List<Value> diff(Call call) throws InterruptedException {
        var git = Git.of(call);
        var words = new ArrayList<>(List.of("diff", "--no-color", "--no-ext-diff"));
        if (call.flag("staged", false)) {
            words.add("--cached");
        }
        if (call.given("ref")) {
            words.add("--end-of-options");
            words.add(Git.name(call.text("ref"), "ref"));
        }
        words.add("--");
        if (call.given("files")) {
            words.addAll(Lists.texts(call.table("files"), "files", call));
        }
        return ask(call.host(), () -> Text.of(git.text(new byte[0], words)));
    }
}
