package dev.sloth.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.agent.link.AgentFolder;
import dev.sloth.agent.link.Link;
import dev.sloth.agent.link.Orders;
import dev.sloth.agent.link.Self;
import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.agent.remote.MasterLine;
import dev.sloth.agent.vigil.Vigil;
import dev.sloth.agent.work.WorkNews;
import dev.sloth.agent.work.Worker;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.RunId;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.config.Layers;
import dev.sloth.cli.view.Format;
import dev.sloth.core.dispatch.DispatchLimits;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.log.LogQuery;
import dev.sloth.core.log.LogReader;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunStore.Fate.Verdict;
import dev.sloth.core.store.Store;
import dev.sloth.dsl.Source;
import dev.sloth.master.Master;
import dev.sloth.master.MasterConfig;
import dev.sloth.master.rpc.Sharing;
import dev.sloth.master.run.Submission;
import dev.sloth.master.run.WorkflowSecrets;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import dev.sloth.wire.Administration;
import dev.sloth.wire.CredentialsFile;
import dev.sloth.wire.JoinToken;
import dev.sloth.wire.Joining;
import dev.sloth.wire.MasterAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A master and agents that work for it, all in this process, with a real store.
final class Site {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// How many things an agent does at once.
    static final int SLOTS = 4;

    private final Queue<MasterEvent> told = new ConcurrentLinkedQueue<>();

    /// What agents say of their watchers.
    final Queue<String> notes = new ConcurrentLinkedQueue<>();

    private final SecureRandom random = new SecureRandom();
    private final InstantSource time = InstantSource.system();
    private final Map<String, Working> agents = new HashMap<>();
    private final Path folder;
    private final Door door;
    private final Config settings;
    private MasterConfig config;
    private Store store;
    private Master master;

    Site(Path folder) {
        this(folder, new Door(folder));
    }

    Site(Path folder, Door door) {
        this.folder = folder;
        this.door = door;
        this.settings = cliConfig();
        this.config =
                MasterConfig.of("1.0", 0, folder.resolve("master"))
                        .withBeats(Duration.ofSeconds(1), Duration.ofMillis(100))
                        .withDispatch(
                                new DispatchLimits(
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(10)));
        up();
    }

    private Config cliConfig() {
        return Layers.read(folder, Map.of(), Map.of()).config();
    }

    void up() {
        store = SqliteStore.open(config.data(), StoreConfig.DEFAULT, time);
        master =
                Master.start(
                        config,
                        new Master.Means(
                                store,
                                new Owner("host", "boot", 1, 1),
                                _ -> Verdict.GONE,
                                WorkflowSecrets.NONE,
                                "default",
                                work ->
                                        new Sharing(
                                                work,
                                                new MasterSpaces(
                                                        door.caller().at(config.data()),
                                                        settings,
                                                        store),
                                                Sharing.REQUEST_MAX,
                                                settings.events().maxSeen()),
                                random,
                                time,
                                event -> told.add(event)));
        config = config.withPort(master.port());
    }

    /// Ends the master and starts it again, at the port that it had.
    void restart() {
        down();
        up();
    }

    /// Ends the master.
    void down() {
        master.close();
        store.close();
    }

    /// What the master has refused to agents and people.
    List<MasterEvent.Refused> refused() {
        return told.stream()
                .filter(MasterEvent.Refused.class::isInstance)
                .map(MasterEvent.Refused.class::cast)
                .toList();
    }

    /// How much of what an agent saw the master has not taken yet.
    int untold(String agent) {
        return requireNonNull(agents.get(agent)).vigil.untold();
    }

    /// What somebody could ask of the master who has broken into an agent.
    MasterLine line(String agent) {
        return ClusterWiring.line(address(), requireNonNull(agents.get(agent)).kept);
    }

    /// Has an agent take nothing more; gives what it would leave if it ended after so long.
    Worker.Left drain(String agent, Duration after) throws InterruptedException {
        return requireNonNull(agents.get(agent)).worker.drain(after);
    }

    private MasterAddress address() {
        return new MasterAddress("127.0.0.1", config.port());
    }

    /// A command line that asks this master.
    String[] at(String... words) {
        return MasterWords.behind(words, config.port(), config.administrator());
    }

    Door.Answer call(String... words) {
        return door.call(at(words));
    }

    /// @param out where what it says can be seen while it goes on
    Door.Answer call(ByteArrayOutputStream out, String... words) {
        return door.call(out, at(words));
    }

    /// One agent.
    private final class Working {
        private final AgentFolder kept;
        private final ChildProcesses processes;
        private final MasterLine line;
        private final Vigil vigil;
        private final Worker worker;
        private final Link link;
        private final Thread thread;

        Working(String name, Self self) throws IOException {
            this.kept = AgentFolder.open(folder.resolve(name));
            this.processes = Wiring.processes(door.caller(), settings);
            this.line = ClusterWiring.line(address(), kept);
            this.vigil = ClusterWiring.vigil(settings, processes, kept, line, notes::add);
            this.worker =
                    ClusterWiring.worker(
                            settings, processes, kept, self, line, vigil, new Silence());
            var news = new ClusterNews(door.caller(), Format.TEXT).ofLink();
            this.link = new Link(address(), kept, self, random, time, news, worker);
            this.thread = Thread.ofVirtual().start(this::run);
        }

        private void run() {
            try {
                link.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void close() throws InterruptedException {
            link.end();
            thread.join();
            worker.close();
            vigil.close();
            line.close();
            processes.close();
            kept.close();
        }
    }

    /// Joins, unless it has, and works.
    void agent(String name, String... tags) throws Exception {
        var self = new Self("1.0", name, SLOTS);
        if (Files.notExists(folder.resolve(name))) {
            try (var joining = AgentFolder.open(folder.resolve(name))) {
                new Link(address(), joining, self, random, time, _ -> {}, Orders.NONE)
                        .join(token(), new Joining.Wish("1.0", name, List.of(tags), "", SLOTS));
            }
        }
        agents.put(name, new Working(name, self));
        await(() -> connected(name));
    }

    /// It is gone at once, as if it was killed.
    void lose(String name) throws InterruptedException {
        var lost = requireNonNull(agents.remove(name));
        lost.thread.interrupt();
        lost.thread.join();
        lost.close();
    }

    void leave(String name) throws InterruptedException {
        requireNonNull(agents.remove(name)).close();
    }

    private Administration administration() {
        return Administration.open(
                address(),
                new CredentialsFile(config.administrator()).credentials().orElseThrow(),
                time);
    }

    private JoinToken token() {
        try (var administration = administration()) {
            return JoinToken.of(
                    administration.createToken(List.of(), "", Duration.ofHours(1), 1).text());
        }
    }

    private boolean connected(String name) {
        try (var administration = administration()) {
            return administration.agent(name).state().equals("connected");
        }
    }

    /// Something that comes true.
    @FunctionalInterface
    interface Sight {
        boolean seen() throws Exception;
    }

    void await(Sight sight) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!sight.seen()) {
            assertThat(System.nanoTime()).as("in time; %s", told).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /// Submits the first workflow of a script.
    RunId submit(String name, String script) throws IOException {
        var file = Files.createDirectories(folder.resolve("scripts")).resolve(name + ".sloth");
        Files.writeString(file, script);
        var source = Source.read(file);
        var id = new RunId("run-" + name);
        try (var shared = Wiring.stateAndEvents(door.caller(), settings);
                var processes = Wiring.processes(door.caller(), settings)) {
            var around =
                    Wiring.surroundings(settings, source.project(), processes, shared, System.out);
            var defined = Wiring.scripts(settings).define(source, new DataTable(), around);
            var text = Content.of(source.text());
            master.runs()
                    .submit(
                            new Submission(
                                    id,
                                    defined.workflows().getFirst(),
                                    new DataTable(),
                                    file.toString(),
                                    Map.of(),
                                    List.of(
                                            new RunFile(
                                                    RunFile.Role.PROJECT,
                                                    source.project().toString(),
                                                    ""),
                                            new RunFile(
                                                    RunFile.Role.SCRIPT,
                                                    source.file().toString(),
                                                    text.sha256())),
                                    List.of(text),
                                    NewRun.Cause.Asked.UNSEEN));
        }
        return id;
    }

    Store store() {
        return store;
    }

    /// What became of a run, once it has ended.
    RunReport ended(RunId run) throws Exception {
        await(() -> store.runs().find(run).orElseThrow().progress().ended());
        return RunReport.of(new RunHistory(store.runs(), run).state());
    }

    List<String> lines(RunId run) {
        var lines = new ArrayList<String>();
        boolean _ =
                new LogReader(store.logs(), run, LogQuery.ALL)
                        .read(line -> lines.add(line.line().shown()));
        return lines;
    }

    /// Says nothing.
    private static final class Silence implements WorkNews {
        @Override
        public void begins(String order) {}

        @Override
        public void ends(String order, String status) {}

        @Override
        public void trouble(Problem problem) {
            throw new IllegalStateException(problem.message());
        }
    }

    void close() throws InterruptedException {
        for (var agent : List.copyOf(agents.values())) {
            agent.close();
        }
        master.close();
        store.close();
    }
}
