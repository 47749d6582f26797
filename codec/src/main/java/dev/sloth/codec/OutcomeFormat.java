package dev.sloth.codec;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Outcome;
import java.util.OptionalInt;

/// Outcomes as JSON; a failure of which nothing is known is left out.
public final class OutcomeFormat {
    private static final String SECTION = "outcome";

    private OutcomeFormat() {}

    /// An outcome as a document of its own.
    ///
    /// @throws IllegalArgumentException when its outputs are not data
    public static byte[] bytes(Outcome outcome) {
        return Documents.single(SECTION, pen -> fields(pen, outcome));
    }

    /// @throws DamagedDocument when they are not what was written
    public static Outcome read(byte[] bytes) {
        return Documents.single(SECTION, bytes, OutcomeFormat::read);
    }

    public static void write(Pen pen, String name, Outcome outcome) {
        pen.name(name);
        fields(pen, outcome);
    }

    private static void fields(Pen pen, Outcome outcome) {
        pen.fielded(() -> {
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
                        failure.exitCode().ifPresent(code -> pen.number("exit", code));
                    });
        }
    }

    public static Outcome read(Json json) {
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
                PartFormat.span(fields, "at"),
                PartFormat.texts(fields, "traceback"),
                fields.all().containsKey("exit")
                        ? OptionalInt.of(fields.count("exit"))
                        : OptionalInt.empty());
    }
}
