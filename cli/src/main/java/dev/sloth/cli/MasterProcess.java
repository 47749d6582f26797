package dev.sloth.cli;

import dev.sloth.cli.config.Config;
import dev.sloth.cli.serve.FactResident;
import dev.sloth.cli.serve.Resident;
import dev.sloth.cli.serve.Residents;
import dev.sloth.drive.KeptRuns;
import dev.sloth.master.Master;
import dev.sloth.master.MasterConfig;
import dev.sloth.master.session.MasterNews;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import dev.sloth.wire.OwnFolder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A master with all that it keeps going: its agents, its schedules, and what reacts to events. Its
/// folder is a home folder of its own.
final class MasterProcess implements AutoCloseable {
    private final SqliteStore store;
    private final MasterSpaces spaces;
    private final Master master;
    private final Reactions reactions;
    private final Residents residents;

    private MasterProcess(
            SqliteStore store,
            MasterSpaces spaces,
            Master master,
            Reactions reactions,
            Residents residents) {
        this.store = store;
        this.spaces = spaces;
        this.master = master;
        this.reactions = reactions;
        this.residents = residents;
    }

    /// @throws dev.sloth.api.workflow.Problems when its folder or its port cannot be had
    static MasterProcess start(Given given, Config config, MasterConfig wanted, ClusterNews news) {
        var time = InstantSource.system();
        // First, so that a folder that was named in vain is a matter of the command line.
        var data = OwnFolder.made(wanted.data());
        var store = SqliteStore.open(data, StoreConfig.DEFAULT, time);
        try {
            GivenSecrets.of(store).sweep(time.instant());
            return started(given, config, wanted, store, news);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static MasterProcess started(
            Given given, Config config, MasterConfig wanted, SqliteStore store, ClusterNews news) {
        var caller = given.caller();
        var spaces = new MasterSpaces(caller.at(wanted.data()), config, store);
        var secrets = new MasterSecrets(caller, config, wanted.data(), store);
        var namespace = config.shared().namespace();
        var events = spaces.events(namespace);
        var facts = new FactResident(told -> events.keepAll("master", told), news::remark);
        MasterNews told =
                event -> {
                    news.tell(event);
                    AgentFacts.of(event).ifPresent(facts::tell);
                };
        var master =
                Master.start(wanted, ClusterWiring.means(spaces, store, secrets, config, told));
        var there = new Given(given.arguments(), caller.at(wanted.data()));
        var runs =
                new KeptRuns(store, ThisProcess.owner(), ThisProcess::fate, InstantSource.system());
        var lines = news.lines();
        var reactions = new Reactions(there.caller(), config, runs, lines, InstantSource.system());
        var launcher = new MasterFires(there, config, store, master.runs(), lines);
        var all = new ArrayList<Resident>(List.of(facts));
        all.addAll(ServeCommand.schedules(config, runs, launcher, lines));
        all.addAll(reactions.residents());
        return new MasterProcess(store, spaces, master, reactions, new Residents(all));
    }

    /// Until it is to end, or something of it fails.
    void serve(Config config) throws InterruptedException {
        residents.serve(config.served().grace());
    }

    /// Ends [#serve], from any thread.
    void end() {
        residents.end();
    }

    @Override
    public void close() {
        // The master first, then what it keeps things in.
        try (store;
                spaces;
                reactions;
                master) {
            residents.end();
        }
    }
}
