package dev.sloth.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.codec.Documents;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.store.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Journals that were recorded when their format was released: see `journals/README.md`.
final class RecordedJournalsTest {
    private static final String RECORD = "sloth.record";
    private static final int EVENT_KINDS = RunEvent.class.getPermittedSubclasses().length;

    private final Set<Class<?>> kinds = new HashSet<>();

    @TempDir private Path folder;

    private static Path journals() throws Exception {
        var there = RecordedJournalsTest.class.getResource("/journals/README.md");
        assertThat(there).isNotNull();
        return Path.of(there.toURI()).resolveSibling("");
    }

    @Test
    void every_journal_that_was_ever_recorded_gives_the_same_report_again() throws Exception {
        for (int format = 1; format <= Documents.FORMAT; format++) {
            kinds.clear();
            int replayed = replay(journals().resolve(Integer.toString(format)));
            assertThat(replayed).as("journals of format %d", format).isGreaterThan(7);
        }
        assertThat(kinds).as("kinds of events in the newest format").hasSize(EVENT_KINDS);
    }

    /// With `-Dsloth.record=FOLDER` the journals stay there: this is how files for a format are
    /// made.
    @Test
    void what_is_recorded_now_gives_the_same_report_again() throws Exception {
        var into = Path.of(System.getProperty(RECORD, folder.toString()));
        record(into);
        assertThat(replay(into)).isEqualTo(Scenes.all().size());
        assertThat(kinds).hasSize(EVENT_KINDS);
    }

    private static void record(Path into) throws IOException {
        Files.createDirectories(into);
        for (var scene : Scenes.all().entrySet()) {
            var kept = new KeptRun();
            var journal = StoredJournal.submitting(kept, StoredJournalTest.newRun());
            var drive = scene.getValue().apply(journal);
            int[] steps = {0};
            drive.afterStep =
                    _ -> {
                        if (++steps[0] == 2) {
                            journal.keepSnapshot();
                        }
                    };
            var report = ReportText.of(RunReport.of(drive.run()));
            write(into, scene.getKey(), kept);
            Files.writeString(into.resolve(scene.getKey() + ".txt"), report);
        }
    }

    /// Contents first, a line each, then chapters; and the snapshot under the number of its events.
    private static void write(Path into, String name, KeptRun kept) throws IOException {
        var lines = new ArrayList<String>();
        kept.contents.values().stream()
                .map(content -> new String(content.bytes(), StandardCharsets.UTF_8))
                .sorted()
                .forEach(lines::add);
        kept.chapters.forEach(c -> lines.add(new String(c.body(), StandardCharsets.UTF_8)));
        Files.write(into.resolve(name + ".jsonl"), lines);
        var snapshot = kept.snapshots.getLast();
        Files.write(into.resolve(name + "." + snapshot.events() + ".zst"), snapshot.body());
    }

    private int replay(Path from) throws IOException {
        var files = list(from, ".jsonl");
        for (var file : files) {
            var name = file.getFileName().toString().replace(".jsonl", "");
            var golden = Files.readString(from.resolve(name + ".txt"));
            var lines = Files.readAllLines(file);
            assertThat(report(lines, List.of())).as("%s", file).isEqualTo(golden);
            var snapshots = list(from, ".zst");
            snapshots.removeIf(s -> !s.getFileName().toString().startsWith(name + "."));
            assertThat(snapshots).hasSize(1);
            assertThat(report(lines, snapshots)).as("%s", snapshots).isEqualTo(golden);
        }
        return files.size();
    }

    private static List<Path> list(Path from, String ending) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            return files.filter(f -> f.toString().endsWith(ending))
                    .sorted()
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }

    private String report(List<String> lines, List<Path> snapshots) throws IOException {
        var kept = new RecordedRun();
        for (var line : lines) {
            var bytes = line.getBytes(StandardCharsets.UTF_8);
            if (line.contains(",\"sum\":\"")) {
                kept.chapter(bytes);
            } else {
                var content = Content.of(bytes);
                kept.contents().put(content.sha256(), content);
            }
        }
        for (var file : snapshots) {
            var number = file.getFileName().toString().split("\\.", -1)[1];
            kept.snapshot(Long.parseLong(number), Files.readAllBytes(file));
        }
        kept.each(event -> kinds.add(event.getClass()));
        return ReportText.of(RunReport.of(kept.history().state()));
    }
}
