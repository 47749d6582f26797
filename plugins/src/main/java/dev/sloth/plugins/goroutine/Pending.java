package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Concurrency.Ending;
import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A function that was started, and how it ended.
final class Pending implements Consumer<Ending>, Keeper {
    private final Gathering waiting = new Gathering();
    private Optional<Ending> ending = Optional.empty();

    @Override
    public void accept(Ending how) {
        ending = Optional.of(how);
        waiting.wakeAll();
    }

    boolean done() {
        return ending.isPresent();
    }

    /// Whether it has ended, and not by an error.
    boolean wentWell() {
        return ending.filter(Ending.Returned.class::isInstance).isPresent();
    }

    boolean await(Limit limit) throws InterruptedException {
        return waiting.await("await", this::done, limit);
    }

    Ending ending() {
        return ending.orElseThrow();
    }

    /// What it has returned, or failed with.
    @Override
    public void show(Consumer<Value> each) {
        ending.ifPresent(how -> {
            switch (how) {
                case Ending.Returned(var values) -> values.forEach(each);
                case Ending.Raised(var message, var error) -> {
                    each.accept(Text.of(message));
                    each.accept(error);
                }
            }
        });
    }

    /// `true, values...` or `false, error`, as `pcall` gives them.
    static List<Value> results(Ending ending) {
        var results = new ArrayList<Value>();
        switch (ending) {
            case Ending.Returned(var values) -> {
                results.add(Value.Bool.TRUE);
                results.addAll(values);
            }
            case Ending.Raised(_, var error) -> {
                results.add(Value.Bool.FALSE);
                results.add(error);
            }
        }
        return results;
    }

    /// `{success, error, values}`.
    static DataTable table(Ending ending) {
        return switch (ending) {
            case Ending.Returned(var values) ->
                    new DataTable().with("success", true).with("values", DataTable.list(values));
            case Ending.Raised(_, var error) ->
                    new DataTable()
                            .with("success", false)
                            .with("error", error)
                            .with("values", new DataTable());
        };
    }
}
