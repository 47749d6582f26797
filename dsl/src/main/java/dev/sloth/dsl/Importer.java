package dev.sloth.dsl;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problems;
import dev.sloth.dsl.bind.Border;
import dev.sloth.dsl.define.Places;
import dev.sloth.lua.value.Activation;
import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.MemoryWalk;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds and runs other files of the project for `import` and `require`; never leaves the project,
/// not through links either. A file runs once, whichever of the two asks for it, and by which name.
final class Importer implements MemoryWalk.Visited, Imprint.Constant {
    private final Border border;
    private final Source source;
    private final Compiled compiled;
    private final Places places;
    private final boolean defining;
    private final Map<String, Path> files = new HashMap<>();
    private final Map<Path, Value> done = new HashMap<>();
    private final Set<Path> underWay = new HashSet<>();
    private final Loading loading;

    Importer(Border border, Source source, Compiled compiled, Places places, boolean defining) {
        this.border = border;
        this.source = source;
        this.compiled = compiled;
        this.places = places;
        this.defining = defining;
        this.loading = new Loading(border.state());
        main(source).ifPresent(underWay::add);
        files.put(source.name(), source.file());
        places.text(source.name(), source.text());
    }

    /// The script that runs already, as `import` would find it.
    private static Optional<Path> main(Source source) {
        try {
            return source.files().find(List.of(source.file()));
        } catch (IOException _) {
            // What cannot be found cannot be imported either.
            return Optional.empty();
        }
    }

    @Override
    public long visit(MemoryWalk walk) {
        return loading.bytes()
                + done.values().stream().mapToLong(value -> Border.kept(value, walk)).sum();
    }

    /// Runs a file at the first asking; gives what it returned.
    Value load(String path) {
        return load(imported(path), path, List.of());
    }

    private Value load(Path file, String shown, List<Value> arguments) {
        var known = done.get(file);
        if (known != null) {
            return known;
        }
        border.state().leavesTrace();
        if (!underWay.add(file)) {
            throw new CallFailure("'" + shown + "' imports itself, in the end");
        }
        try {
            LuaState s = border.state();
            var given = border.toLua(arguments);
            double d = s.first(function(file, shown).call(s, given.d, given.o, given.count));
            Value value = border.toHost(d, s.out);
            done.put(file, value);
            return value;
        } finally {
            underWay.remove(file);
        }
    }

    /// Runs a file for `require`, which gives it the name of the module.
    private final class Loader extends HostFunction {
        private final Path file;

        Loader(Path file, String module) {
            super(module);
            this.file = file;
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            try {
                return border.toLua(load(file, name(), List.of(Text.of(name()))));
            } catch (CallFailure failure) {
                var error = s.error(String.valueOf(failure.getMessage()));
                error.initCause(failure);
                throw error;
            }
        }
    }

    private Path imported(String path) {
        Path folder = folder(importing());
        return inside(folder, Source.imported(path), path)
                .orElseThrow(() ->
                        new CallFailure(
                                "cannot import '%s': there is no such file in %s"
                                        .formatted(path, folder)));
    }

    /// The file whose code is running.
    private Path importing() {
        for (int level = 0; level < border.state().depth; level++) {
            if (border.state().entry(level) instanceof Activation a) {
                return files.getOrDefault(a.chunk(), source.file());
            }
        }
        return source.file();
    }

    private Path folder(Path file) {
        var folder = file.getParent();
        return folder == null ? source.folder() : folder;
    }

    /// The loader of a Lua module of the project.
    Optional<LuaFunction> module(String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return inside(source.folder(), Source.required(name), name)
                .map(found -> new Loader(found, name));
    }

    /// The first file that is there, which must lie in the project; by its real path.
    private Optional<Path> inside(Path folder, List<String> paths, String shown) {
        try {
            var found = source.files().find(paths.stream().map(folder::resolve).toList());
            if (found.isPresent()
                    && !found.get().startsWith(source.files().folder(source.project()))) {
                throw new CallFailure(
                        "'%s' is outside of the project %s".formatted(shown, source.project()));
            }
            return found;
        } catch (InvalidPathException | IOException e) {
            throw new CallFailure("cannot import '" + shown + "': " + e.getMessage(), e);
        }
    }

    private LuaFunction function(Path file, String shown) {
        try {
            String name = name(file);
            byte[] text = source.files().text(file, name);
            loading.read(text);
            files.put(name, file);
            places.text(name, text);
            return loading.compiled(taken -> compiled.of(name, text, taken)).in(border.state());
        } catch (Problems problems) {
            if (defining) {
                throw problems;
            }
            throw new CallFailure(
                    "cannot import '" + shown + "': " + problems.getMessage(), problems);
        }
    }

    private String name(Path real) {
        try {
            return Source.nameOf(source.files().folder(source.project()), real);
        } catch (IOException e) {
            throw new CallFailure("the project's folder is gone: " + e.getMessage(), e);
        }
    }
}
