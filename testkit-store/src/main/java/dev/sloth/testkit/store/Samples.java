package dev.sloth.testkit.store;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.FireClaim;
import dev.sloth.core.store.LogStore.Chunk;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.Progress;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.event.DeliveryRow;
import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateEntry.Kind;
import dev.sloth.core.store.state.StateFact;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Rows to try a store with.
final class Samples {
    /// With nanoseconds: a store must not round.
    static final Instant NOW = Instant.parse("2026-03-29T01:30:00.123456789Z");

    static final Duration TTL = Duration.ofSeconds(10);
    static final Owner FIRST = new Owner("one", "boot-1", 11, 111);
    static final Owner SECOND = new Owner("two", "boot-2", 22, 222);
    static final RunId RUN = new RunId("20260329-013000-a1b2c3");
    static final RunId OTHER = new RunId("20260329-013001-d4e5f6");
    static final Content SCRIPT = content("print('hello')");
    static final Content VALUES = content("region: north");

    static final String SPACE = "space";

    static final Set<DeliveryRow.State> EVERY_STATE = EnumSet.allOf(DeliveryRow.State.class);

    private Samples() {}

    static StateEntry entry(String key) {
        return new StateEntry(0, SPACE, key, Kind.LIST, new byte[0], 1, 2, 0, Instant.MAX, NOW);
    }

    static StateFact fact(String key) {
        var none = new byte[0];
        return new StateFact(
                0,
                SPACE,
                key,
                Kind.LIST,
                new byte[1],
                none,
                new byte[1],
                NOW,
                false,
                NOW,
                "one\ntwo");
    }

    static Content content(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static NewRun run(RunId id) {
        return run(id, "deploy", Map.of("team", "blue"), NOW);
    }

    static NewRun run(RunId id, String workflow, Map<String, String> labels, Instant at) {
        return new NewRun(
                id,
                workflow,
                "/scripts/" + workflow + ".sloth",
                at,
                labels,
                List.of(
                        new RunFile(RunFile.Role.SCRIPT, "/scripts/a.sloth", SCRIPT.sha256()),
                        new RunFile(RunFile.Role.VALUES, "/scripts/v.yaml", VALUES.sha256())),
                List.of(SCRIPT, VALUES),
                FIRST,
                NOW.plus(TTL));
    }

    /// A run that a fire causes.
    static NewRun fired(RunId id, FireClaim cause) {
        return run(id).causedBy(new NewRun.Cause.Fired(cause));
    }

    static Progress progress(String status, boolean ended) {
        return new Progress(status, ended, ended ? "it broke" : "", NOW, 5, 3, 2, 1);
    }

    static Progress running() {
        return progress("running", false);
    }

    static Chapter first() {
        return chapter(1, 2, "first");
    }

    static Chapter chapter(long first, int events, String body) {
        return new Chapter(
                first, events, bytes(body), running(), List.of(), List.of(), List.of(), List.of());
    }

    static Chapter with(
            long first, List<Chapter.Ended> ended, List<Chapter.Timer> timers, List<String> rung) {
        return new Chapter(first, 1, bytes("e" + first), running(), List.of(), ended, timers, rung);
    }

    static Chapter beginning(long first, List<Chapter.Begun> begun) {
        return new Chapter(
                first, 1, bytes("e" + first), running(), begun, List.of(), List.of(), List.of());
    }

    static Chapter last(long first) {
        return new Chapter(
                first,
                1,
                bytes("last"),
                progress("failed", true),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    static AttemptId attempt(RunId run, String task, int number) {
        return new AttemptId(run, new TaskName(task), number);
    }

    static Chunk chunk(AttemptId id, int number) {
        return new Chunk(
                id,
                number,
                number * 10L,
                10,
                number * 100L,
                100,
                NOW.plusSeconds(number),
                NOW.plusSeconds(number).plusNanos(5),
                bytes("chunk " + number + " of " + id));
    }
}
