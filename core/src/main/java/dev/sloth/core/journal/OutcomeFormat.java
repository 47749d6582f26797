package dev.sloth.core.journal;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Outcome;

/// Outcomes as JSON; a failure of which nothing is known is left out.
final class OutcomeFormat {
    private OutcomeFormat() {}

    static void write(Pen pen, String name, Outcome outcome) {
        pen.fielded(
                name,
                () -> {
                    pen.word("status", outcome.status());
                    pen.text("message", outcome.message(), "");
                    ValueFormat.write(pen, "outputs", outcome.outputs());
                    pen.flag("changed", outcome.changed(), true);
                    write(pen, outcome.failure());
                });
    }

    private static void write(Pen pen, Outcome.Failure failure) {
        if (!failure.equals(Outcome.Failure.NONE)) {
            pen.fielded(
                    "failure",
                    () -> {
                        PartFormat.write(pen, "at", failure.at());
                        pen.list("traceback", failure.traceback(), pen::text);
                    });
        }
    }

    static Outcome read(Json json) {
        var fields = json.fields();
        return new Outcome(
                fields.word("status", Outcome.Status.values()),
                fields.text("message", ""),
                fields.or("outputs", new DataTable(), ValueFormat::readTable),
                fields.flag("changed", true),
                fields.or("failure", Outcome.Failure.NONE, OutcomeFormat::failure));
    }

    private static Outcome.Failure failure(Json json) {
        var fields = json.fields();
        return new Outcome.Failure(
                PartFormat.span(fields, "at"), PartFormat.texts(fields, "traceback"));
    }
}
