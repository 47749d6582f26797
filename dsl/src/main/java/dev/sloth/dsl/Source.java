package dev.sloth.dsl;

import dev.sloth.api.workflow.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A script's text and where it comes from. Scripts do not import from outside `project`.
///
/// @param files where its imports are read
public record Source(Path file, Path project, byte[] text, ScriptFiles files) {
    /// No script is larger.
    public static final int BYTES_MAX = 8 << 20;

    private static final List<String> ENDINGS = List.of("", ".lua", ".sloth");
    private static final List<String> MODULES =
            List.of("%s.lua", "%s/init.lua", "lib/%s.lua", "lib/%s/init.lua");

    public Source {
        file = file.toAbsolutePath().normalize();
        project = project.toAbsolutePath().normalize();
    }

    /// A script whose imports are read from disk.
    public Source(Path file, Path project, byte[] text) {
        this(file, project, text, ScriptFiles.DISK);
    }

    /// Reads a script; its project is the nearest folder above with a `.git`, or its own folder.
    ///
    /// @throws Problems when there is no such file, or it is not a script
    public static Source read(Path file) {
        return read(file, ScriptFiles.DISK);
    }

    /// Reads a script from where its imports will be read too.
    ///
    /// @throws Problems when there is no such file, or it is not a script
    public static Source read(Path file, ScriptFiles files) {
        var absolute = file.toAbsolutePath().normalize();
        var text = files.text(real(absolute, files), file.toString());
        return new Source(absolute, project(absolute), text, files);
    }

    /// What is no file is for [ScriptFiles#text] to refuse.
    private static Path real(Path file, ScriptFiles files) {
        try {
            return files.find(List.of(file)).orElse(file);
        } catch (IOException _) {
            return file;
        }
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

    /// The paths at which `import(path)` looks for a file, beside the file that asks, in this
    /// order.
    public static List<String> imported(String path) {
        return ENDINGS.stream().map(path::concat).toList();
    }

    /// The paths at which `require(name)` looks for a file, in the folder of the script, in this
    /// order.
    public static List<String> required(String name) {
        String path = name.replace('.', '/');
        return MODULES.stream().map(pattern -> pattern.formatted(path)).toList();
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
