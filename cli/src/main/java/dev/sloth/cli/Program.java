package dev.sloth.cli;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.view.ErrorText;
import dev.sloth.cli.view.Style;
import dev.sloth.core.security.secret.SecretProblems;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.drive.KeptRuns;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs a command, and turns whatever goes wrong into words and an exit code.
final class Program {
    private static final Problem NO_MEMORY =
            new Problem(
                    "SLOTH-9008",
                    "there is no memory left",
                    Span.NOWHERE,
                    "a run that is kept goes on with `sloth-runner resume last`; give it more"
                            + " memory (JAVA_TOOL_OPTIONS=-Xmx4g), or its scripts less"
                            + " (script.execute_memory)");

    private Program() {}

    /// Threads that nobody waits for must not leave a process behind that does nothing: without
    /// memory it says so and ends at once. Whoever resumes its run finds all that was kept.
    static void endWithoutMemory() {
        // Made now: later there is no memory for it.
        var words =
                "\nerror %s: %s\n  help: %s\n"
                        .formatted(NO_MEMORY.code(), NO_MEMORY.message(), NO_MEMORY.remedy());
        byte[] ready = words.getBytes(StandardCharsets.UTF_8);
        var err = new FileOutputStream(FileDescriptor.err);
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> {
            if (fault instanceof OutOfMemoryError) {
                tell(err, ready);
                Runtime.getRuntime().halt(Exit.FAULT);
            }
            System.getLogger(Program.class.getName())
                    .log(System.Logger.Level.ERROR, "thread " + thread.getName() + " died", fault);
        });
    }

    private static void tell(FileOutputStream err, byte[] words) {
        try {
            err.write(words);
        } catch (IOException _) {
            // Nobody listens.
        }
    }

    /// A command, or a part of one.
    @FunctionalInterface
    interface Work {
        int run() throws InterruptedException;
    }

    static int run(List<String> args, Caller caller) {
        return answered(
                args,
                caller,
                () -> {
                    LostLetters.check(args);
                    return Commands.run(args, caller);
                });
    }

    /// Does some work as a command does it: whatever goes wrong is told.
    static int answered(List<String> args, Caller caller, Work work) {
        try {
            return work.run();
        } catch (Problems e) {
            caller.complain(errors(caller).problems(e.list()));
            return exit(e);
        } catch (StoreFailure e) {
            caller.complain(errors(caller).problems(List.of(StoreProblems.problem(e))));
            if (verbose(args)) {
                caller.complain(ErrorText.stack(e));
            }
            return StoreProblems.exit(e.reason());
        } catch (StateRefusal e) {
            caller.complain(errors(caller).problems(List.of(StateProblems.problem(e))));
            return StateProblems.exit(e);
        } catch (EventRefusal e) {
            caller.complain(errors(caller).problems(List.of(EventProblems.problem(e))));
            return Exit.WRONG;
        } catch (InterruptedException | MasterPatience.Left _) {
            Thread.currentThread().interrupt();
            return Exit.CANCELLED;
        } catch (OutOfMemoryError e) {
            caller.complain(errors(caller).problems(List.of(NO_MEMORY)));
            return Exit.FAULT;
        } catch (Exception | StackOverflowError e) {
            caller.complain(errors(caller).internal(e, verbose(args)));
            return Exit.FAULT;
        } finally {
            caller.out().flush();
            caller.err().flush();
        }
    }

    private static int exit(Problems problems) {
        var told = ClusterProblems.exit(problems.list().getFirst());
        if (told.isPresent()) {
            return told.get();
        }
        boolean held = problems.list().stream().anyMatch(p -> p.code().equals(KeptRuns.HELD));
        if (!held && problems.list().stream().allMatch(Program::isAnswer)) {
            return Exit.FAILED;
        }
        return held ? Exit.REFUSED : Exit.WRONG;
    }

    /// Whether the question was well put and this is the answer.
    private static boolean isAnswer(Problem problem) {
        return StateProblems.isAnswer(problem) || problem.code().equals(SecretProblems.ABSENT);
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
