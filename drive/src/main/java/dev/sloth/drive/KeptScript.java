package dev.sloth.drive;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.RunStore;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.dsl.KeptFiles;
import dev.sloth.dsl.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The texts of one run's script, as they were when they were first read: kept in the store before
/// they are used, and read from there when the run goes on elsewhere.
public final class KeptScript {
    private final KeptFiles files;
    private final AtomicReference<Optional<Keeping>> keeping;

    /// Where texts go that are met later.
    private record Keeping(RunStore store, Claim claim) {
        void file(RunFile file, Content content) {
            store.addFiles(claim, List.of(file), List.of(content));
        }

        void link(RunFile link) {
            store.addFiles(claim, List.of(link), List.of());
        }
    }

    private KeptScript(KeptFiles.Known known, AtomicReference<Optional<Keeping>> keeping) {
        this.keeping = keeping;
        this.files = new KeptFiles(known, new Met(keeping));
    }

    private record Met(AtomicReference<Optional<Keeping>> keeping) implements KeptFiles.Met {
        @Override
        public void text(Path file, byte[] text) {
            keeping.get().ifPresent(k -> k.file(imported(file, text), Content.of(text)));
        }

        @Override
        public void link(Path from, Path to) {
            keeping.get().ifPresent(k -> k.link(linked(from, to)));
        }
    }

    /// Of a run that is not submitted yet.
    public static KeptScript fresh() {
        return new KeptScript(KeptFiles.Known.NOTHING, new AtomicReference<>(Optional.empty()));
    }

    /// Where the script and its imports are read.
    public KeptFiles files() {
        return files;
    }

    /// From now on, what is met goes to the store under this claim before it is used.
    public void keptBy(RunStore store, Claim claim) {
        keeping.set(Optional.of(new Keeping(store, claim)));
    }

    /// What a run is made of when it is submitted.
    public Made made(Source source) {
        var all = new ArrayList<RunFile>();
        var contents = new ArrayList<Content>();
        all.add(new RunFile(RunFile.Role.PROJECT, source.project().toString(), ""));
        var script = Content.of(source.text());
        all.add(new RunFile(RunFile.Role.SCRIPT, source.file().toString(), script.sha256()));
        contents.add(script);
        var known = files.known();
        known.texts()
                .forEach((file, text) -> {
                    if (!file.equals(source.file())) {
                        all.add(imported(file, text));
                        contents.add(Content.of(text));
                    }
                });
        known.links().forEach((from, to) -> all.add(linked(from, to)));
        return new Made(all, contents);
    }

    /// @param files those of the script
    /// @param contents what they held
    public record Made(List<RunFile> files, List<Content> contents) {}

    private static RunFile imported(Path file, byte[] text) {
        return new RunFile(RunFile.Role.IMPORT, file.toString(), Content.sha256(text));
    }

    private static RunFile linked(Path from, Path to) {
        return new RunFile(RunFile.Role.LINK, from.toString(), to.toString());
    }

    /// A run's script as it was submitted.
    public record Submitted(Source source, KeptScript script) {}

    /// @throws StoreFailure `DAMAGED` when a text is missing or is not what was kept
    public static Submitted submitted(RunStore store, RunRow run) {
        Map<Path, byte[]> texts = new LinkedHashMap<>();
        Map<Path, Path> links = new LinkedHashMap<>();
        for (var file : run.files()) {
            switch (file.role()) {
                case SCRIPT, IMPORT -> texts.put(Path.of(file.path()), text(store, run.id(), file));
                case LINK -> links.put(Path.of(file.path()), Path.of(file.content()));
                case VALUES, PROJECT, FILE, PROGRAM -> {}
            }
        }
        var script =
                new KeptScript(
                        new KeptFiles.Known(texts, links), new AtomicReference<>(Optional.empty()));
        var main = only(run, RunFile.Role.SCRIPT);
        var source =
                new Source(
                        Path.of(main.path()),
                        Path.of(only(run, RunFile.Role.PROJECT).path()),
                        text(store, run.id(), main),
                        script.files());
        return new Submitted(source, script);
    }

    private static RunFile only(RunRow run, RunFile.Role role) {
        return run.files().stream()
                .filter(file -> file.role() == role)
                .findFirst()
                .orElseThrow(() -> missing(run.id(), "no " + role));
    }

    private static byte[] text(RunStore store, RunId run, RunFile file) {
        return store.content(file.content())
                .orElseThrow(() -> missing(run, "not what " + file.path() + " held"))
                .bytes();
    }

    private static StoreFailure missing(RunId run, String what) {
        return new StoreFailure(
                StoreFailure.Reason.DAMAGED, "the store has of run " + run + " " + what);
    }
}
