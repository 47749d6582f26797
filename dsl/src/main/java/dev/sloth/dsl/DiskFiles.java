package dev.sloth.dsl;

import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.dsl.define.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Texts as they are on disk now, read with care.
final class DiskFiles implements ScriptFiles {
    @Override
    public Optional<Path> find(List<Path> candidates) throws IOException {
        for (var file : candidates) {
            if (Files.isRegularFile(file)) {
                return Optional.of(file.toRealPath());
            }
        }
        return Optional.empty();
    }

    @Override
    public Path folder(Path folder) throws IOException {
        return real(folder);
    }

    @Override
    public byte[] text(Path file, String shown) {
        if (!Files.exists(file)) {
            throw problem(Code.MISSING, shown, "there is no file " + shown, "Check its path.");
        }
        if (Files.isDirectory(file)) {
            throw problem(Code.FOLDER, shown, shown + " is a folder", "Name a script in it.");
        }
        try (var in = Files.newInputStream(file)) {
            // Not by its size: a pipe has none, and a device may have no end.
            var text = in.readNBytes(Source.BYTES_MAX + 1);
            if (text.length > Source.BYTES_MAX) {
                throw problem(
                        Code.TOO_LARGE,
                        shown,
                        "%s is larger than %d MiB".formatted(shown, Source.BYTES_MAX >> 20),
                        "Keep data in files that a task reads, and the script small.");
            }
            return checked(text, shown);
        } catch (IOException e) {
            var problem =
                    problem(
                            Code.UNREADABLE,
                            shown,
                            "cannot read " + shown + ": " + e,
                            "See that it may be read.");
            problem.initCause(e);
            throw problem;
        }
    }

    private static byte[] checked(byte[] text, String shown) {
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return text;
        } catch (CharacterCodingException e) {
            var problem =
                    problem(
                            Code.ENCODING,
                            shown,
                            shown + " is not text in UTF-8",
                            "Save it as UTF-8.");
            problem.initCause(e);
            throw problem;
        }
    }

    private static Problems problem(Code code, String shown, String message, String remedy) {
        return new Problems(code.at(new Span(shown, 0, 0), message, remedy));
    }

    /// The real path of what may be gone.
    private static Path real(Path file) throws IOException {
        for (var above = file; above != null; above = above.getParent()) {
            if (Files.exists(above)) {
                return above.toRealPath().resolve(above.relativize(file)).normalize();
            }
        }
        return file.normalize();
    }
}
