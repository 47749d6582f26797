package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.TimeText;
import dev.sloth.cli.serve.Crew;
import dev.sloth.cli.view.Document;
import dev.sloth.core.store.FireClaim;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.ScheduleRow;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// What is to be done for one fire of a schedule, and what is told of it.
abstract class Fire implements Crew.Work {
    /// How long to wait before a fire is tried again, when the store does not work just now.
    private static final Duration FAULT_PAUSE = Duration.ofSeconds(5);

    private final ScheduleRow schedule;
    private final FireRow row;
    private final ServeNews news;
    private final CountDownLatch cancelled = new CountDownLatch(1);

    Fire(ScheduleRow schedule, FireRow row, ServeNews news) {
        this.schedule = schedule;
        this.row = row;
        this.news = news;
    }

    /// @throws Problems when it cannot be tried again at once
    abstract void drive() throws InterruptedException;

    ScheduleRow schedule() {
        return schedule;
    }

    FireRow row() {
        return row;
    }

    @Override
    public final void run() throws InterruptedException {
        try {
            drive();
        } catch (StoreFailure e) {
            if (e.reason() != StoreFailure.Reason.FENCED) {
                trouble(StoreProblems.problem(e));
            }
        } catch (Problems e) {
            trouble(e.list().getFirst());
        }
    }

    /// Then it is tried again after a while; when that is over sooner, this process is ending.
    private void trouble(Problem problem) throws InterruptedException {
        news.tell(
                news.event("trouble").with("schedule", schedule.name()).with("problem", problem),
                "schedule %s: %s".formatted(schedule.name(), problem));
        boolean _ = cancelled.await(FAULT_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void cancel() {
        cancelled.countDown();
    }

    boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /// @param line for people, after the name of the schedule
    void tell(Document event, String line) {
        news.tell(event, "%s  %s".formatted(schedule.name(), line));
    }

    void tellStarted(String run) {
        tell(about("started", run), "%s started, for %s".formatted(run, TimeText.of(row.at())));
    }

    /// What programs are told.
    ///
    /// @param event a word
    /// @param run empty when there is none
    Document about(String event, String run) {
        return news.event(event)
                .with("schedule", schedule.name())
                .with("at", row.at().toString())
                .with("run", run);
    }

    /// There will be no run of this fire.
    void failed(Store store, FireClaim claim, Problems problems) {
        var why = problems.list().stream().map(Problem::toString).collect(Collectors.joining("; "));
        store.schedules().fail(claim, why);
        tell(
                about("failed", "").with("message", why),
                "cannot start, for %s: %s".formatted(TimeText.of(row.at()), why));
    }
}
