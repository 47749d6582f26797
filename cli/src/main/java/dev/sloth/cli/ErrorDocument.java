package dev.sloth.cli;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.RunSummary;
import dev.sloth.core.store.StoreFailure;
import java.util.List;

/// What programs are told of an error, on the standard output, when they asked for a document.
/// People are told by others.
final class ErrorDocument {
    private ErrorDocument() {}

    /// Nothing when no document was asked for, also because the format itself is what is wrong.
    ///
    /// @param behindLines whether the answer is a document for each line, of which this is the last
    static void print(Given given, boolean behindLines, Throwable error) {
        print(given, behindLines, problems(error));
    }

    private static void print(Given given, boolean behindLines, List<Problem> problems) {
        var format = Format.named(given.format()).orElse(Format.TEXT);
        var document = RunSummary.invalid(problems);
        switch (format) {
            case TEXT -> {}
            case JSON -> {
                if (behindLines) {
                    given.caller().print(document.line());
                } else {
                    given.caller().out().print(document.json());
                }
            }
            case YAML ->
                    given.caller()
                            .out()
                            .print((behindLines ? "---\n" : "") + document.as(Format.YAML));
        }
    }

    private static List<Problem> problems(Throwable error) {
        return switch (error) {
            case Problems problems -> problems.list();
            case StateRefusal refusal -> List.of(StateProblems.problem(refusal));
            case EventRefusal refusal -> List.of(EventProblems.problem(refusal));
            case StoreFailure failure -> List.of(StoreProblems.problem(failure));
            default ->
                    List.of(
                            new Problem(
                                    "SLOTH-9000",
                                    "a fault in sloth-runner itself: " + error,
                                    Span.NOWHERE,
                                    "please report it with what -v shows"));
        };
    }
}
