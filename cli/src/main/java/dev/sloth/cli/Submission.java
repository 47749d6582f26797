package dev.sloth.cli;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.RunFile;
import dev.sloth.drive.KeptRuns;
import dev.sloth.drive.KeptScript;
import dev.sloth.drive.Lease;
import dev.sloth.dsl.Source;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a store is told of a new run.
final class Submission {
    private Submission() {}

    /// Of a run that the command line asks for.
    static NewRun of(
            RunId id,
            RunValues.Read values,
            KeptRuns runs,
            Wiring.Order order,
            Map<String, String> labels) {
        var made = made(values, order.script(), order.source());
        return of(id, runs, order, labels, made.files(), made.contents());
    }

    /// What it is made of where it is done elsewhere: all that, and the files that it takes along.
    static KeptScript.Made made(
            RunValues.Read values, KeptScript script, Source source, CarriedFiles carried) {
        var made = made(values, script, source);
        var along = carried.made(hooks(made, source));
        made.files().addAll(along.files());
        made.contents().addAll(along.contents());
        return made;
    }

    /// The files of the hooks that the scripts of a run add, as far as they are there: a master
    /// takes them from what the run keeps.
    private static Set<Path> hooks(KeptScript.Made made, Source source) {
        var texts = new HashMap<String, byte[]>();
        made.contents().forEach(content -> texts.put(content.sha256(), content.bytes()));
        var code = new HookCode(source.project(), new ProjectTexts(source.project()));
        return made.files().stream()
                .filter(file ->
                        file.role() == RunFile.Role.SCRIPT || file.role() == RunFile.Role.IMPORT)
                .flatMap(file ->
                        code
                                .named(file.path(), texts.getOrDefault(file.content(), new byte[0]))
                                .stream())
                .flatMap(hook -> code.of(hook.file()).keySet().stream())
                .collect(Collectors.toSet());
    }

    /// What it is made of: the script and its imports, and the files with its values.
    static KeptScript.Made made(RunValues.Read values, KeptScript script, Source source) {
        var made = script.made(source);
        var files = new ArrayList<>(made.files());
        var contents = new ArrayList<>(made.contents());
        values.texts()
                .forEach((file, text) -> {
                    var content = Content.of(text);
                    files.add(new RunFile(RunFile.Role.VALUES, file.toString(), content.sha256()));
                    contents.add(content);
                });
        return new KeptScript.Made(files, contents);
    }

    static NewRun of(
            RunId id,
            KeptRuns runs,
            Wiring.Order order,
            Map<String, String> labels,
            List<RunFile> files,
            List<Content> contents) {
        var shown = new TreeMap<String, String>();
        labels.forEach((name, value) -> shown.put(name, order.secrets().mask().text(value)));
        var now = InstantSource.system().instant();
        return new NewRun(
                id,
                order.workflow().name(),
                order.source().file().toString(),
                now,
                shown,
                files,
                contents,
                runs.owner(),
                now.plus(Lease.TTL));
    }
}
