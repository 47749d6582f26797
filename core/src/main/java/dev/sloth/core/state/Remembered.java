package dev.sloth.core.state;

import dev.sloth.api.state.Answer;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.core.journal.DataBytes;
import dev.sloth.core.store.state.StateEdit;
import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateEntry.Kind;
import java.time.Instant;
import java.util.Optional;

/// Remembers what was answered to a request. It is kept in the write that does what was asked for,
/// so either both are there or neither, whatever becomes of this process. What is kept is no state:
/// it is in no namespace, counts for no limit, and nobody is told of it.
final class Remembered implements Once {
    /// Where it is kept. No namespace is called so: those have no control characters.
    static final String SPACE = "\u0001requests";

    /// An answer that takes more than this many bytes is kept until it has come.
    private static final int SMALL = 1_024;

    private static final String DONE = "done";
    private static final String VALUE = "value";
    private static final byte[] HEARD = encoded(Answer.NOT);

    private final Request request;

    Remembered(Request request) {
        this.request = request;
    }

    @Override
    public Optional<Answer> known(StateEdit edit) {
        return edit.entry(SPACE, key(request.number())).map(entry -> decoded(entry.value()));
    }

    private String key(long number) {
        return "%s/%016x".formatted(request.asker(), number);
    }

    @Override
    public void keep(StateEdit edit, Instant now, Answer answer) {
        var key = key(request.number());
        byte[] value = encoded(answer);
        var end = now.plus(Request.REMEMBERED);
        var _ =
                edit.add(
                        new StateEntry(
                                0, SPACE, key, Kind.VALUE, value, 0, value.length, 0, end, now));
        edit.entry(SPACE, key(request.number() - Request.REMEMBERED_MAX)).ifPresent(edit::remove);
        for (long number : request.heard()) {
            edit.entry(SPACE, key(number))
                    .filter(entry -> entry.value().length > SMALL)
                    .ifPresent(entry -> edit.replace(shrunk(entry)));
        }
    }

    /// Still there, so that the request is not done when it comes again.
    private static StateEntry shrunk(StateEntry entry) {
        return new StateEntry(
                entry.number(),
                entry.space(),
                entry.key(),
                entry.kind(),
                HEARD,
                0,
                HEARD.length,
                0,
                entry.expiresAt(),
                entry.changedAt());
    }

    private static byte[] encoded(Answer answer) {
        return DataBytes.of(new DataTable().with(DONE, answer.done()).with(VALUE, answer.value()));
    }

    private static Answer decoded(byte[] bytes) {
        if (DataBytes.read("an answer of shared state", bytes) instanceof Value.Table table) {
            return new Answer(table.at(DONE).truthy(), table.at(VALUE));
        }
        throw new IllegalStateException("an answer is kept as a table");
    }
}
