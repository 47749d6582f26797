package dev.sloth.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The program.
public final class Main {
    private Main() {}

    /// Runs a command and ends the process.
    public static void main(String[] args) {
        var caller = Caller.ofProcess();
        if (!asksVersion(args)) {
            Program.endWithoutMemory();
        }
        int code = run(args, caller);
        caller.out().flush();
        caller.err().flush();
        System.exit(code);
    }

    /// Runs a command and gives back its exit code. No stream counts as a terminal.
    public static int run(
            String[] args,
            InputStream in,
            PrintStream out,
            PrintStream err,
            Map<String, String> environment,
            Path folder) {
        return run(args, new Caller(in, out, err, environment, folder, false, false));
    }

    /// Answers the version with as few classes as possible, and leaves the rest to others.
    static int run(String[] args, Caller caller) {
        return asksVersion(args)
                ? VersionCommand.print(caller)
                : Program.run(List.of(args), caller);
    }

    private static boolean asksVersion(String[] args) {
        return args.length == 1 && VersionCommand.asked(args[0]);
    }
}
