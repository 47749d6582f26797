package dev.sloth.plugins.stack;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.util.List;

/// What is remembered of one resource.
final class Resource {
    /// How a resource may stand.
    private static final List<String> STATES = List.of("pending", "applied", "failed");

    private Resource() {}

    /// @throws CallFailure when the changes name a state that there is not
    static void checkState(Value.Table changes) {
        var state = changes.at("state");
        if (state != Value.Nil.NIL
                && !(state instanceof Text text && STATES.contains(text.toString()))) {
            throw new CallFailure(
                    "state is one of %s, not %s"
                            .formatted(
                                    String.join(", ", STATES),
                                    state instanceof Text text ? "'" + text + "'" : state.type()));
        }
    }

    static String text(Value.Table table, String field) {
        if (table.at(field) instanceof Text text && !text.toString().isBlank()) {
            return text.toString();
        }
        throw new CallFailure("a resource needs " + field + ", a text");
    }

    static DataTable of(Value.Table wanted, double now, Allowance allowance) {
        var properties = orEmpty(wanted.at("properties"));
        return new DataTable()
                .with("type", wanted.at("type"))
                .with("name", wanted.at("name"))
                .with("module", wanted.at("module"))
                .with("properties", properties)
                .with("dependencies", orEmpty(wanted.at("dependencies")))
                .with("checksum", Checksum.of(properties, allowance))
                .with("state", "pending")
                .with("created_at", now)
                .with("updated_at", now);
    }

    private static Value orEmpty(Value given) {
        return given == Value.Nil.NIL ? new DataTable() : given;
    }

    static boolean isSame(Value.Table old, Value.Table fresh) {
        return old.at("checksum").equals(fresh.at("checksum"));
    }

    static DataTable replacing(Value.Table old, DataTable fresh) {
        return fresh.with("created_at", old.at("created_at"));
    }

    /// With another state, error, properties or whatever else was given; what names it stays.
    static DataTable updated(
            Value.Table old, Value.Table changes, double now, Allowance allowance) {
        var all = new DataTable();
        old.entries().forEach(entry -> all.put(entry.key(), entry.value()));
        changes.entries().forEach(entry -> all.put(entry.key(), entry.value()));
        for (var name : new String[] {"type", "name", "created_at"}) {
            all.with(name, old.at(name));
        }
        if (changes.at("error") == Value.Nil.NIL && changes.at("state") != Value.Nil.NIL) {
            all.with("error", Value.Nil.NIL);
        }
        return all.with("checksum", Checksum.of(orEmpty(all.at("properties")), allowance))
                .with("updated_at", now);
    }

    static boolean isOf(Value resource, String type) {
        return resource instanceof Value.Table table && table.at("type").equals(Text.of(type));
    }

    static boolean isIn(Value resource, String state) {
        return resource instanceof Value.Table table && table.at("state").equals(Text.of(state));
    }
}
