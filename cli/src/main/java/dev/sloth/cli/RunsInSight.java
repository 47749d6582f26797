package dev.sloth.cli;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.RunStore;
import dev.sloth.core.store.Store;
import dev.sloth.drive.KeptRuns;
import dev.sloth.master.afar.Place;
import dev.sloth.master.afar.RemoteStore;
import dev.sloth.master.afar.RunsFromAfar;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// The runs that a command looks at: those that are kept here, or those of a master.
final class RunsInSight implements AutoCloseable {
    private final Store store;
    private final Function<RunId, RunTidings> tidings;
    private final Optional<KeptRuns> here;
    private final RunStore.Fate fate;
    private final InstantSource time;
    private final String options;
    private final Function<AttemptId, List<Place>> places;

    /// @param tidings tells when there is more of a run
    /// @param here those that this process may drive
    /// @param fate what is known of those who drive them
    /// @param time by which they go
    /// @param options what names the master on a command line; empty for those of this machine
    /// @param places where attempts are on agents that go on
    private RunsInSight(
            Store store,
            Function<RunId, RunTidings> tidings,
            Optional<KeptRuns> here,
            RunStore.Fate fate,
            InstantSource time,
            String options,
            Function<AttemptId, List<Place>> places) {
        this.places = places;
        this.store = store;
        this.tidings = tidings;
        this.here = here;
        this.fate = fate;
        this.time = time;
        this.options = options;
    }

    /// Those that the command line names.
    static RunsInSight of(Given given) {
        return MasterOptions.chosen(given) ? afar(given, asking(given)) : here(given);
    }

    /// The same, for who may follow one of them.
    static RunsInSight of(Given given, boolean follows) {
        return follows ? patient(given, new AtomicBoolean()) : of(given);
    }

    /// For who follows one: once it has answered, a master is waited for.
    ///
    /// @param leaving says that nobody wants to wait any more
    static RunsInSight patient(Given given, AtomicBoolean leaving) {
        if (!MasterOptions.chosen(given)) {
            return here(given);
        }
        var asking = asking(given);
        try {
            asking.greet();
        } catch (RuntimeException e) {
            asking.close();
            throw e;
        }
        return afar(given, asking.patiently(MasterPatience.ofRun(given.caller(), leaving)));
    }

    private static RunsInSight here(Given given) {
        var runs = Wiring.keptRuns(given.caller());
        return new RunsInSight(
                runs.store(),
                run -> new NearTidings(runs.store(), run),
                Optional.of(runs),
                runs::fate,
                InstantSource.system(),
                "",
                new KeptPlaces(runs.store())::of);
    }

    /// @param asking is closed with this
    static RunsInSight afar(Given given, RunsFromAfar asking) {
        var remote = new RemoteStore(asking);
        return new RunsInSight(
                remote,
                run -> new AfarTidings(remote, run),
                Optional.empty(),
                remote.fate(),
                remote.time(),
                MasterOptions.again(given),
                asking::places);
    }

    /// To be closed.
    static RunsFromAfar asking(Given given) {
        return RunsFromAfar.open(
                MasterOptions.address(given),
                MasterOptions.credentials(given),
                InstantSource.system());
    }

    /// Whether agents do its tasks.
    boolean byAgents(RunId run) {
        return here.isEmpty() || new KeptPlaces(store).knows(run);
    }

    /// From where the run is followed here.
    Vantage vantage(RunId run) {
        return new Vantage(byAgents(run), options);
    }

    /// Where an attempt is that goes on; nothing of one that is made here.
    List<Place> places(AttemptId id) {
        return places.apply(id);
    }

    Store store() {
        return store;
    }

    RunStore runs() {
        return store.runs();
    }

    /// The one that a user means.
    ///
    /// @throws dev.sloth.api.workflow.Problems when there is none, or when several could be meant
    RunRow run(String word) {
        return WhichRun.of(runs(), word, this::command);
    }

    /// Those that this process may drive; none of a master.
    Optional<KeptRuns> here() {
        return here;
    }

    InstantSource time() {
        return time;
    }

    /// Tells when there is more of a run; to be closed.
    RunTidings news(RunId run) {
        return tidings.apply(run);
    }

    /// How a command about a run goes on that this one names.
    String command(String words) {
        return new Vantage(here.isEmpty(), options).command(words);
    }

    Standing standing(RunRow row) {
        var standing = Standing.of(row, time.instant(), fate);
        if (here.isPresent() || standing.remedy().isEmpty()) {
            return standing;
        }
        var remedy =
                standing.word().equals(Standing.INTERRUPTED)
                        ? "its master goes on with it"
                        : command("runs decide " + row.id());
        return new Standing(standing.word(), standing.driven(), remedy);
    }

    @Override
    public void close() {
        store.close();
    }
}
