package dev.sloth.cli;

import dev.sloth.dsl.SaidInText;
import dev.sloth.dsl.Source;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The code of hooks, as far as scripts say in so many words what belongs to it: nothing is run to
/// find out.
///
/// @param project of the scripts; nothing outside belongs to it
/// @param texts what is there, by absolute path
record HookCode(Path project, Texts texts) {
    /// Where texts are: on this disk, or with what a run keeps.
    @FunctionalInterface
    interface Texts {
        Optional<byte[]> at(Path file);
    }

    /// A hook that a script adds.
    ///
    /// @param file its absolute path
    /// @param condition a Lua expression; empty when there is none
    record Named(Path file, String condition) {}

    /// The hooks that a script names; none when it cannot be read.
    List<Named> named(String script, byte[] text) {
        return SaidInText.of(script, text).stream()
                .flatMap(said -> said.hooks().stream())
                .flatMap(hook ->
                        inside(project, hook.file())
                                .map(file -> new Named(file, hook.condition()))
                                .stream())
                .toList();
    }

    /// Empty when it is no path, or one that leads out of the project.
    Optional<Path> inside(Path folder, String path) {
        try {
            return Optional.of(folder.resolve(path).normalize())
                    .filter(file -> file.startsWith(project) && !file.equals(project));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /// The file of a hook first, then all that it imports, with what they hold; empty when the file
    /// is not there.
    Map<Path, byte[]> of(Path hook) {
        Map<Path, byte[]> found = new LinkedHashMap<>();
        var open = new ArrayDeque<>(List.of(hook));
        while (!open.isEmpty()) {
            var file = open.pop();
            var text = found.containsKey(file) ? Optional.<byte[]>empty() : texts.at(file);
            text.ifPresent(bytes -> {
                found.put(file, bytes);
                open.addAll(imported(hook, file, bytes));
            });
        }
        return found;
    }

    /// `import` looks beside the file that asks, `require` in the folder of the hook.
    private List<Path> imported(Path hook, Path file, byte[] text) {
        var said = SaidInText.of(file.toString(), text);
        if (said.isEmpty()) {
            return List.of();
        }
        var all = new ArrayList<Path>();
        for (var path : said.get().imported()) {
            first(folder(file), Source.imported(path)).ifPresent(all::add);
        }
        for (var name : said.get().required()) {
            first(folder(hook), Source.required(name)).ifPresent(all::add);
        }
        return all;
    }

    private Path folder(Path file) {
        return Optional.ofNullable(file.getParent()).orElse(project);
    }

    private Optional<Path> first(Path folder, List<String> candidates) {
        return candidates.stream()
                .flatMap(path -> inside(folder, path).stream())
                .filter(file -> texts.at(file).isPresent())
                .findFirst();
    }
}
