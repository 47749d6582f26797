package dev.sloth.cli;

import dev.sloth.cli.config.Config;
import dev.sloth.cli.serve.Crew;
import dev.sloth.cli.serve.Launcher;
import dev.sloth.cli.serve.Resident;
import dev.sloth.cli.serve.Residents;
import dev.sloth.cli.serve.ScheduleResident;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.drive.KeptRuns;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// `serve`: stays, runs what schedules say, watches, and lets hooks react.
final class ServeCommand implements Command {
    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "serve",
                        "Stays, runs workflows when their schedules say so, and lets hooks react to"
                                + " events.",
                        "",
                        "It listens to nothing and writes one line for each run that starts and"
                                + " ends, and for each call of a hook. Ctrl-C or SIGTERM ends it: runs may go on for serve.grace"
                                + " and are cancelled then; a second one ends it at once. Runs of"
                                + " a `serve` that was killed are gone on with by the next. Several"
                                + " may serve one home: each time fires once.",
                        "",
                        "For example: `sloth-runner serve -o json >> serve.log`.");
        spec.addOption(Specs.format("text", "json"));
        return Specs.withSettings(spec);
    }

    @Override
    public boolean answersByLine() {
        return true;
    }

    @Override
    public int run(Given given) throws InterruptedException {
        var config = given.layers().config();
        var time = InstantSource.system();
        var news = new ServeNews(given.caller(), given.documentFormat(), time);
        try (var runs = Wiring.keptRuns(given.caller());
                var reactions = new Reactions(given.caller(), config, runs, news, time)) {
            var launcher = new FiredRuns(given, config, runs, news);
            var residents = new ArrayList<>(schedules(config, runs, launcher, news));
            residents.addAll(reactions.residents());
            serve(config, news, new Residents(residents), reactions);
        }
        return Exit.OK;
    }

    /// What runs workflows when their schedules say so, in the order in which it starts.
    static List<Resident> schedules(
            Config config, KeptRuns runs, Launcher launcher, ServeNews news) {
        var crew = new Crew(config.served().maxRuns());
        return List.of(
                crew,
                new ScheduleResident(
                        runs, launcher, crew, InstantSource.system(), e -> trouble(news, e)));
    }

    private static void trouble(ServeNews news, StoreFailure failure) {
        var problem = StoreProblems.problem(failure);
        news.tell(news.event("trouble").with("problem", problem), problem.toString());
    }

    private static void serve(
            Config config, ServeNews news, Residents residents, Reactions reactions)
            throws InterruptedException {
        try (var _ =
                new Interrupts(() -> end(news, residents), () -> reactions.processes().killAll())) {
            news.tell(news.event("serving"), "serving schedules, hooks and watchers; Ctrl-C ends");
            residents.serve(config.served().grace());
            news.tell(news.event("stopped"), "stopped");
        }
    }

    private static void end(ServeNews news, Residents residents) {
        news.tell(news.event("stopping"), "ending; Ctrl-C once more ends at once");
        residents.end();
    }
}
