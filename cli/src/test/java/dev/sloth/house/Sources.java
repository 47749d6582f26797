package dev.sloth.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// The source tree as `TidyTest` sees it: files, types and methods, read by the compiler's own
/// parser.
record Sources(List<File> files, List<Type> types, List<Method> methods) {

    record File(Path path, boolean test, List<String> lines) {
        String name() {
            return path.toString();
        }
    }

    /// `top` is whether it stands directly in its file.
    record Type(Path path, boolean test, String name, boolean top, boolean open, boolean closed) {}

    /// `lines` counts from the opening brace to the closing one, so that tables in annotations are
    /// free.
    record Method(Path path, boolean test, String name, int line, int lines, boolean accessor) {}

    static Sources read(Path root) throws IOException {
        var paths = new ArrayList<Path>();
        try (Stream<Path> modules = Files.list(root)) {
            for (var source :
                    modules.map(m -> m.resolve("src")).filter(Files::isDirectory).toList()) {
                try (Stream<Path> walk = Files.walk(source)) {
                    walk.filter(p -> p.toString().endsWith(".java")).sorted().forEach(paths::add);
                }
            }
        }
        var files = new ArrayList<File>();
        for (var path : paths) {
            files.add(new File(root.relativize(path), isTest(path), Files.readAllLines(path)));
        }
        var types = new ArrayList<Type>();
        var methods = new ArrayList<Method>();
        parse(root, paths, types, methods);
        return new Sources(files, types, methods);
    }

    private static boolean isTest(Path path) {
        return path.toString().contains("/src/test/") || path.toString().contains("/testkit/");
    }

    private static void parse(Path root, List<Path> paths, List<Type> types, List<Method> methods)
            throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    List.of("--release", "25"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(paths));
            var trees = Trees.instance(task);
            for (var unit : task.parse()) {
                var path = root.relativize(Path.of(unit.getSourceFile().toUri()));
                new Walk(unit, trees, path, types, methods).scan(unit, null);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Collects the types and methods of one file.
    private static final class Walk extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final Path path;
        private final List<Type> types;
        private final List<Method> methods;
        private int depth;

        Walk(
                CompilationUnitTree unit,
                Trees trees,
                Path path,
                List<Type> types,
                List<Method> methods) {
            this.unit = unit;
            this.trees = trees;
            this.path = path;
            this.types = types;
            this.methods = methods;
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void none) {
            var flags = tree.getModifiers().getFlags();
            boolean closed =
                    switch (tree.getKind()) {
                        case RECORD, ENUM -> true;
                        default ->
                                flags.contains(Modifier.FINAL) || flags.contains(Modifier.SEALED);
                    };
            if (!tree.getSimpleName().isEmpty()) {
                types.add(
                        new Type(
                                path,
                                isTest(Path.of("/" + path)),
                                tree.getSimpleName().toString(),
                                depth == 0,
                                flags.contains(Modifier.PUBLIC),
                                closed));
            }
            depth++;
            super.visitClass(tree, null);
            depth--;
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable Void none) {
            long start =
                    tree.getBody() == null
                            ? -1
                            : trees.getSourcePositions().getStartPosition(unit, tree.getBody());
            long end = trees.getSourcePositions().getEndPosition(unit, tree);
            if (start >= 0 && end >= 0) {
                var map = unit.getLineMap();
                int first = (int) map.getLineNumber(start);
                int last = (int) map.getLineNumber(end);
                var name = tree.getName().toString();
                boolean overrides =
                        tree.getModifiers().getAnnotations().stream()
                                .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
                boolean accessor =
                        !overrides && tree.getParameters().isEmpty() && name.matches("get[A-Z].*");
                methods.add(
                        new Method(
                                path,
                                isTest(Path.of("/" + path)),
                                name,
                                first,
                                last - first + 1,
                                accessor));
            }
            return super.visitMethod(tree, null);
        }
    }
}
