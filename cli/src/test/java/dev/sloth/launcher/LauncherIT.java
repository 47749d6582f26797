package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher script: found from anywhere, builds once, and says what it lacks.
final class LauncherIT {
    private static final Path ROOT = Shell.root();
    private static final String HELLO = ROOT.resolve("examples/hello_world.sloth").toString();

    @TempDir Path scratch;
    private Shell shell = Shell.in(ROOT, ROOT);

    @BeforeEach
    void an_empty_home() throws IOException {
        shell = Shell.in(scratch, Files.createDirectory(scratch.resolve("home")));
    }

    @Test
    void it_runs_a_workflow_from_any_folder() throws Exception {
        var ended = shell.run(ROOT.resolve("sloth-runner").toString(), "run", HELLO);
        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.out() + ended.err()).contains("hello, world: 3 words");
    }

    @Test
    void no_letter_is_lost_in_a_locale_that_has_none_but_those_of_ascii() throws Exception {
        Files.writeString(
                scratch.resolve("ä.sloth"),
                """
                workflow.define("w"):tasks({ task("a"):command("echo ä€; printf 'a\\nB\\n' | sort") })
                """);
        for (var locale : new String[][] {{"LANG", ""}, {"LANG", "POSIX"}, {"LC_ALL", "C"}}) {
            var ended =
                    shell.with(locale[0], locale[1])
                            .run(ROOT.resolve("sloth-runner").toString(), "run", "ä.sloth");
            assertThat(ended.code()).as(ended.all()).isZero();
            assertThat(ended.out()).contains("[a] ä€", "[a] B\n[a] a\n");
        }
    }

    @Test
    void it_works_through_a_chain_of_symlinks() throws Exception {
        var first =
                Files.createSymbolicLink(scratch.resolve("first"), ROOT.resolve("sloth-runner"));
        var folder = Files.createDirectory(scratch.resolve("a folder"));
        Files.createSymbolicLink(folder.resolve("second"), Path.of("../" + first.getFileName()));
        var ended = shell.run(folder.resolve("second").toString(), "--version");
        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.out()).startsWith("sloth-runner ");
    }

    @Test
    void without_a_jdk_it_says_in_three_lines_what_it_looked_for() throws Exception {
        var ended =
                shell.with("SLOTH_JVM_FOLDERS", scratch.toString())
                        .run(ROOT.resolve("sloth-runner").toString(), "--version");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err().lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains(scratch.toString()))
                .anySatisfy(line -> assertThat(line).contains("apt-get install"));
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void a_jdk_of_another_version_is_not_taken() throws Exception {
        var folder = scratch.resolve("jvm");
        var old = folder.resolve("old");
        Files.createDirectories(old.resolve("bin"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        for (var program : new String[] {"java", "javac"}) {
            var file =
                    Files.writeString(old.resolve("bin").resolve(program), "#!/bin/sh\nexit 9\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        var ended =
                shell.with("JAVA_HOME", old.toString())
                        .with("SLOTH_JVM_FOLDERS", folder.toString())
                        .run(ROOT.resolve("sloth-runner").toString(), "--version");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("needs a JDK 25").contains(old.toString());
    }

    @Test
    void two_first_runs_at_the_same_moment_build_once_and_both_work() throws Exception {
        var clone = copyOfTheLauncher(scratch.resolve("a clone with blanks"), "");
        var both = shell.with("PATH", scratch.resolve("bin") + ":" + System.getenv("PATH"));
        var first = both.start(clone.toString(), "--version");
        var second = both.start(clone.toString(), "--version");
        var a = both.await(first);
        var b = both.await(second);
        assertThat(a.code()).as(a.all()).isZero();
        assertThat(b.code()).as(b.all()).isZero();
        assertThat(a.out()).isEqualTo(b.out()).startsWith("sloth-runner ");
        assertThat(Files.readAllLines(scratch.resolve("builds"))).hasSize(1);
        assertThat(a.err() + b.err()).containsOnlyOnce("building (");
    }

    @Test
    void a_build_that_fails_is_told_with_its_errors_and_the_log() throws Exception {
        var clone =
                copyOfTheLauncher(
                        scratch.resolve("broken"), "echo '[ERROR] no such thing'; exit 1");
        var ended =
                shell.with("PATH", scratch.resolve("bin") + ":" + System.getenv("PATH"))
                        .run(clone.toString(), "--version");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("no such thing").contains("build.log");
    }

    @Test
    void it_builds_again_when_a_source_is_newer() throws Exception {
        var clone = copyOfTheLauncher(scratch.resolve("newer"), "");
        var user = shell.with("PATH", scratch.resolve("bin") + ":" + System.getenv("PATH"));
        assertThat(user.run(clone.toString(), "--version").code()).isZero();
        assertThat(user.run(clone.toString(), "--version").err()).isEmpty();
        var pom = clone.resolveSibling("pom.xml").toFile();
        assertThat(pom.setLastModified(System.currentTimeMillis() + 60_000)).isTrue();
        assertThat(user.run(clone.toString(), "--version").code()).isZero();
        assertThat(Files.readAllLines(scratch.resolve("builds"))).hasSize(2);
    }

    @Test
    void a_tree_that_was_moved_is_built_again_and_starts_its_own_jars() throws Exception {
        var before = copyOfTheLauncher(scratch.resolve("before"), "");
        var user = shell.with("PATH", scratch.resolve("bin") + ":" + System.getenv("PATH"));
        assertThat(user.run(before.toString(), "version").code()).isZero();
        var after = Files.move(before.getParent(), scratch.resolve("after"));
        var ended = user.run(after.resolve("sloth-runner").toString(), "version");
        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(Files.readString(after.resolve("cli/target/app/classpath")))
                .contains(after.toString())
                .doesNotContain(before.toString());
        assertThat(Files.readAllLines(scratch.resolve("builds"))).hasSize(2);
    }

    @Test
    void a_cdpath_in_the_environment_does_not_lead_it_astray() throws Exception {
        copyOfTheLauncher(scratch.resolve("tree"), "");
        var ended =
                shell.with("PATH", scratch.resolve("bin") + ":" + System.getenv("PATH"))
                        .with("CDPATH", scratch.toString())
                        .run("bash", "tree/sloth-runner", "--version");
        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.out()).startsWith("sloth-runner ");
    }

    @Test
    void a_build_whose_caller_was_killed_is_waited_for() throws Exception {
        var clone = copyOfTheLauncher(scratch.resolve("killed"), "read line <'" + fifo() + "'");
        var user = shell.with("PATH", scratch.resolve("bin") + ":" + System.getenv("PATH"));
        var first = user.start(clone.toString(), "--version");
        try (var go = Files.newBufferedWriter(scratch.resolve("fifo"))) {
            first.process().destroyForcibly().waitFor();
            var second = user.start(clone.toString(), "--version");
            go.write("go\n");
            go.flush();
            var ended = user.await(second);
            assertThat(ended.code()).as(ended.all()).isZero();
        }
        assertThat(Files.readAllLines(scratch.resolve("builds"))).hasSize(1);
    }

    /// What the build waits for until the test writes to it.
    private Path fifo() throws Exception {
        var fifo = scratch.resolve("fifo");
        assertThat(shell.run("mkfifo", fifo.toString()).code()).isZero();
        return fifo;
    }

    /// A tree with the launcher and, instead of Maven, a program that counts its calls and puts in
    /// place what a build would, or does `instead`.
    private Path copyOfTheLauncher(Path clone, String instead) throws IOException {
        Files.createDirectories(clone.resolve("bin"));
        for (var name : new String[] {"sloth-runner", "pom.xml", "bin/jdk.sh", "bin/maven.sh"}) {
            Files.copy(ROOT.resolve(name), clone.resolve(name));
        }
        var app = ROOT.resolve("cli/target/app");
        var bin = Files.createDirectories(scratch.resolve("bin"));
        var mvn =
                Files.writeString(
                        bin.resolve("mvn"),
                        """
                        #!/bin/sh
                        echo built >>'%s'
                        %s
                        mkdir -p cli/target
                        cp -r '%s' cli/target/
                        sed -i "s|%s|$PWD/cli/target/app|g" cli/target/app/classpath
                        touch cli/target/app/ready
                        """
                                .formatted(scratch.resolve("builds"), instead, app, app));
        assertThat(mvn.toFile().setExecutable(true)).isTrue();
        return clone.resolve("sloth-runner");
    }
}
