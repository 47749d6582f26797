package dev.sloth.dsl.define;

import dev.sloth.api.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A task, stage or workflow while the script still writes on it.
final class Draft {
    /// What it will be.
    enum Kind {
        TASK,
        STAGE,
        WORKFLOW;

        String word() {
            return switch (this) {
                case TASK -> "task";
                case STAGE -> "stage";
                case WORKFLOW -> "workflow";
            };
        }
    }

    private final Kind kind;
    private final String key;
    private final String name;
    private final Spot at;
    private final Map<String, Given> fields = new LinkedHashMap<>();
    private final List<Draft> foundations = new ArrayList<>(1);

    /// @param key distinguishes it from all others of its kind, in each load of the script the same
    Draft(Kind kind, String key, String name, Spot at) {
        this.kind = kind;
        this.key = key;
        this.name = name;
        this.at = at;
    }

    Kind kind() {
        return kind;
    }

    String key() {
        return key;
    }

    String name() {
        return name;
    }

    Spot at() {
        return at;
    }

    /// Notes what the script gave to a field; the latest counts, lists grow.
    void give(Fields.Known known, List<Value> values, Spot spot) {
        String field = known.field();
        var before = fields.get(field);
        fields.put(
                field,
                known.grows() && before != null
                        ? before.and(values)
                        : new Given(this, field, values, spot));
    }

    /// Lets what is not given here be taken from another draft.
    void buildOn(Draft foundation) {
        foundations.add(foundation);
    }

    List<Draft> foundations() {
        return foundations;
    }

    /// What was given to a field, here or further down.
    Optional<Given> field(String field) {
        return field(field, 0);
    }

    private Optional<Given> field(String field, int depth) {
        var own = fields.get(field);
        if (own != null || depth > Definitions.FOUNDATIONS_MAX) {
            return Optional.ofNullable(own);
        }
        return foundations.stream()
                .map(below -> below.field(field, depth + 1))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// What was given to this draft itself.
    List<Given> own() {
        return List.copyOf(fields.values());
    }

    @Override
    public String toString() {
        return name;
    }
}
