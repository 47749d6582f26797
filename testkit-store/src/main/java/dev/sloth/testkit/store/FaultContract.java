package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.FireClaim;
import dev.sloth.core.store.FireStatus;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunFile.Role;
import dev.sloth.core.store.RunStore.Fate.Verdict;
import dev.sloth.core.store.RunStore.Snapshot;
import dev.sloth.core.store.ScheduleTurn;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import dev.sloth.core.store.state.StateEdit;
import dev.sloth.core.store.state.StateItem;
import dev.sloth.core.store.state.StateLock;
import dev.sloth.core.store.state.StateUsage;
import dev.sloth.core.store.state.StateWaiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a store must do when it is stopped, or fails, between any two statements: for every write
/// there is, at every place where it can happen.
public abstract class FaultContract {
    private static final String ANSWER = "answer";

    @TempDir private Path folder;
    private final List<Store> open = new ArrayList<>();
    private int stores;

    /// Opens store number `number`, which has nothing to do with the others: at each call another
    /// handle on it, with faults.
    protected abstract Store open(int number, Consumer<String> beforeStatement);

    private Store opened(int number, Consumer<String> beforeStatement) {
        var store = open(number, beforeStatement);
        open.add(store);
        return store;
    }

    @AfterEach
    final void closeStores() {
        open.forEach(Store::close);
    }

    /// As if the process had been killed.
    private static final class Stopped extends Error {
        private static final long serialVersionUID = 1L;
    }

    /// Lets so many statements pass, then throws.
    private static final class Fuse implements Consumer<String> {
        private final int statements;
        private final RuntimeException failure;
        private final boolean stop;
        private int seen;
        private String last = "";

        Fuse(int statements, boolean stop) {
            this.statements = statements;
            this.stop = stop;
            this.failure = new StoreFailure(Reason.BROKEN, "the disk of this test is broken");
        }

        @Override
        public synchronized void accept(String statement) {
            last = statement;
            if (seen++ == statements && (stop || !statement.equals(ANSWER))) {
                if (stop) {
                    throw new Stopped();
                }
                throw failure;
            }
        }

        synchronized boolean blown() {
            return seen > statements;
        }

        synchronized String last() {
            return last;
        }
    }

    /// A write, given a store with a run that `claim` is for and another that has ended.
    @FunctionalInterface
    private interface Write {
        void to(Store store, Claim claim) throws IOException;
    }

    private Map<String, Write> writes() {
        var id = Samples.attempt(Samples.RUN, "build", 1);
        var begun = Samples.attempt(Samples.RUN, "begun", 1);
        var more = Samples.content("return {}");
        var file = new RunFile(Role.IMPORT, "/lib.lua", more.sha256());
        var submitted = Samples.run(new RunId("third"));
        var all = new LinkedHashMap<String, Write>();
        all.put("submit", (s, _) -> s.runs().submit(submitted, Samples.first()));
        all.put("append", (s, c) -> s.runs().append(c, busy(begun)));
        all.put("renew", (s, c) -> s.runs().renew(c, Samples.NOW.plusSeconds(77)));
        all.put("release", (s, c) -> s.runs().release(c));
        all.put(
                "claim",
                (s, _) ->
                        s.runs()
                                .claim(
                                        Samples.RUN,
                                        Samples.SECOND,
                                        Samples.NOW,
                                        Samples.TTL,
                                        _ -> Verdict.GONE));
        all.put("snapshot", (s, c) -> s.runs().snapshot(c, new Snapshot(3, more.zstd())));
        all.put("files", (s, c) -> s.runs().addFiles(c, List.of(file), List.of(more)));
        all.put("delete", (s, _) -> s.runs().delete(Samples.OTHER));
        all.put("begin", (s, c) -> s.attempts().begin(c, id, "boot", Samples.NOW));
        all.put("ask", (s, _) -> ask(s));
        all.put(
                "answered",
                (s, c) -> s.requests().answered(c, s.requests().of(c.run()).getFirst().number()));
        all.put("log", (s, c) -> s.logs().append(c, Samples.chunk(begun, 1)));
        all.put("delete logs", (s, c) -> s.logs().delete(c.run()));
        all.put("keep", (s, c) -> s.artifacts().keep(c, begun, "a", source("2"), Samples.NOW));
        all.put("state", (s, _) -> s.state().write(FaultContract::state));
        all.put("adopt", (s, c) -> s.artifacts().adopt(c, s.artifacts().of(Samples.OTHER)));
        all.putAll(schedules());
        ReactionWrites.all().forEach((name, write) -> all.put(name, (s, _) -> write.accept(s)));
        return all;
    }

    private static Map<String, Write> schedules() {
        var all = new LinkedHashMap<String, Write>();
        all.put("schedule", (s, _) -> s.schedules().add("new", "{}", "ann", Samples.NOW));
        all.put(
                "change schedule",
                (s, _) -> {
                    var row = s.schedules().find("nightly").orElseThrow();
                    s.schedules().change(row, row);
                });
        all.put("unschedule", (s, _) -> s.schedules().remove("nightly"));
        all.put("turn", (s, _) -> turn(s));
        all.put("take fire", (s, _) -> taken(s));
        all.put("fail fire", (s, _) -> s.schedules().fail(held(s), "gone"));
        all.put(
                "start fire",
                (s, _) ->
                        s.runs()
                                .submit(
                                        Samples.fired(new RunId("third"), held(s)),
                                        Samples.first()));
        return all;
    }

    /// Of the fire that was taken before.
    private static FireClaim held(Store store) {
        var fire = store.schedules().open().getFirst();
        return new FireClaim(fire.number(), fire.epoch());
    }

    private static void taken(Store store) {
        var fire = store.schedules().open().getFirst();
        store.schedules().take(fire, Samples.FIRST, Samples.NOW);
    }

    private static void turn(Store store) {
        var row = store.schedules().find("nightly").orElseThrow();
        var at = row.considered().plusSeconds(1);
        var moves =
                store.schedules().open().stream()
                        .map(f ->
                                new ScheduleTurn.Move(
                                        f.number(), f.status(), f.epoch(), FireStatus.OVER, ""))
                        .toList();
        var planned = ScheduleTurn.Planned.one(at, FireStatus.READY, "");
        store.schedules().turn(row, new ScheduleTurn(at, List.of(planned), moves, Samples.NOW));
    }

    private static boolean state(StateEdit edit) {
        var entry = edit.add(Samples.entry("key"));
        edit.putItem(entry, new StateItem(new byte[1], new byte[1]));
        edit.record(Samples.fact("key"));
        edit.use(Samples.SPACE, new StateUsage(1, 1, 0, Samples.NOW));
        edit.putLock(
                new StateLock(
                        Samples.SPACE, "lock", "ann", edit.token(), Samples.NOW, Samples.NOW));
        edit.enqueue(new StateWaiter(0, Samples.SPACE, "lock", "bob", Samples.NOW, Samples.NOW));
        return true;
    }

    private static Chapter busy(AttemptId begun) {
        return Samples.with(
                4,
                List.of(new Chapter.Ended(begun, "failed", Samples.NOW)),
                List.of(new Chapter.Timer("new", Samples.NOW)),
                List.of("old"));
    }

    private static void ask(Store store) {
        store.requests().ask(Samples.RUN, Request.Kind.CANCEL, "", "ann", Samples.NOW);
    }

    private Path source(String text) {
        try {
            return Files.writeString(folder.resolve("source-" + text), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Claim prepared(Store store) {
        var claim = store.runs().submit(Samples.run(Samples.RUN), Samples.first());
        var other = store.runs().submit(Samples.run(Samples.OTHER), Samples.first());
        var begun = Samples.attempt(Samples.RUN, "begun", 1);
        var timer = new Chapter.Timer("old", Samples.NOW);
        store.runs().append(claim, Samples.with(3, List.of(), List.of(timer), List.of()));
        store.attempts().begin(claim, begun, "boot", Samples.NOW);
        store.logs().append(claim, Samples.chunk(begun, 0));
        ask(store);
        try {
            store.artifacts().keep(claim, begun, "a", source("1"), Samples.NOW);
            var theirs = Samples.attempt(Samples.OTHER, "build", 1);
            store.artifacts().keep(other, theirs, "b", source("b"), Samples.NOW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        store.runs().append(other, Samples.last(3));
        store.schedules().add("nightly", "{}", "ann", Samples.NOW);
        ReactionWrites.prepare(store);
        turn(store);
        taken(store);
        return claim;
    }

    /// A store with the rows that the writes need.
    private final class Prepared {
        private final int number = stores++;
        private final Store healthy = opened(number, _ -> {});
        private final Claim claim = prepared(healthy);
        private final String before = Picture.of(healthy);

        Store faulty(Fuse fuse) {
            return opened(number, fuse);
        }

        boolean changed() {
            return !Picture.of(healthy).equals(before);
        }
    }

    @Test
    void a_write_that_is_stopped_anywhere_has_happened_whole_or_not_at_all() throws IOException {
        for (var write : writes().entrySet()) {
            var whole = new Prepared();
            write.getValue().to(whole.healthy, whole.claim);
            var prepared = new Prepared();
            var places = new ArrayList<String>();
            boolean happened = false;
            while (stopped(prepared, write.getValue(), places)) {
                boolean changed = prepared.changed();
                assertThat(unnumbered(Picture.of(prepared.healthy)))
                        .as("%s, stopped before the last of %s", write.getKey(), places)
                        .isEqualTo(unnumbered(changed ? Picture.of(whole.healthy) : whole.before));
                assertThat(changed || !happened).isTrue();
                happened = changed;
                prepared = changed ? new Prepared() : prepared;
            }
            assertThat(places).as(write.getKey()).contains("commit", ANSWER);
            assertThat(happened).as(write.getKey()).isTrue();
        }
    }

    /// A request that was stopped may use up a number.
    private static String unnumbered(String picture) {
        return picture.replaceAll("number=\\d+", "number=n");
    }

    /// @return whether the write was stopped; then the place is added to `places`
    private static boolean stopped(Prepared prepared, Write write, List<String> places)
            throws IOException {
        var fuse = new Fuse(places.size(), true);
        var faulty = prepared.faulty(fuse);
        try {
            write.to(faulty, prepared.claim);
        } catch (Stopped e) {
            places.add(fuse.last());
            assertThatThrownBy(() -> ask(faulty)).isInstanceOf(StoreFailure.class);
            assertThatThrownBy(() -> faulty.runs().find(Samples.RUN))
                    .isInstanceOf(StoreFailure.class);
            return true;
        }
        assertThat(prepared.changed()).isTrue();
        return fuse.blown();
    }

    @Test
    void a_write_that_fails_anywhere_has_changed_nothing_and_can_be_done_again()
            throws IOException {
        for (var write : writes().entrySet()) {
            var prepared = new Prepared();
            int failures = 0;
            while (failed(prepared, failures, write.getValue())) {
                assertThat(prepared.changed()).as("%s, %d", write.getKey(), failures).isFalse();
                failures++;
            }
            assertThat(prepared.changed()).isTrue();
            assertThat(failures).as(write.getKey()).isPositive();
        }
    }

    private static boolean failed(Prepared prepared, int statements, Write write)
            throws IOException {
        try {
            write.to(prepared.faulty(new Fuse(statements, false)), prepared.claim);
            return false;
        } catch (StoreFailure e) {
            assertThat(e.reason()).isEqualTo(Reason.BROKEN);
            return true;
        }
    }
}
