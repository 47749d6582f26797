package dev.sloth.cli;

import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.Took;
import dev.sloth.core.log.LogLine;
import dev.sloth.core.run.HostShare;
import dev.sloth.master.afar.Place;
import dev.sloth.wire.AgentMeant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// Shows a command that several agents do. Lines go where the command wrote them, all else to the
/// standard error; or all of it is one document in the end.
final class ErrandView {
    /// How many agents are named at once.
    private static final int NAMED_MAX = 50;

    /// How many lines of one agent a document holds.
    private static final int LINES_MAX = 10_000;

    private static final String SUCCEEDED = "succeeded";

    private final Caller caller;
    private final Format format;
    private final RunId run;
    private final Map<String, Part> parts = new LinkedHashMap<>();

    /// Those of which it was told that they are waited for.
    private final Set<String> waiting = new HashSet<>();

    /// What is known of one agent.
    private static final class Part {
        private final AgentMeant agent;
        private final List<Document> lines = new ArrayList<>();
        private boolean waits;
        private boolean away;
        private int more;
        private String status;
        private String message;
        private OptionalInt exitCode = OptionalInt.empty();
        private Duration took = Duration.ZERO;

        Part(AgentMeant agent) {
            this.agent = agent;
            boolean ready = Errand.isReady(agent);
            this.status = ready ? "unknown" : obstacle(agent);
            this.message = ready ? "it is not known what became of it" : "it was not asked";
        }

        private static String obstacle(AgentMeant agent) {
            return agent.state().equals("connected")
                    ? agent.work().replace(' ', '_')
                    : agent.state();
        }

        void ended(HostShare share, Instant at) {
            var outcome = share.outcome();
            status = outcome.status().name().toLowerCase(Locale.ROOT);
            message = outcome.message();
            exitCode =
                    outcome.status() == Outcome.Status.SUCCEEDED
                            ? OptionalInt.of(0)
                            : outcome.failure().exitCode();
            took = share.givenAt().map(given -> between(given, at)).orElse(Duration.ZERO);
        }

        /// The two clocks of the master may differ.
        private static Duration between(Instant from, Instant to) {
            return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
        }

        String text() {
            var words = new StringBuilder(agent.name()).append(": ");
            if (exitCode.isPresent()) {
                words.append("exit code ").append(exitCode.getAsInt());
            } else {
                words.append(standing());
            }
            return took.isZero() ? words.toString() : words + " after " + Took.text(took);
        }

        /// How it ended, and why where that says more.
        private String standing() {
            var how = status.replace('_', ' ');
            var why = message.replaceAll("\\p{Cntrl}", " ");
            if (why.isEmpty() || why.startsWith(how)) {
                return why.isEmpty() ? how : why;
            }
            return how + ", " + why;
        }

        Document document() {
            var document = new Document().with("name", agent.name()).with("status", status);
            exitCode.ifPresent(code -> document.with("exit_code", code));
            return document.with("seconds", took.toMillis() / 1_000.0)
                    .with("message", message)
                    .with("lines", lines)
                    .with("lines_left_out", more);
        }
    }

    ErrandView(Caller caller, Format format, RunId run, List<AgentMeant> meant) {
        this.caller = caller;
        this.format = format;
        this.run = run;
        meant.forEach(agent -> parts.put(agent.name(), new Part(agent)));
    }

    /// Tells who is meant.
    void begin() {
        if (format != Format.TEXT) {
            return;
        }
        var names = parts.keySet().stream().limit(NAMED_MAX).toList();
        int more = parts.size() - names.size();
        caller.complain(
                List.of(
                        "%d agent%s: %s%s"
                                .formatted(
                                        parts.size(),
                                        parts.size() == 1 ? "" : "s",
                                        String.join(", ", names),
                                        more == 0 ? "" : ", and %d more".formatted(more))));
        var out =
                parts.values().stream()
                        .filter(part -> !Errand.isReady(part.agent))
                        .map(Part::text)
                        .toList();
        caller.complain(out);
    }

    /// Tells once what an agent is waited for, and that it has begun after all; and that one which
    /// has it goes away, and is back.
    void placed(Place.Of news) {
        var place = news.place();
        var name = place.agent().isEmpty() ? only() : place.agent();
        var part = parts.get(name);
        if (part == null || format != Format.TEXT) {
            return;
        }
        switch (place.stand()) {
            case WAITS -> {
                if (waiting.add(name)) {
                    part.waits = true;
                    caller.complain(List.of(Delegations.waiting(place)));
                }
            }
            case AWAY -> {
                if (!part.away) {
                    part.away = true;
                    caller.complain(List.of(place.outlook()));
                }
            }
            case SENT -> back(part);
            case TAKEN -> {
                back(part);
                begun(name);
            }
            case OVER -> {}
        }
    }

    private void back(Part part) {
        if (part.away) {
            part.away = false;
            caller.complain(List.of(Delegations.back(part.agent.name())));
        }
    }

    private void begun(String name) {
        var part = parts.get(name);
        if (part != null && part.waits) {
            part.waits = false;
            caller.complain(List.of("started on " + name));
        }
    }

    void line(LogLine line) {
        var name = line.agent().isEmpty() ? only() : line.agent();
        begun(name);
        if (format == Format.TEXT) {
            var text = line.agent().isEmpty() ? name + " | " + line.shown() : line.shown();
            var sink = line.channel().startsWith(LogLine.ERR) ? caller.err() : caller.out();
            sink.print(text + "\n");
            sink.flush();
            return;
        }
        var part = parts.get(name);
        if (part == null || part.lines.size() == LINES_MAX) {
            parts.computeIfPresent(
                    name,
                    (_, full) -> {
                        full.more++;
                        return full;
                    });
            return;
        }
        part.lines.add(
                new Document()
                        .with("channel", line.channel().split("@", 2)[0])
                        .with("text", line.text()));
    }

    /// The one that does it, where there is one.
    private String only() {
        return parts.values().stream()
                .map(part -> part.agent)
                .filter(Errand::isReady)
                .map(AgentMeant::name)
                .findFirst()
                .orElse("");
    }

    /// An agent has said how it ended there, which is shown soon: one that was away is back.
    void answered(HostShare share) {
        var part = parts.get(name(share));
        if (part != null && format == Format.TEXT && Delegations.isAnswer(share)) {
            back(part);
        }
    }

    private String name(HostShare share) {
        return share.host().isEmpty() ? only() : share.host();
    }

    void ended(HostShare share, Instant at) {
        var part = parts.get(name(share));
        if (part != null) {
            if (share.givenAt().isPresent()) {
                begun(part.agent.name());
            }
            part.ended(share, at);
        }
    }

    /// Tells how it ended on each.
    ///
    /// @param otherwise the exit code when it did not end well on all
    /// @return the exit code
    int end(int otherwise) {
        long well = parts.values().stream().filter(p -> p.status.equals(SUCCEEDED)).count();
        if (format == Format.TEXT) {
            caller.complain(
                    parts.values().stream()
                            .filter(part -> Errand.isReady(part.agent))
                            .map(Part::text)
                            .toList());
            caller.complain(List.of("done on %d of %d, run %s".formatted(well, parts.size(), run)));
        } else {
            caller.out()
                    .print(
                            new Document()
                                    .with("run", run)
                                    .with("succeeded", well)
                                    .with("failed", parts.size() - well)
                                    .with(
                                            "hosts",
                                            parts.values().stream().map(Part::document).toList())
                                    .as(format));
        }
        return well == parts.size() ? Exit.OK : otherwise;
    }
}
