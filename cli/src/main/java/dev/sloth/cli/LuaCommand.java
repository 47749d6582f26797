package dev.sloth.cli;

import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Nearest;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.view.Visible;
import dev.sloth.lua.Lua;
import dev.sloth.lua.Script;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaExit;
import dev.sloth.lua.value.LuaKilled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// `lua`: runs a plain Lua script, without modules and with nothing granted unless said.
final class LuaCommand implements Command {
    private static final List<String> LIBRARIES = List.of("io", "os", "debug");

    /// What is granted alone and belongs to no library.
    private static final List<String> FILES = List.of("dofile", "loadfile");

    private static final String GRANT = "--grant";

    /// Lists the functions of some libraries.
    private static final String FUNCTIONS =
            """
            local names = {}
            for _, library in ipairs { ... } do
                for name, value in pairs(_G[library]) do
                    if type(value) == "function" then
                        names[#names + 1] = library .. "." .. name
                    end
                end
            end
            return unpack(names)
            """;

    private static final int SCRIPT_BYTES_MAX = 64 << 20;

    private static final String TOO_LARGE = "it has more than " + SCRIPT_BYTES_MAX + " bytes";

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "lua",
                        "Runs a plain Lua script. It sees no modules, no files and no processes"
                                + " unless they are granted.");
        spec.addPositional(
                Specs.positionals(
                        "FILE|-",
                        1,
                        Spec.Positionals.MANY,
                        "The script, or - for standard input; then its arguments. Of those, --grant"
                                + " is still ours, unless it stands behind --."));
        spec.addOption(
                Specs.many(
                        "NAME,...",
                        "Grants libraries: io, os, debug, or single functions such as os.exit.",
                        GRANT));
        spec.stopAtPositionalBut(GRANT);
        return Specs.withSettings(spec);
    }

    @Override
    public int run(Given given) {
        var grants = grants(given.many(GRANT));
        var config = given.layers().config();
        var name = given.positionals().getFirst();
        var script = compiled(name, text(name, given.caller()), given.debugging());
        var arguments = given.positionals().subList(1, given.positionals().size());
        try (var plain = PlainState.open(given.caller(), config, grants)) {
            plain.lua().set("arg", argTable(given.positionals()));
            try (var interrupts = plain.interrupts()) {
                given.debugging().ifPresent(d -> d.stoppable().accept(interrupts::ask));
                return call(plain, script, arguments, given.caller(), interrupts);
            }
        }
    }

    private static Map<Integer, String> argTable(List<String> words) {
        var table = new LinkedHashMap<Integer, String>();
        for (int i = 0; i < words.size(); i++) {
            table.put(i, words.get(i));
        }
        return table;
    }

    private static int call(
            PlainState plain,
            Script script,
            List<String> arguments,
            Caller caller,
            Interrupts interrupts) {
        try {
            plain.lua().run(script, arguments.toArray());
            return Exit.OK;
        } catch (LuaExit e) {
            return e.status();
        } catch (LuaError e) {
            caller.complain(error(e));
            return Exit.FAILED;
        } catch (LuaKilled e) {
            caller.complain(List.of("lua: " + Visible.of(e.reason())));
            return interrupts.asked() ? Exit.CANCELLED : Exit.FAILED;
        }
    }

    /// As the `lua` program tells it.
    static List<String> error(LuaError e) {
        var lines = new ArrayList<String>();
        lines.add("lua: " + Visible.of(String.valueOf(e.getMessage())));
        e.traceback().lines().map(Visible::of).forEach(lines::add);
        return lines;
    }

    private static Set<String> grants(List<String> words) {
        var names = new LinkedHashSet<String>();
        var problems = new ArrayList<Problem>();
        for (var word : words) {
            for (var name : word.split(",", -1)) {
                if (LIBRARIES.contains(name)
                        || FILES.contains(name)
                        || functions().contains(name)) {
                    names.add(name);
                } else {
                    problems.add(unknown(name));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        return names;
    }

    private static Problem unknown(String name) {
        var known = new ArrayList<String>(name.contains(".") ? functions() : LIBRARIES);
        known.addAll(FILES);
        return new Problem(
                "SLOTH-9001",
                "--grant '" + name + "': there is nothing of this name to grant",
                Span.NOWHERE,
                Nearest.hint(
                        name,
                        known,
                        "grant io, os or debug, or one of their functions: os.exit; or dofile or"
                                + " loadfile"));
    }

    /// The functions of the libraries that can be granted, such as `os.exit`.
    private static Set<String> functions() {
        var lister = compile("grants", FUNCTIONS.getBytes(StandardCharsets.UTF_8));
        try (var all = Lua.newState(Budget.DEFAULT, new Grants(Set.copyOf(LIBRARIES)))) {
            return all.run(lister, LIBRARIES.toArray()).stream()
                    .map(Object::toString)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static byte[] text(String name, Caller caller) {
        try {
            if (name.equals("-")) {
                var text = caller.in().readNBytes(SCRIPT_BYTES_MAX + 1);
                if (text.length > SCRIPT_BYTES_MAX) {
                    throw unreadable(name, TOO_LARGE);
                }
                return text;
            }
            var file = Target.file(name, caller.folder());
            if (Files.isDirectory(file)) {
                throw unreadable(name, "it is a folder");
            }
            var text = Beginning.of(file, SCRIPT_BYTES_MAX + 1);
            if (text.length > SCRIPT_BYTES_MAX) {
                throw unreadable(name, TOO_LARGE);
            }
            return text;
        } catch (IOException e) {
            throw unreadable(name, FileTrouble.words(e));
        }
    }

    private static Problems unreadable(String name, String why) {
        return new Problems(
                new Problem(
                        "SLOTH-9040",
                        "the script " + name + " cannot be read: " + why,
                        Span.NOWHERE,
                        "give the name of a Lua file, or - for standard input"));
    }

    static Script compile(String name, byte[] text) {
        return compiled(name, text, Optional.empty());
    }

    private static Script compiled(String name, byte[] text, Optional<Debugging> debugging) {
        var shown = name.equals("-") ? "stdin" : name;
        var outcome =
                debugging
                        .map(d -> Script.compile(shown, text, d.debugger()))
                        .orElseGet(() -> Script.compile(shown, text));
        return switch (outcome) {
            case Script.Outcome.Ready(var script) -> script;
            case Script.Outcome.Wrong(var errors) ->
                    throw new Problems(
                            errors.stream()
                                    .map(e ->
                                            new Problem(
                                                    "SLOTH-9041",
                                                    e.message(),
                                                    new Span(
                                                            name,
                                                            e.span().line(),
                                                            e.span().column()),
                                                    e.remedy()))
                                    .toList());
        };
    }
}
