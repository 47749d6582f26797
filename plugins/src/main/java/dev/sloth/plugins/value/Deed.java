package dev.sloth.plugins.value;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.util.List;

/// What came of a function that makes something so: whether anything had to be changed, and a
/// sentence about it. A script gets a table and the sentence, or nil and why not.
///
/// @param fields more that the script may want to know
public record Deed(boolean changed, String message, DataTable fields) {
    public static Deed changed(String message) {
        return new Deed(true, message, new DataTable());
    }

    public static Deed unchanged(String message) {
        return new Deed(false, message, new DataTable());
    }

    public Deed with(String name, String value) {
        fields.with(name, value);
        return this;
    }

    public Deed with(String name, double value) {
        fields.with(name, value);
        return this;
    }

    public Deed with(String name, boolean value) {
        fields.with(name, value);
        return this;
    }

    public Deed with(String name, Value value) {
        fields.with(name, value);
        return this;
    }

    /// As a script sees it.
    public List<Value> results() {
        var table =
                new DataTable()
                        .with("changed", changed)
                        .with("success", true)
                        .with("message", message)
                        .with("output", message);
        fields.entries().forEach(field -> table.put(field.key(), field.value()));
        return Results.of(table, Text.of(message));
    }

    /// Does something that waits; what goes wrong with files and connections is told, not raised.
    public static List<Value> results(Host host, Host.Blocking<Deed> work)
            throws InterruptedException {
        try {
            return host.blocking(work).results();
        } catch (IOException e) {
            return Results.fail(Failures.sentence(e));
        }
    }

    /// Declares what [#results] gives; `fields` says what else is in the table.
    public static Function.Builder declared(Function.Builder builder, String fields) {
        return builder.returnsOrNil(
                        "result",
                        Type.TABLE,
                        "A table with changed, success, message and output"
                                + (fields.isEmpty() ? "" : ", and with " + fields)
                                + "; nil if it failed.")
                .returns("message", Type.STRING, "What was done, or why it failed.");
    }
}
