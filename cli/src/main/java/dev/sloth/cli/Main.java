package dev.sloth.cli;

import dev.sloth.api.workflow.Problems;
import dev.sloth.cli.run.KeptRuns;
import dev.sloth.cli.view.ErrorText;
import dev.sloth.cli.view.Style;
import dev.sloth.core.store.StoreFailure;
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

    static int run(String[] args, Caller caller) {
        if (args.length == 1 && VersionCommand.asked(args[0])) {
            return VersionCommand.print(caller);
        }
        try {
            return Commands.run(List.of(args), caller);
        } catch (Problems e) {
            caller.complain(errors(caller).problems(e.list()));
            return exit(e);
        } catch (StoreFailure e) {
            caller.complain(errors(caller).problems(List.of(StoreProblems.problem(e))));
            if (verbose(args)) {
                caller.complain(ErrorText.stack(e));
            }
            return StoreProblems.exit(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Exit.CANCELLED;
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            caller.complain(errors(caller).internal(e, verbose(args)));
            return Exit.FAULT;
        } finally {
            caller.out().flush();
            caller.err().flush();
        }
    }

    private static int exit(Problems problems) {
        boolean held = problems.list().stream().anyMatch(p -> p.code().equals(KeptRuns.HELD));
        return held ? Exit.REFUSED : Exit.WRONG;
    }

    /// The settings may be what is wrong, so only the environment is asked for colours.
    private static ErrorText errors(Caller caller) {
        boolean coloured =
                caller.errTerminal() && caller.environment().getOrDefault("NO_COLOR", "").isEmpty();
        return new ErrorText(caller.folder(), Style.of(coloured));
    }

    private static boolean verbose(String[] args) {
        var given = List.of(args);
        return given.contains("-v") || given.contains("--verbose");
    }
}
