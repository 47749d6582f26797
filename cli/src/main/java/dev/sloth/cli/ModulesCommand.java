package dev.sloth.cli;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Nearest;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.view.Annotations;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// `modules`: the reference of what scripts can call, from the declarations themselves.
final class ModulesCommand implements Command {
    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "modules",
                        "Shows the modules that scripts can call, one of them, or one function.");
        spec.addPositional(
                Specs.positionals("NAME", 0, 1, "A module, or MODULE.FUNCTION, such as fs.read."));
        spec.addOption(
                Specs.text(
                        "DIR",
                        "Writes a ---@meta file for each module into this folder, for editors.",
                        "--annotations"));
        spec.addOption(Specs.format("text", "json", "yaml"));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var modules = Wiring.modules();
        if (given.has("--annotations")) {
            return annotate(given, modules);
        }
        if (given.positionals().isEmpty()) {
            show(given, format, Reference.overview(modules), all(modules));
            return Exit.OK;
        }
        one(given, format, modules, given.positionals().getFirst());
        return Exit.OK;
    }

    private static void show(Given given, Format format, List<String> text, Document document) {
        if (format == Format.TEXT) {
            given.caller().print(text);
        } else {
            given.caller().out().print(document.as(format));
        }
    }

    private static Document all(List<Module> modules) {
        return new Document().with("modules", modules.stream().map(Reference::document).toList());
    }

    private static void one(Given given, Format format, List<Module> modules, String name) {
        var module = module(modules, moduleName(modules, name));
        if (module.name().equals(name)) {
            show(given, format, Reference.module(module), Reference.document(module));
            return;
        }
        var function = name.substring(module.name().length() + 1);
        var found =
                function(module.functions(), function)
                        .or(() -> method(module, function))
                        .orElseThrow(() -> noFunction(module, function));
        show(given, format, Reference.function(name, found), Reference.document(name, found));
    }

    /// The part of a name that is a module's: the longest, since modules stand in modules.
    private static String moduleName(List<Module> modules, String name) {
        return modules.stream()
                .map(Module::name)
                .filter(m -> name.equals(m) || name.startsWith(m + ".") || name.startsWith(m + ":"))
                .max(Comparator.comparingInt(String::length))
                .orElseGet(() -> name.split("[.:]", 2)[0]);
    }

    private static Module module(List<Module> modules, String name) {
        var names = modules.stream().map(Module::name).toList();
        return modules.stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new Problems(
                                new Problem(
                                        "SLOTH-9030",
                                        "there is no module '" + name + "'",
                                        Span.NOWHERE,
                                        Nearest.hint(
                                                name,
                                                names,
                                                "`sloth-runner modules` lists them"))));
    }

    private static Optional<Function> function(List<Function> functions, String name) {
        return functions.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    private static Optional<Function> method(Module module, String name) {
        return module.handles().stream()
                .map(HandleType::methods)
                .flatMap(methods -> function(methods, name).stream())
                .findFirst();
    }

    private static Problems noFunction(Module module, String name) {
        var names = module.functions().stream().map(Function::name).toList();
        return new Problems(
                new Problem(
                        "SLOTH-9030",
                        "the module " + module.name() + " has no function '" + name + "'",
                        Span.NOWHERE,
                        Nearest.hint(name, names, "`sloth-runner modules " + module.name() + "`")));
    }

    private static int annotate(Given given, List<Module> modules) {
        var folder = given.caller().folder().resolve(given.text("--annotations", "."));
        try {
            Files.createDirectories(folder);
            for (var module : modules) {
                write(folder.resolve(module.name() + ".lua"), Annotations.of(module));
            }
        } catch (IOException e) {
            throw new Problems(
                    new Problem(
                            "SLOTH-9031",
                            "the annotations cannot be written: " + FileTrouble.words(e),
                            Span.NOWHERE,
                            "give --annotations a folder that can be written to"));
        }
        given.caller().print("wrote " + modules.size() + " files to " + folder);
        return Exit.OK;
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n");
    }
}
