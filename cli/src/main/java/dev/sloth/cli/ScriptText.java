package dev.sloth.cli;

import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.dsl.Source;
import dev.sloth.lua.syntax.SyntaxError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.Optional;

/// A script as a text: what tools for texts read and write.
///
/// @param name what messages call it
/// @param file empty when it came from the standard input
record ScriptText(String name, Optional<Path> file, byte[] text) {

    /// The text that comes from the standard input.
    ///
    /// @throws Problems when it cannot be read
    static ScriptText typed(Caller caller, String name) {
        try {
            var text = caller.in().readNBytes(Source.BYTES_MAX + 1);
            return new ScriptText(name, Optional.empty(), bounded(name, text));
        } catch (IOException e) {
            throw unreadable(name, FileTrouble.words(e));
        }
    }

    /// The text of a file.
    ///
    /// @throws Problems when it cannot be read
    static ScriptText read(Path file, String name) {
        try {
            if (Files.isDirectory(file)) {
                throw unreadable(name, "it is a folder");
            }
            var text = Beginning.of(file, Source.BYTES_MAX + 1);
            return new ScriptText(name, Optional.of(file), bounded(name, text));
        } catch (IOException e) {
            throw unreadable(name, FileTrouble.words(e));
        }
    }

    private static byte[] bounded(String name, byte[] text) {
        if (text.length > Source.BYTES_MAX) {
            throw unreadable(name, "it has more than " + Source.BYTES_MAX + " bytes");
        }
        return text;
    }

    static Problems unreadable(String name, String why) {
        return new Problems(
                new Problem(
                        "SLOTH-9040",
                        "the script " + name + " cannot be read: " + why,
                        Span.NOWHERE,
                        "give the name of a script or a folder, or - for standard input"));
    }

    /// Where a part of it is.
    Span place(dev.sloth.lua.syntax.Span span) {
        return new Span(name, span.line(), span.column());
    }

    /// What keeps it from being understood.
    List<Problem> problems(List<SyntaxError> errors) {
        return errors.stream()
                .map(e -> new Problem("SLOTH-9041", e.message(), place(e.span()), e.remedy()))
                .toList();
    }

    /// Puts another text in the place of the file's, as a whole or not at all. Links stay, and so
    /// do permissions.
    ///
    /// @throws Problems when it cannot be written; the file is then as it was
    void replace(byte[] other) {
        try {
            var real = file.orElseThrow().toRealPath();
            var part = Files.createTempFile(folder(real), "." + real.getFileName(), ".new");
            try {
                write(part, other);
                keepPermissions(real, part);
                Files.move(part, real, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new Problems(
                    new Problem(
                            "SLOTH-9042",
                            "the script " + name + " cannot be written: " + FileTrouble.words(e),
                            Span.NOWHERE,
                            "it is as it was; see to its folder and try again"));
        }
    }

    private static Path folder(Path real) {
        var folder = real.getParent();
        return folder == null ? real : folder;
    }

    private static void write(Path part, byte[] text) throws IOException {
        try (var out = FileChannel.open(part, StandardOpenOption.WRITE)) {
            var left = ByteBuffer.wrap(text);
            while (left.hasRemaining()) {
                var _ = out.write(left);
            }
            out.force(true);
        }
    }

    private static void keepPermissions(Path from, Path to) throws IOException {
        var before = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        var after = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (before != null && after != null) {
            after.setPermissions(before.readAttributes().permissions());
        }
    }
}
