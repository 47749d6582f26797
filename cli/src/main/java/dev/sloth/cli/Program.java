package dev.sloth.cli;

import dev.sloth.api.workflow.Problems;
import dev.sloth.cli.run.KeptRuns;
import dev.sloth.cli.view.ErrorText;
import dev.sloth.cli.view.Style;
import dev.sloth.core.store.StoreFailure;
import java.util.List;

/// Runs a command, and turns whatever goes wrong into words and an exit code.
final class Program {
    private Program() {}

    static int run(List<String> args, Caller caller) {
        try {
            return Commands.run(args, caller);
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
                caller.errScreen() && caller.environment().getOrDefault("NO_COLOR", "").isEmpty();
        return new ErrorText(caller.folder(), Style.of(coloured));
    }

    private static boolean verbose(List<String> args) {
        return args.contains("-v") || args.contains("--verbose");
    }
}
