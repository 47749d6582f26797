package dev.sloth.plugins.git;

import static dev.sloth.plugins.testing.Caller.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.TestHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With the git of this machine.
class GitTest {
    @TempDir private Path folder;
    private Caller git;

    @BeforeEach
    void a_repository_to_clone_from() throws Exception {
        git = new Caller(GitModule.module(), new TestHost(folder));
        run("git init -q -b main seed");
        commit("a.txt", "one", "first");
        run("git clone -q --bare seed origin.git");
    }

    private void run(String line) throws Exception {
        var builder = new ProcessBuilder("sh", "-c", line).directory(folder.toFile());
        builder.environment().put("GIT_AUTHOR_NAME", "A");
        builder.environment().put("GIT_AUTHOR_EMAIL", "a@example.org");
        builder.environment().put("GIT_COMMITTER_NAME", "A");
        builder.environment().put("GIT_COMMITTER_EMAIL", "a@example.org");
        var process = builder.inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(line).isZero();
    }

    private void commit(String file, String text, String message) throws Exception {
        Files.writeString(folder.resolve("seed").resolve(file), text);
        run("cd seed && git add -A && git commit -q -m '" + message + "'");
    }

    private DataTable done(String function, Map<String, ?> options) {
        var results = git.all(function, options);
        assertThat(results.getFirst()).as(results.toString()).isInstanceOf(DataTable.class);
        return (DataTable) results.getFirst();
    }

    private boolean changes(String function, Map<String, ?> options) {
        return done(function, options).at("changed").truthy();
    }

    private void changesOnce(String function, Map<String, ?> options) {
        assertThat(changes(function, options)).isTrue();
        assertThat(changes(function, options)).isFalse();
    }

    private void cloned() {
        assertThat(changes("clone", Map.of("url", "origin.git", "local_path", "work"))).isTrue();
    }

    @Test
    void a_clone_is_made_once() {
        var options = Map.of("url", "origin.git", "local_path", "deep/tree");
        changesOnce("clone", options);
        assertThat(folder.resolve("deep/tree/a.txt")).hasContent("one");
        assertThat(folder.resolve("deep")).isDirectoryNotContaining("glob:**.clone");
        var again = done("clone", options);
        assertThat(Caller.plain(again.at("branch"))).isEqualTo("main");
        assertThat(again.at("exists")).isEqualTo(value(true));
        assertThat(Caller.plain(again.at("hash"))).matches("[0-9a-f]{40}");
    }

    @Test
    void what_is_something_else_stays_unless_clean_is_asked_for() throws Exception {
        Files.createDirectories(folder.resolve("work"));
        Files.writeString(folder.resolve("work/mine"), "x");
        var options = Map.of("url", "origin.git", "local_path", "work");
        assertThat(git.error("clone", options)).contains("is there and no clone");
        var wrong = Map.of("url", "nosuch.git", "local_path", "work", "clean", true);
        assertThat(git.error("clone", wrong)).contains("git clone failed");
        assertThat(folder.resolve("work/mine")).exists();
        assertThat(
                        changes(
                                "clone",
                                Map.of("url", "origin.git", "local_path", "work", "clean", true)))
                .isTrue();
        assertThat(folder.resolve("work/mine")).doesNotExist();
        assertThat(git.error("clone", Map.of("url", "seed", "local_path", "work")))
                .contains("is a clone of");
    }

    @Test
    void a_branch_and_a_depth_can_be_asked_for() throws Exception {
        commit("a.txt", "two", "second");
        run("cd seed && git branch next && git push -q ../origin.git main next");
        var url = "file://" + folder.resolve("origin.git");
        changesOnce("clone", Map.of("url", url, "local_path", "w", "branch", "next", "depth", 1));
        assertThat(git.text("current_branch", "w")).isEqualTo("next");
        assertThat(((DataTable) git.call("log", "w")).length()).isEqualTo(1);
        changesOnce("clone", Map.of("url", "origin.git", "local_path", "v"));
        changesOnce("clone", Map.of("url", "origin.git", "local_path", "v", "branch", "next"));
    }

    @Test
    void a_clone_that_fails_leaves_nothing() {
        assertThat(git.error("clone", Map.of("url", "none.git", "local_path", "work")))
                .contains("git clone failed");
        assertThat(folder.resolve("work")).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**.clone");
    }

    @Test
    void passwords_in_addresses_are_never_told() {
        var url = "https://joe:s3cret@127.0.0.1:1/x.git";
        var results = git.all("clone", Map.of("url", url, "local_path", "w", "timeout", "20s"));
        assertThat(results.toString()).contains("git clone failed").doesNotContain("s3cret");
        assertThat(Address.withoutCredentials("to https://a:b@h/x and ssh://git@h/y"))
                .isEqualTo("to https://h/x and ssh://h/y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--upload-pack=touch x", "ext::sh -c touch% x", "", "a\nb"})
    void addresses_that_would_run_something_are_refused(String url) {
        assertThatThrownBy(() -> git.all("clone", Map.of("url", url, "local_path", "w")))
                .hasMessageContaining("url");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void names_that_git_would_take_for_options_are_refused() {
        cloned();
        for (var options :
                List.of(
                        Map.of("path", "work", "branch", "--force"),
                        Map.of("path", "work", "branch", "-f"))) {
            assertThatThrownBy(() -> git.all("checkout", options))
                    .hasMessageContaining("branch must not");
        }
        assertThatThrownBy(() -> git.all("push", Map.of("path", "work", "remote", "--exec=x")))
                .hasMessageContaining("remote must not");
        assertThatThrownBy(() -> git.all("log", Map.of("path", "work", "ref", "--output=x")))
                .hasMessageContaining("ref must not");
        assertThatThrownBy(() -> git.all("tag", Map.of("path", "work", "name", "-d")))
                .hasMessageContaining("name must not");
    }

    @Test
    void changes_are_seen_committed_pushed_and_pulled() throws Exception {
        cloned();
        changesOnce("clone", Map.of("url", "origin.git", "local_path", "other"));
        assertThat(git.truth("ensure_clean", "work")).isTrue();
        Files.writeString(folder.resolve("work/ü b.txt"), "new");
        var status = (Text) git.call("status", "work");
        assertThat(status.toString()).isEqualTo("?? \"ü b.txt\"");
        assertThat(git.error("ensure_clean", "work")).contains("1 uncommitted changes");
        changesOnce(
                "commit",
                Map.of(
                        "path",
                        "work",
                        "message",
                        "-second\n\nbody",
                        "add_all",
                        true,
                        "name",
                        "B",
                        "email",
                        "b@example.org"));
        assertThat(git.text("status", "work")).isEmpty();
        changesOnce("push", Map.of("path", "work"));
        changesOnce("fetch", Map.of("path", "other"));
        changesOnce("pull", Map.of("path", "other"));
        assertThat(folder.resolve("other/ü b.txt")).hasContent("new");
        var last = (DataTable) ((DataTable) git.call("log", "other")).at(1);
        assertThat(Caller.plain(last.at("subject"))).isEqualTo("-second");
        assertThat(Caller.plain(last.at("email"))).isEqualTo("b@example.org");
        assertThat(git.text("rev_parse", "other")).isEqualTo(Caller.plain(last.at("hash")));
    }

    @Test
    void a_branch_that_went_another_way_is_not_pulled() throws Exception {
        cloned();
        commit("a.txt", "theirs", "theirs");
        run("cd seed && git push -q ../origin.git main");
        Files.writeString(folder.resolve("work/b.txt"), "ours");
        changesOnce(
                "commit",
                Map.of(
                        "path",
                        "work",
                        "message",
                        "ours",
                        "files",
                        List.of("b.txt"),
                        "name",
                        "B",
                        "email",
                        "b@example.org"));
        assertThat(git.error("pull", Map.of("path", "work"))).contains("git pull failed");
        assertThat(git.error("push", Map.of("path", "work"))).contains("git push failed");
    }

    @Test
    void branches_and_tags_are_made_once_and_checked_out() throws Exception {
        cloned();
        changesOnce("branch", Map.of("path", "work", "name", "b"));
        changesOnce("checkout", Map.of("path", "work", "branch", "b"));
        changesOnce("checkout", Map.of("path", "work", "branch", "c", "create", true));
        changesOnce("branch", Map.of("path", "work", "name", "b", "delete", true));
        run("git -C work config user.name B && git -C work config user.email b@example.org");
        changesOnce("tag", Map.of("path", "work", "name", "v1", "message", "one"));
        changesOnce("checkout", Map.of("path", "work", "branch", "v1"));
        assertThat(git.error("current_branch", "work")).contains("no branch is checked out");
        assertThat(git.error("checkout", Map.of("path", "work", "branch", "none")))
                .contains("git checkout failed");
    }

    @Test
    void a_checkout_that_drops_changes_says_that_it_changed_something() throws Exception {
        cloned();
        Files.writeString(folder.resolve("work/a.txt"), "mine");
        Files.writeString(folder.resolve("work/untracked"), "stays");
        var plain = Map.of("path", "work", "branch", "main");
        assertThat(changes("checkout", plain)).isFalse();
        assertThat(folder.resolve("work/a.txt")).hasContent("mine");
        var forced = Map.of("path", "work", "branch", "main", "force", true);
        changesOnce("checkout", forced);
        assertThat(folder.resolve("work/a.txt")).hasContent("one");
        assertThat(folder.resolve("work/untracked")).exists();
        run("cd work && echo staged > a.txt && git add a.txt");
        changesOnce("checkout", forced);
    }

    @Test
    void the_hash_of_a_branch_is_told_when_it_is_made_there_already_or_deleted() {
        cloned();
        var head = Caller.plain(git.call("rev_parse", "work"));
        var made = Map.of("path", "work", "name", "b");
        var gone = Map.of("path", "work", "name", "b", "delete", true);
        for (var options : List.of(made, made, gone)) {
            assertThat(done("branch", options).at("hash")).isEqualTo(value(head));
        }
        assertThat(done("branch", gone).at("hash")).isEqualTo(Value.Nil.NIL);
    }

    @Test
    void a_tag_moves_only_by_force() throws Exception {
        cloned();
        changesOnce("tag", Map.of("path", "work", "name", "v1"));
        Files.writeString(folder.resolve("work/a.txt"), "x");
        assertThat(git.text("diff", "work")).contains("-one").contains("+x");
        changesOnce(
                "commit",
                Map.of(
                        "path",
                        "work",
                        "message",
                        "m",
                        "add_all",
                        true,
                        "name",
                        "B",
                        "email",
                        "b@example.org"));
        assertThat(git.error("tag", Map.of("path", "work", "name", "v1"))).contains("force");
        changesOnce("tag", Map.of("path", "work", "name", "v1", "force", true));
    }

    @Test
    void a_tag_gets_another_message_only_by_force() throws Exception {
        cloned();
        run("git -C work config user.name B && git -C work config user.email b@example.org");
        var plain = Map.of("path", "work", "name", "v1");
        var told = Map.of("path", "work", "name", "v1", "message", "one  \n\n\n# two\n");
        changesOnce("tag", plain);
        assertThat(git.error("tag", told)).contains("has not this message", "force");
        var forced = new HashMap<String, Object>(told);
        forced.put("force", true);
        changesOnce("tag", forced);
        assertThat(changes("tag", told)).isFalse();
        assertThat(changes("tag", plain)).as("no message is asked for").isFalse();
        assertThat(git.error("tag", Map.of("path", "work", "name", "v1", "message", "other")))
                .contains("has not this message");
        run("test \"$(git -C work tag -l --format='%(contents)' v1)\" = 'one\n\n# two'");
    }

    @Test
    void what_is_no_repository_is_said() throws Exception {
        Files.createDirectories(folder.resolve("plain"));
        assertThat(git.truth("is_repo", "plain")).isFalse();
        assertThat(git.truth("is_repo", "none")).isFalse();
        assertThat(git.truth("is_repo", "seed")).isTrue();
        assertThat(git.error("status", "plain")).contains("not a git repository");
        assertThat(git.error("pull", "none")).isNotEmpty();
        assertThatThrownBy(() -> git.all("commit", Map.of("path", "seed")))
                .hasMessageContaining("message is missing");
    }
}
