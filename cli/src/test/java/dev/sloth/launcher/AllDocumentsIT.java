package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every command that a document shows in a `sh` block works as written, in order, from a copy of
/// the tree's examples; every Lua block that names its file is put there first.
///
/// A line may end in `# exit N` where another exit code than 0 is shown. Commands other than
/// `./sloth-runner` are listed in [#NOT_RUN], each with its reason.
final class AllDocumentsIT {
    private static final Path ROOT = Shell.root();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```");
    private static final Pattern FILE = Pattern.compile("^-- file: (\\S+)\\n");
    private static final Pattern EXIT = Pattern.compile("#\\s*exit (\\d+)\\s*$");

    /// `./verify` is what runs this test; benchmarks want an idle machine; the others wait for a
    /// person.
    private static final List<String> NOT_RUN =
            List.of("./verify", "benchmarks/run", "RUNS=", "mvn ", "git ", "./sloth-runner repl");

    /// What stays, and needs a shell of its own or the background; and what it says when it is
    /// ready.
    private static final Map<String, String> STAYS =
            Map.of(
                    "./sloth-runner master",
                    "listens at",
                    "./sloth-runner agent start",
                    "connected");

    private static final long READY_SECONDS = 60;
    private static final long LOOK_MILLIS = 20;

    @TempDir Path scratch;
    private final List<Process> staying = new ArrayList<>();

    @Test
    void every_link_between_documents_leads_somewhere() throws IOException {
        var link = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
        var broken = new ArrayList<String>();
        for (var document : documents()) {
            var links = link.matcher(Files.readString(document));
            while (links.find()) {
                if (!Files.exists(document.resolveSibling(links.group(1)))) {
                    broken.add(ROOT.relativize(document) + " -> " + links.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> every_command_of_a_document_works() throws IOException {
        return documents().stream()
                .filter(AllDocumentsIT::showsCommands)
                .map(d -> DynamicTest.dynamicTest(ROOT.relativize(d).toString(), () -> follow(d)));
    }

    private static List<Path> documents() throws IOException {
        var documents = new ArrayList<Path>();
        for (var folder : List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("docs/decisions"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(f -> f.toString().endsWith(".md")).sorted().forEach(documents::add);
            }
        }
        return documents;
    }

    private static boolean showsCommands(Path document) {
        try {
            return Files.readString(document).contains("```sh\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void follow(Path document) throws Exception {
        var folder = Files.createTempDirectory(scratch, "reader");
        Files.createSymbolicLink(folder.resolve("examples"), ROOT.resolve("examples"));
        Files.createSymbolicLink(folder.resolve("sloth-runner"), ROOT.resolve("sloth-runner"));
        var shell = Shell.in(folder, Files.createDirectory(folder.resolve("home")));
        try {
            follow(document, folder, shell);
        } finally {
            staying.forEach(Process::destroyForcibly);
            staying.clear();
            endWhatRuns(folder);
        }
    }

    private void follow(Path document, Path folder, Shell shell) throws Exception {
        var blocks = BLOCK.matcher(Files.readString(document));
        while (blocks.find()) {
            var text = blocks.group(2);
            if (blocks.group(1).equals("lua")) {
                keep(folder, text);
            } else if (blocks.group(1).equals("sh")) {
                for (var line : text.replace("\\\n", " ").lines().toList()) {
                    command(shell, line);
                }
            }
        }
    }

    /// What a document starts in the background notes its number in a file.
    private static void endWhatRuns(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (var file : files.filter(f -> f.toString().endsWith(".pid")).toList()) {
                ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                        .ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    private static void keep(Path folder, String lua) throws IOException {
        var named = FILE.matcher(lua);
        if (named.find()) {
            Files.writeString(folder.resolve(named.group(1)), lua);
        }
    }

    private void command(Shell shell, String line) throws Exception {
        if (line.isBlank() || line.startsWith("#") || NOT_RUN.stream().anyMatch(line::startsWith)) {
            return;
        }
        assertThat(line)
                .as("a command that this test knows how to follow")
                .contains("./sloth-runner");
        for (var each : STAYS.entrySet()) {
            if (line.startsWith(each.getKey()) && !line.contains(">")) {
                stays(
                        shell.start("bash", "-c", "exec " + line.replaceAll(" &$", "")),
                        each.getValue());
                return;
            }
        }
        var exit = EXIT.matcher(line);
        int wanted = exit.find() ? Integer.parseInt(exit.group(1)) : 0;
        var ended = shell.run("bash", "-c", line);
        assertThat(ended.code()).as(line + "\n" + ended.all()).isEqualTo(wanted);
    }

    private void stays(Shell.Started started, String ready) throws Exception {
        staying.add(started.process());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (!Files.readString(started.out()).contains(ready)) {
            assertThat(started.process().waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS))
                    .as("it goes on: %s", Files.readString(started.err()))
                    .isFalse();
            assertThat(System.nanoTime()).as("it is ready in time").isLessThan(end);
        }
    }
}
