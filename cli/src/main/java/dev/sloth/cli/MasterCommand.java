package dev.sloth.cli;

import dev.sloth.cli.config.ClusterConfig;
import dev.sloth.core.dispatch.DispatchLimits;
import dev.sloth.master.MasterConfig;
import dev.sloth.master.rpc.RefusalLimits;
import dev.sloth.wire.Protocol;
import java.nio.file.Path;

/// `master`: stays, and has agents.
final class MasterCommand implements Command {
    static final String DATA = "--data";

    private static final String PORT = "--port";

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "master",
                        "Stays, has agents, and runs workflows when their schedules say so.",
                        "",
                        "At its first start it makes an authority and the credentials of an"
                                + " admin in its folder, and says where; nobody but its user"
                                + " may read them. It listens at one port, where everybody is known by"
                                + " a certificate of that authority or joins with a token. Ctrl-C or"
                                + " SIGTERM ends it; agents come back to the next.",
                        "",
                        "For example: `sloth-runner master`, then `sloth-runner agent token"
                                + " create`.");
        spec.addOption(
                Specs.text(
                        "N",
                        "The port to listen at; %d unless said, and 0 takes one that is free."
                                .formatted(Protocol.PORT),
                        PORT));
        spec.addOption(
                Specs.text(
                        "DIR",
                        "The folder of all that it keeps; `master` in the home folder unless said.",
                        DATA));
        spec.addOption(Specs.format("text", "json"));
        return Specs.withSettings(spec);
    }

    @Override
    public boolean answersByLine() {
        return true;
    }

    /// Where a master keeps everything unless told otherwise.
    static Path folder(Caller caller) {
        return caller.home().resolve("master");
    }

    static MasterConfig config(ClusterConfig set, int port, Path data) {
        return MasterConfig.of(VersionCommand.version(), port, data)
                .withBeats(set.heartbeat(), set.reconnectWait())
                .withAgentCertificates(set.agentCertificates())
                .withDispatch(DispatchLimits.DEFAULT.withRest(set.agentRest()))
                .withRefusals(
                        new RefusalLimits(
                                set.refusalsAgain(), set.refusalsTold(), set.refusedJoinsMax()));
    }

    @Override
    public int run(Given given) throws InterruptedException {
        var caller = given.caller();
        var settings = given.layers().config();
        var data = given.has(DATA) ? caller.folder().resolve(given.text(DATA, "")) : folder(caller);
        int port = ClusterWords.number(given, PORT, Protocol.PORT, 0, ClusterWords.PORT_MAX);
        var config = config(settings.cluster(), port, data);
        var news = new ClusterNews(caller, given.documentFormat());
        try (var process = MasterProcess.start(given, settings, config, news);
                var _ = new Interrupts(process::end, () -> {})) {
            process.serve(settings);
        }
        return Exit.OK;
    }
}
