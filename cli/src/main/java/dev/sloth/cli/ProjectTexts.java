package dev.sloth.cli;

import dev.sloth.dsl.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The texts of a project on this disk. What leads out of it through links, or is larger than a
/// script may be, is not there.
record ProjectTexts(Path project) implements HookCode.Texts {
    @Override
    public Optional<byte[]> at(Path file) {
        try {
            boolean ours =
                    Files.isRegularFile(file)
                            && file.toRealPath().startsWith(project.toRealPath())
                            && Files.size(file) <= Source.BYTES_MAX;
            return ours ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
