package dev.sloth.cli;

import dev.sloth.cli.run.KeptRuns;
import dev.sloth.cli.run.StoreTenancy;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.RunFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a store is told of a new run.
final class Submission {
    private Submission() {}

    /// Of a run that the command line asks for.
    static NewRun of(Given given, KeptRuns runs, Wiring.Order order, Map<String, String> labels) {
        var made = order.script().made(order.source());
        var files = new ArrayList<>(made.files());
        var contents = new ArrayList<>(made.contents());
        for (var name : given.many(RunOptions.VALUES)) {
            var file = given.caller().folder().resolve(name).toAbsolutePath().normalize();
            var content = Content.of(bytes(file));
            files.add(new RunFile(RunFile.Role.VALUES, file.toString(), content.sha256()));
            contents.add(content);
        }
        return of(runs, order, labels, files, contents);
    }

    static NewRun of(
            KeptRuns runs,
            Wiring.Order order,
            Map<String, String> labels,
            List<RunFile> files,
            List<Content> contents) {
        var now = InstantSource.system().instant();
        return new NewRun(
                Wiring.newId(),
                order.workflow().name(),
                order.source().file().toString(),
                now,
                labels,
                files,
                contents,
                runs.owner(),
                now.plus(StoreTenancy.TTL));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the values file went away: " + file, e);
        }
    }
}
