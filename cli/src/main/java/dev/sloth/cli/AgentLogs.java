package dev.sloth.cli;

import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.TimeText;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.master.afar.Patience;
import dev.sloth.wire.Administration;
import dev.sloth.wire.RecentLines;
import dev.sloth.wire.WireProblems;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// `agent logs`: what an agent itself has told lately.
final class AgentLogs implements Command {
    private static final String FOLLOW = "-f";

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// How often an agent is asked for more at once: enough for all that it knows.
    private static final int ROUNDS_MAX = 2 + KeptNews.LINES_MAX / RecentLines.TOLD_MAX;

    /// Of one that comes back.
    private static final Set<String> AWAY =
            Set.of(WireProblems.AGENT_AWAY, WireProblems.AGENT_SILENT);

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "logs",
                        "Shows what an agent itself has told lately.",
                        "",
                        "The agent is asked for the last %d lines that it has written since it was started."
                                        .formatted(KeptNews.LINES_MAX)
                                + " What tasks write is with their runs: `runs logs`.");
        MasterOptions.add(spec);
        spec.addOption(Specs.format("text", "json"));
        spec.addOption(Specs.flag("Goes on with what comes, until Ctrl-C.", FOLLOW, "--follow"));
        spec.addPositional(Specs.positionals("NAME", 1, 1, AgentShow.NAME));
        return spec;
    }

    @Override
    public boolean answersByLine() {
        return true;
    }

    @Override
    public int run(Given given) throws InterruptedException {
        var view = new View(given.caller(), given.documentFormat());
        var name = given.positionals().getFirst();
        try (var administration = AgentFamily.open(given)) {
            var reading = new Reading(administration, name, view);
            reading.all(Patience.NONE);
            var patience = MasterPatience.of(given.caller());
            boolean away = false;
            while (given.has(FOLLOW)) {
                Thread.sleep(LOOK_EVERY);
                try {
                    reading.all(patience);
                    away = false;
                } catch (Problems e) {
                    var problem = e.list().getFirst();
                    if (!AWAY.contains(problem.code())) {
                        throw e;
                    }
                    if (!away) {
                        given.caller().complain(List.of(problem.message()));
                    }
                    away = true;
                }
            }
        }
        return Exit.OK;
    }

    /// How far the lines of an agent were read.
    private static final class Reading {
        private final Administration administration;
        private final String name;
        private final View view;
        private Instant beganAt = Instant.MIN;
        private long last;

        Reading(Administration administration, String name, View view) {
            this.administration = administration;
            this.name = name;
            this.view = view;
        }

        /// Until there are no more now. An agent that was started anew counts anew.
        void all(Patience patience) {
            for (int round = 0; round < ROUNDS_MAX; round++) {
                long after = last;
                var answer = patience.with(() -> administration.lines(name, after));
                if (!answer.beganAt().equals(beganAt)) {
                    boolean first = beganAt.equals(Instant.MIN);
                    beganAt = answer.beganAt();
                    last = 0;
                    if (!first) {
                        continue;
                    }
                }
                if (answer.lines().isEmpty()) {
                    return;
                }
                answer.lines().forEach(view::show);
                last = answer.lines().getLast().number();
            }
        }
    }

    private record View(Caller caller, Format format) {
        void show(RecentLines.Line line) {
            if (format == Format.TEXT) {
                caller.print(
                        TimeText.of(line.at()) + "  " + line.text().replaceAll("\\p{Cntrl}", " "));
            } else {
                caller.print(
                        new Document()
                                .with("number", line.number())
                                .with("at", line.at().toString())
                                .with("text", line.text())
                                .line());
            }
            caller.out().flush();
        }
    }
}
