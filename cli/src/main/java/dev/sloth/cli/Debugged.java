package dev.sloth.cli;

import dev.sloth.cli.debug.Debuggee;
import dev.sloth.cli.debug.Launch;
import dev.sloth.cli.debug.Sources;
import dev.sloth.dsl.Source;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the editor of a caller may have run: what `run` runs, and what `lua` runs.
///
/// @param program what the command line names
/// @param as what the command line says that it is
record Debugged(Caller caller, Optional<String> program, Optional<String> as) implements Debuggee {
    private static final String LUA = "lua";
    private static final String RUN = "run";

    /// What leaves the process in which scripts can be stopped, or is no new run.
    private static final List<String> NOT_HERE =
            List.of(MasterOptions.MASTER, RunByMaster.DETACH, "--resume-last", "--dry-run");

    @Override
    public Prepared prepare(Launch launch) {
        var file =
                launch.program()
                        .or(this::program)
                        .orElseThrow(() ->
                                DebugCommand.wrong(
                                        "no script was named",
                                        "say `program` in the launch configuration, or"
                                                + " `sloth-runner debug FILE`"));
        var folder = DebugCommand.folder(launch.folder(), caller);
        if (!Files.isDirectory(folder)) {
            throw DebugCommand.wrong(
                    "launch: 'cwd' is no folder: " + folder, "name one that is there, or none");
        }
        var word = launch.as().or(this::as).orElse(file.endsWith(".lua") ? LUA : RUN);
        return word.equals(LUA) ? plain(launch, file, folder) : workflow(launch, file, folder);
    }

    /// Looks whether a script is there.
    ///
    /// @throws dev.sloth.api.workflow.Problems when it is not
    Source check(String file, Path folder) {
        return Source.read(Target.file(file, folder));
    }

    private Prepared workflow(Launch launch, String file, Path folder) {
        var source = check(file, folder);
        var words = new ArrayList<>(List.of("-f", file));
        for (var arg : launch.args()) {
            if (NOT_HERE.stream().anyMatch(no -> arg.equals(no) || arg.startsWith(no + "="))) {
                throw DebugCommand.wrong(
                        arg + " cannot be debugged",
                        "debug a new run in this process: leave it out");
            }
            words.add(arg);
        }
        launch.values()
                .forEach((name, value) -> words.addAll(List.of("--var", name + "=" + value)));
        return new Started(new RunCommand(), RUN, words, folder, new Sources(source.project()));
    }

    private Prepared plain(Launch launch, String file, Path folder) {
        var path = check(file, folder).file();
        var words = new ArrayList<String>();
        launch.grants().forEach(grant -> words.addAll(List.of("--grant", grant)));
        words.add("--");
        var sources = new Sources(folder);
        words.add(name(sources, path));
        words.addAll(launch.args());
        return new Started(new LuaCommand(), LUA, words, folder, sources);
    }

    /// Messages and breakpoints know a script by this name.
    private static String name(Sources sources, Path file) {
        return file.startsWith(sources.base())
                ? sources.base().relativize(file).toString()
                : file.toString();
    }

    private final class Started implements Prepared {
        private final Command command;
        private final String name;
        private final List<String> words;
        private final Path folder;
        private final Sources sources;

        Started(Command command, String name, List<String> words, Path folder, Sources sources) {
            this.command = command;
            this.name = name;
            this.words = words;
            this.folder = folder;
            this.sources = sources;
        }

        @Override
        public Sources sources() {
            return sources;
        }

        @Override
        public int run(Around around) {
            var here =
                    new Caller(
                            InputStream.nullInputStream(),
                            around.out(),
                            around.err(),
                            caller.environment(),
                            folder,
                            false,
                            false);
            var debugging = new Debugging(around.debugger(), around.stoppable());
            return Program.answered(
                    words,
                    here,
                    () ->
                            Commands.debugged(
                                    command,
                                    Commands.PROGRAM + " " + name,
                                    words,
                                    here,
                                    debugging));
        }
    }
}
