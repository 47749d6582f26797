package dev.sloth.agent;

import dev.sloth.agent.mask.Mask;
import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.Events;
import dev.sloth.api.event.Fact;
import dev.sloth.api.event.HookBook;
import dev.sloth.api.event.Watcher;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Outcome.Failure;
import dev.sloth.api.workflow.Span;

/// What an attempt says, without the secrets of its run.
record Masking(Mask mask) {
    /// Whole lines.
    AttemptOutput lines(AttemptOutput output) {
        return mask.isEmpty()
                ? output
                : (attempt, channel, line) -> output.line(attempt, channel, mask.text(line));
    }

    Outcome outcome(Outcome outcome) {
        if (mask.isEmpty()) {
            return outcome;
        }
        var failure = outcome.failure();
        var at = failure.at();
        return new Outcome(
                outcome.status(),
                mask.text(outcome.message()),
                table(outcome.outputs()),
                outcome.changed(),
                new Failure(
                        new Span(mask.text(at.file()), at.line(), at.column()),
                        failure.traceback().stream().map(mask::text).toList(),
                        failure.exitCode()));
    }

    /// Where somebody tells what happened.
    Events events(Events events) {
        if (mask.isEmpty()) {
            return events;
        }
        return new Events() {
            @Override
            public String dispatch(Fact fact) {
                if (mask.hides(fact.type())) {
                    throw new EventRefusal(
                            EventRefusal.Reason.WRONG,
                            "the type of an event is kept and told: it may hold no secret");
                }
                return events.dispatch(
                        new Fact(fact.type(), mask.text(fact.subject()), value(fact.data())));
            }

            @Override
            public String watch(Watcher watcher) {
                boolean said =
                        mask.hides(watcher.target())
                                || mask.hides(watcher.name())
                                || watcher.options().values().stream().anyMatch(mask::hides);
                if (said) {
                    throw new EventRefusal(
                            EventRefusal.Reason.WRONG,
                            "a watcher is kept: what it watches may hold no secret");
                }
                return events.watch(watcher);
            }

            @Override
            public HookBook hooks() {
                return new OpenlyKeptHooks(events.hooks(), mask);
            }
        };
    }

    /// Where scripts keep what others may read.
    SharedState state(SharedState state) {
        return mask.isEmpty() ? state : new OpenlyKeptState(state, mask);
    }

    private Value.Table table(Value.Table table) {
        var masked = new DataTable();
        for (var entry : table.entries()) {
            masked.put(value(entry.key()), value(entry.value()));
        }
        return masked;
    }

    private Value value(Value value) {
        return switch (value) {
            case Text text -> Text.ofBytes(mask.bytes(text.bytes()));
            case Value.Num number when mask.hides(Verdict.text(number)) -> Text.of(Mask.SHOWN);
            case Value.Table table -> table(table);
            case Value.Nil _, Value.Bool _, Value.Num _, Value.Callable _, Value.Handle _ -> value;
        };
    }
}
