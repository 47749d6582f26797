package dev.sloth.cli;

import dev.sloth.agent.ExecutorConfig;
import dev.sloth.agent.link.AgentFolder;
import dev.sloth.agent.link.Link;
import dev.sloth.agent.link.LinkNews;
import dev.sloth.agent.link.Orders;
import dev.sloth.agent.link.Self;
import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.agent.remote.MasterLine;
import dev.sloth.agent.remote.RemoteLimits;
import dev.sloth.agent.spool.SpoolLimits;
import dev.sloth.agent.vigil.Telling;
import dev.sloth.agent.vigil.Vigil;
import dev.sloth.agent.work.Bench;
import dev.sloth.agent.work.WorkNews;
import dev.sloth.agent.work.Worker;
import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.Events;
import dev.sloth.api.state.SharedState;
import dev.sloth.cli.config.Config;
import dev.sloth.core.store.Store;
import dev.sloth.master.Master;
import dev.sloth.master.rpc.Sharing;
import dev.sloth.master.run.WorkflowSecrets;
import dev.sloth.master.session.MasterNews;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.WatcherPage;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Joins the parts of masters and of agents, as [Wiring] does those of runs.
final class ClusterWiring {
    private ClusterWiring() {}

    /// What a master works with.
    static Master.Means means(
            MasterSpaces spaces,
            Store store,
            WorkflowSecrets secrets,
            Config config,
            MasterNews news) {
        return new Master.Means(
                store,
                ThisProcess.owner(),
                ThisProcess::fate,
                secrets,
                config.shared().namespace(),
                work -> new Sharing(work, spaces, Sharing.REQUEST_MAX, config.events().maxSeen()),
                new SecureRandom(),
                InstantSource.system(),
                news);
    }

    /// An agent's way to what tasks share at its master.
    static MasterLine line(MasterAddress master, AgentFolder folder) {
        var time = InstantSource.system();
        return new MasterLine(
                master, folder.live(), RemoteLimits.DEFAULT, new SecureRandom(), time);
    }

    /// What an agent watches.
    ///
    /// @param line to the master that is told what is seen
    /// @throws IOException when what it has kept cannot be read
    static Vigil vigil(
            Config config,
            ChildProcesses processes,
            AgentFolder folder,
            MasterLine line,
            Consumer<String> notes)
            throws IOException {
        var limits = new Vigil.Limits(config.events().maxWatchers(), config.events().maxUntold());
        var means =
                new Vigil.Means(
                        processes,
                        Wiring.shell(),
                        fact -> told(line, fact),
                        InstantSource.system(),
                        new SecureRandom(),
                        notes);
        return Vigil.open(folder.path().resolve("watch"), limits, means);
    }

    private static Telling.End told(MasterLine line, byte[] fact) throws InterruptedException {
        try {
            return line.tell(fact) ? Telling.End.TAKEN : Telling.End.REFUSED;
        } catch (EventRefusal _) {
            return Telling.End.AWAY;
        }
    }

    private record SharedAfar(MasterLine line, Vigil vigil)
            implements dev.sloth.agent.work.Sharing {
        @Override
        public SharedState state(String order, List<String> causes) {
            return line.state(order);
        }

        @Override
        public Events.Door events(String order, Path project, List<String> causes) {
            return line.events(order, project, vigil::put);
        }

        @Override
        public WatcherPage watchers(String after, List<String> remove) {
            return vigil.page(after, remove);
        }
    }

    /// An agent's way to its master.
    static Link link(
            Config config,
            MasterAddress master,
            AgentFolder folder,
            Self self,
            LinkNews news,
            Orders orders) {
        return new Link(
                master,
                folder,
                self,
                new SecureRandom(),
                InstantSource.system(),
                news,
                orders,
                config.cluster().absencesAgain());
    }

    /// What does the orders of a master.
    ///
    /// @param line to what tasks share at the master
    /// @param vigil what they have watched
    /// @throws IOException when what it has kept cannot be read
    static Worker worker(
            Config config,
            ChildProcesses processes,
            AgentFolder folder,
            Self self,
            MasterLine line,
            Vigil vigil,
            WorkNews news)
            throws IOException {
        var name = folder.name().orElse(self.host());
        var bench =
                new Bench(
                        folder.path(),
                        Wiring.scripts(config),
                        ExecutorConfig.defaults(name, ZoneId.systemDefault())
                                .killGrace(config.killGrace())
                                .outputsMax(config.outputsMax())
                                .features(config.features()),
                        processes,
                        InstantSource.system(),
                        new SplittableRandom());
        return Worker.open(bench, SpoolLimits.DEFAULT, new SharedAfar(line, vigil), news);
    }
}
