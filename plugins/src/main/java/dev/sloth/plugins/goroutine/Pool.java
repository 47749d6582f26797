package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Concurrency;
import dev.sloth.api.plugin.Concurrency.Ending;
import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// So many functions at once, the others in a queue; every result is kept until the pool is made
/// anew.
final class Pool implements Keeper {
    /// Functions that one pool takes in its life, since it keeps their results.
    static final int SUBMITTED_MAX = 100_000;

    private record Job(Pending pending, Value.Callable function, List<Value> arguments) {}

    private final String name;
    private final int workers;
    private final Concurrency turns;
    private final Map<String, Pending> submitted = new LinkedHashMap<>();
    private final ArrayDeque<Job> queued = new ArrayDeque<>();
    private final Gathering waiting = new Gathering();
    private int active;
    private int completed;
    private int failed;
    private boolean closed;

    Pool(String name, int workers, Concurrency turns) {
        this.name = name;
        this.workers = workers;
        this.turns = turns;
    }

    boolean closed() {
        return closed;
    }

    boolean full() {
        return submitted.size() >= SUBMITTED_MAX;
    }

    /// The id by which the result can be asked for.
    ///
    /// @throws CallFailure when it is the only one and cannot be started
    String submit(Value.Callable function, List<Value> arguments) {
        var id = name + "-" + (submitted.size() + 1);
        var job = new Job(new Pending(), function, arguments);
        if (active == 0) {
            start(job);
        } else {
            queued.add(job);
        }
        submitted.put(id, job.pending());
        startNext();
        return id;
    }

    /// Who has no room waits on: others are at work, and the next to end starts it.
    private void startNext() {
        while (active < workers && !queued.isEmpty()) {
            try {
                start(queued.getFirst());
                queued.removeFirst();
            } catch (CallFailure e) {
                if (active > 0) {
                    return;
                }
                var why = String.valueOf(e.getMessage());
                failed++;
                queued.removeFirst().pending().accept(new Ending.Raised(why, Text.of(why)));
            }
        }
    }

    private void start(Job job) {
        turns.spawn(job.function(), job.arguments(), ending -> ended(job, ending));
        active++;
    }

    private void ended(Job job, Ending ending) {
        active--;
        switch (ending) {
            case Ending.Returned _ -> completed++;
            case Ending.Raised _ -> failed++;
        }
        job.pending().accept(ending);
        startNext();
        if (idle()) {
            waiting.wakeAll();
        }
    }

    private boolean idle() {
        return active == 0 && queued.isEmpty();
    }

    void close() {
        closed = true;
    }

    void awaitIdle() throws InterruptedException {
        boolean _ =
                waiting.await(() -> "pool wait of " + name, this::idle, Limit.none(turns), this);
    }

    Optional<Pending> pending(String id) {
        return Optional.ofNullable(submitted.get(id));
    }

    /// All results in the order of submission; those not ended yet are left out.
    DataTable results() {
        var results = new ArrayList<Value>();
        submitted.forEach((id, pending) -> {
            if (pending.done()) {
                results.add(Pending.table(pending.ending()).with("id", id));
            }
        });
        return DataTable.list(results);
    }

    DataTable stats() {
        return new DataTable()
                .with("name", name)
                .with("workers", workers)
                .with("active", active)
                .with("completed", completed)
                .with("failed", failed)
                .with("queued", queued.size());
    }

    /// How it stands, how each function stands by its id, the results, and what is queued.
    @Override
    public void show(Consumer<Value> each) {
        List.of(workers, active, completed, failed).forEach(n -> each.accept(new Value.Num(n)));
        submitted.forEach((id, pending) -> {
            each.accept(Text.of(id));
            each.accept(Value.Bool.of(pending.done()));
            each.accept(Value.Bool.of(pending.wentWell()));
            pending.show(each);
        });
        for (var job : queued) {
            each.accept(job.function());
            job.arguments().forEach(each);
        }
    }
}
