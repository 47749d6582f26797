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

/// A script's text and where it comes from. Scripts do not import from outside `project`.
public record Source(Path file, Path project, byte[] text) {
    /// No script is larger.
    public static final int BYTES_MAX = 8 << 20;

    public Source {
        file = file.toAbsolutePath().normalize();
        project = project.toAbsolutePath().normalize();
    }

    /// Reads a script; its project is the nearest folder above with a `.git`, or its own folder.
    ///
    /// @throws Problems when there is no such file, or it is not a script
    public static Source read(Path file) {
        var absolute = file.toAbsolutePath().normalize();
        return new Source(absolute, project(absolute), text(absolute, file.toString()));
    }

    /// Reads a text that is to be Lua; `shown` is what messages call it.
    static byte[] text(Path file, String shown) {
        if (!Files.exists(file)) {
            throw problem(Code.MISSING, shown, "there is no file " + shown, "Check its path.");
        }
        if (Files.isDirectory(file)) {
            throw problem(Code.FOLDER, shown, shown + " is a folder", "Name a script in it.");
        }
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw problem(
                        Code.TOO_LARGE,
                        shown,
                        "%s is larger than %d MiB".formatted(shown, BYTES_MAX >> 20),
                        "Keep data in files that a task reads, and the script small.");
            }
            return checked(Files.readAllBytes(file), shown);
        } catch (IOException e) {
            var problem = problem(Code.UNREADABLE, shown, "cannot read " + shown + ": " + e, "");
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

    private static Path project(Path file) {
        for (var above = file.getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above.resolve(".git"))) {
                return above;
            }
        }
        var folder = file.getParent();
        return folder == null ? file : folder;
    }

    /// The folder the script is in.
    Path folder() {
        var folder = file.getParent();
        return folder == null ? project : folder;
    }

    /// What messages call the script: its path within the project.
    public String name() {
        return nameOf(project, file);
    }

    static String nameOf(Path project, Path file) {
        var shown = file.startsWith(project) ? project.relativize(file) : file;
        return shown.toString().isEmpty() ? file.toString() : shown.toString();
    }

    /// The file's name without its ending: what a workflow is called that does not say.
    String stem() {
        var name = file.getFileName() == null ? "workflow" : file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Source s
                && file.equals(s.file)
                && project.equals(s.project)
                && java.util.Arrays.equals(text, s.text);
    }

    @Override
    public int hashCode() {
        return java.util.Objects.hash(file, project, java.util.Arrays.hashCode(text));
    }

    @Override
    public String toString() {
        return "script " + name();
    }
}
