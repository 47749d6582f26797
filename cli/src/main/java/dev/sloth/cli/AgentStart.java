package dev.sloth.cli;

import dev.sloth.agent.link.Admission;
import dev.sloth.agent.link.AgentFolder;
import dev.sloth.agent.link.Link;
import dev.sloth.agent.link.Orders;
import dev.sloth.agent.link.Self;
import dev.sloth.agent.work.Worker;
import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Problems;
import dev.sloth.wire.JoinToken;
import dev.sloth.wire.Joining;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.WireProblems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// `agent start`: stays, as an agent of a master.
final class AgentStart implements Command {
    private static final String TOKEN = "--token";
    private static final String TOKEN_FILE = "--token-file";
    private static final String STANDARD_INPUT = "-";
    private static final int TOKEN_BYTES_MAX = 1 << 12;
    private static final String NAME = "--name";
    private static final String SLOTS = "--slots";
    private static final int SLOTS_MAX = 10_000;
    private static final String DRAIN = "--drain";
    private static final Duration DRAIN_TIME = Duration.ofSeconds(30);

    /// What counts when an agent joins and never again.
    private static final List<String> SETTLED =
            List.of(NAME, AgentTokenCreate.TAGS, AgentTokenCreate.REGION);

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "start",
                        "Stays, as an agent of a master.",
                        "",
                        "The first time it joins with a token, which also tells it which master to"
                                + " believe; name, tags and region are settled then. From then on"
                                + " its certificate is enough, and is renewed while it runs. Its"
                                + " key is made here and never leaves this machine. Ctrl-C or"
                                + " SIGTERM ends it when what it does is done, a second one at once."
                                + " Commands of tasks are not ended by that: `runs cancel` does.",
                        "",
                        "Whoever sees the processes of this machine sees a token in a command line,"
                                + " until it is used; in a file or on standard input nobody does.",
                        "",
                        "For example: `sloth-runner agent start --master master.example.org"
                                + " --token-file token`.");
        spec.addOption(
                Specs.text(
                        "HOST:PORT",
                        "The master; port %d unless said.".formatted(Protocol.PORT),
                        MasterOptions.MASTER));
        spec.addOption(
                Specs.text(
                        "TOKEN",
                        "What `agent token create` has shown; once only. - reads it from standard"
                                + " input.",
                        TOKEN));
        spec.addOption(Specs.text("FILE", "A file that the token is in.", TOKEN_FILE));
        spec.addOption(
                Specs.text("NAME", "What to be called; the machine's name unless said.", NAME));
        spec.addOption(
                Specs.many(
                        "TAG,...",
                        "What this machine is for; may be given again.",
                        AgentTokenCreate.TAGS));
        spec.addOption(Specs.text("NAME", "Where it is.", AgentTokenCreate.REGION));
        spec.addOption(
                Specs.text(
                        "N",
                        "How many tasks it takes at once; as many as it was last started with, or"
                                + " as there are processors, unless said.",
                        SLOTS));
        spec.addOption(
                Specs.text(
                        "DIR",
                        "The folder of its key and certificate; `agent` in the home folder unless"
                                + " said.",
                        MasterCommand.DATA));
        spec.addOption(
                Specs.text(
                        "TIME",
                        "How long what is being done may take when this is to end; 30s unless"
                                + " said. What takes longer is gone on with at the next start.",
                        DRAIN));
        spec.addOption(Specs.format("text", "json"));
        return spec;
    }

    @Override
    public boolean answersByLine() {
        return true;
    }

    @Override
    public int run(Given given) throws InterruptedException {
        if (!given.has(MasterOptions.MASTER)) {
            throw StateFamily.wrong("say which master", "add --master HOST:PORT");
        }
        if (given.has(TOKEN) && given.has(TOKEN_FILE)) {
            throw StateFamily.wrong("there are two tokens", "give --token or --token-file");
        }
        var master = MasterAddress.of(given.text(MasterOptions.MASTER, ""));
        var config = given.layers().config();
        var news = new ClusterNews(given.caller(), given.documentFormat());
        var data =
                given.has(MasterCommand.DATA)
                        ? given.caller().folder().resolve(given.text(MasterCommand.DATA, ""))
                        : given.caller().home().resolve("agent");
        try (var folder = AgentFolder.open(data)) {
            var self =
                    new Self(VersionCommand.version(), ClusterWords.host(), slots(given, folder));
            var admission = new Admission(folder.credentials(), InstantSource.system().instant());
            var token = token(given, folder, admission, news);
            Runnable join =
                    () ->
                            ClusterWiring.link(
                                            config,
                                            master,
                                            folder,
                                            self,
                                            news.ofLink(),
                                            Orders.NONE)
                                    .join(token.orElseThrow(), wish(given, self));
            if (token.filter(admission::joinsFirst).isPresent()) {
                join.run();
            }
            try {
                work(given, master, folder, self, news);
            } catch (Problems e) {
                if (token.isEmpty() || !admission.joinsAfter(e.list().getFirst())) {
                    throw e;
                }
                join.run();
                work(given, master, folder, self, news);
            }
        }
        news.stopped();
        return Exit.OK;
    }

    /// What was said last holds until something else is said.
    private static int slots(Given given, AgentFolder folder) {
        int kept = folder.slots().orElseGet(() -> Runtime.getRuntime().availableProcessors());
        int slots = ClusterWords.number(given, SLOTS, kept, 1, SLOTS_MAX);
        if (given.has(SLOTS)) {
            folder.keepSlots(slots);
        }
        return slots;
    }

    private static void work(
            Given given, MasterAddress master, AgentFolder folder, Self self, ClusterNews news)
            throws InterruptedException {
        var config = given.layers().config();
        var grace = StateFamily.time(given, DRAIN).orElse(DRAIN_TIME);
        try (var processes = Wiring.processes(given.caller(), config);
                var line = ClusterWiring.line(master, folder);
                var vigil = ClusterWiring.vigil(config, processes, folder, line, news::remark);
                var worker =
                        ClusterWiring.worker(
                                config, processes, folder, self, line, vigil, news.ofWork())) {
            var link = ClusterWiring.link(config, master, folder, self, news.ofLink(), worker);
            try (var _ = SpareMemory.whenever(worker::isIdle);
                    var _ =
                            new Interrupts(
                                    () -> drain(worker, grace, link, news),
                                    link::end,
                                    Interrupts.Started.LEFT)) {
                link.run();
            }
        } catch (IOException e) {
            throw StateFamily.wrong(
                    "what the agent keeps cannot be read: " + FileTrouble.words(e),
                    "look after its folder, or choose another with --data");
        }
    }

    /// What has not ended by then is gone on with by the next start: commands do not end with us.
    private static void drain(Worker worker, Duration grace, Link link, ClusterNews news) {
        news.remark(
                "takes nothing new, and ends when what it does is done; again ends it at once, and"
                        + " commands go on until the next start");
        try {
            var left = worker.drain(grace);
            if (left.undone() > 0) {
                news.remark("what is not done yet is gone on with at the next start");
            }
            if (left.untold() > 0) {
                news.remark(
                        "the master has not taken the results of %d tasks: they are kept here, and told at the next start"
                                .formatted(left.untold()));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        link.end();
    }

    /// What to join with if need be. A token is for machines that are no agent, or whose
    /// certificate is over; the file of it may be gone when it was used.
    private static Optional<JoinToken> token(
            Given given, AgentFolder folder, Admission admission, ClusterNews news) {
        boolean told = given.has(TOKEN) || given.has(TOKEN_FILE);
        boolean there = given.has(TOKEN) || (told && Files.exists(tokenFile(given)));
        if (admission.holds()) {
            if (there) {
                if (unused(given).filter(admission::isElsewhere).isPresent()) {
                    throw folder.ofAnother();
                }
                news.remark("this machine is an agent already; the token was not used");
            }
            if (SETTLED.stream().anyMatch(given::has)) {
                news.remark("name, tags and region stay as they were when this agent joined");
            }
            return Optional.empty();
        }
        if (admission.isOver() && there) {
            news.remark(
                    "by the clock of this machine its certificate is over; the token is used if the"
                            + " master says so too");
        }
        boolean wanted = admission.isOver() ? there : told;
        return wanted ? Optional.of(JoinToken.of(token(given))) : Optional.empty();
    }

    /// One that is not needed only says of which master it is, if it can be read: it may be gone,
    /// or kept from who runs the agent. Standard input, which nobody may end, is left alone.
    private static Optional<JoinToken> unused(Given given) {
        boolean readable =
                given.has(TOKEN)
                        ? !given.text(TOKEN, "").equals(STANDARD_INPUT)
                        : Files.isRegularFile(tokenFile(given))
                                && Files.isReadable(tokenFile(given));
        return readable ? JoinToken.read(token(given)) : Optional.empty();
    }

    private static Path tokenFile(Given given) {
        try {
            return given.caller().folder().resolve(given.text(TOKEN_FILE, ""));
        } catch (InvalidPathException e) {
            throw StateFamily.wrong("--token-file names no file", String.valueOf(e.getMessage()));
        }
    }

    private static String token(Given given) {
        if (given.has(TOKEN) && !given.text(TOKEN, "").equals(STANDARD_INPUT)) {
            return given.text(TOKEN, "");
        }
        try (var in =
                given.has(TOKEN) ? given.caller().in() : Files.newInputStream(tokenFile(given))) {
            return new String(in.readNBytes(TOKEN_BYTES_MAX), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw WireProblems.of(
                    WireProblems.NO_TOKEN,
                    "the token cannot be read: " + FileTrouble.words(e),
                    "name a file that is there and that you may read");
        }
    }

    private static Joining.Wish wish(Given given, Self self) {
        return new Joining.Wish(
                self.version(),
                given.text(NAME, ClusterWords.agentName(self.host())),
                ClusterWords.tags(given, AgentTokenCreate.TAGS),
                given.text(AgentTokenCreate.REGION, ""),
                self.slots());
    }
}
