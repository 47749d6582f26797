package dev.sloth.dsl.define;

import dev.sloth.api.value.Value;
import dev.sloth.dsl.bind.Sole;
import dev.sloth.lua.value.MemoryWalk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A task, stage or workflow while the script still writes on it.
final class Draft extends Sole {
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

    /// What one takes, with its key, its place and its handle.
    static final long BYTES = 512;

    private static final int FIELDS_FIRST = 2;
    private static final Given[] NOTHING = {};

    private final Drafts among;
    private final Kind kind;
    private final String base;
    private final String name;
    private final Spot at;
    private final Value.Handle handle;
    private Given[] fields = NOTHING;
    private int count;
    private List<Draft> foundations = List.of();
    private int nth;

    /// @param base its key, but for the number that tells it from earlier ones
    Draft(Drafts among, Kind kind, String base, String name, Spot at) {
        this.among = among;
        this.kind = kind;
        this.base = base;
        this.name = name;
        this.at = at;
        this.handle = new Value.Handle(kind.word(), this);
    }

    Kind kind() {
        return kind;
    }

    /// Distinguishes it from all others of its kind, in each load of the script the same.
    String key() {
        if (nth == 0) {
            among.settle();
        }
        return FunctionPath.key(base, nth);
    }

    String base() {
        return base;
    }

    void number(int among) {
        nth = among;
    }

    /// Whether it was defined by its name alone.
    boolean isBuilt() {
        return base.equals(name);
    }

    /// What scripts have of it.
    Value.Handle handle() {
        return handle;
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
        among.charge(Given.bytes(values));
        int place = place(field);
        if (place == count) {
            if (count == fields.length) {
                fields = Arrays.copyOf(fields, Math.max(FIELDS_FIRST, 2 * count));
            }
            fields[count++] = new Given(this, field, values, spot);
        } else {
            fields[place] =
                    known.grows()
                            ? fields[place].and(values)
                            : new Given(this, field, values, spot);
        }
    }

    /// Notes a field where nobody will ask for its place, or forgets it where nobody will ask for
    /// anything any more; whether that is so.
    boolean isNoted(Fields.Known known, List<Value> values) {
        switch (among.stage()) {
            case READ -> {
                return false;
            }
            case LOADED -> give(known, values, Spot.Nowhere.NOWHERE);
            case RUNNING -> {}
        }
        return true;
    }

    /// Shows a walk what was noted here, and gives the bytes that this takes.
    long visit(MemoryWalk walk) {
        long bytes = BYTES;
        for (int i = 0; i < count; i++) {
            bytes += fields[i].visit(walk);
        }
        return bytes;
    }

    /// Where a field is, or is to come.
    private int place(String field) {
        int place = 0;
        while (place < count && !fields[place].field().equals(field)) {
            place++;
        }
        return place;
    }

    /// Lets what is not given here be taken from another draft.
    void buildOn(Draft foundation) {
        var more = new ArrayList<>(foundations);
        more.add(foundation);
        foundations = more;
    }

    List<Draft> foundations() {
        return foundations;
    }

    /// What was given to a field, here or further down.
    Optional<Given> field(String field) {
        return field(field, 0);
    }

    private Optional<Given> field(String field, int depth) {
        var own = own(field);
        if (own.isPresent() || depth > Definitions.FOUNDATIONS_MAX) {
            return own;
        }
        return foundations.stream()
                .map(below -> below.field(field, depth + 1))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// What was given to a field of this draft itself.
    Optional<Given> own(String field) {
        int place = place(field);
        return place == count ? Optional.empty() : Optional.of(fields[place]);
    }

    @Override
    public String toString() {
        return name;
    }
}
