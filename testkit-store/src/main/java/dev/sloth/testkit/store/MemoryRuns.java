package dev.sloth.testkit.store;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.AttemptRow;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Claiming;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.RunStore;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import dev.sloth.testkit.store.MemoryDisk.Run;
import dev.sloth.testkit.store.MemoryDisk.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs and their journals in memory.
final class MemoryRuns implements RunStore {
    private final Tables tables;

    MemoryRuns(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Claim submit(NewRun run, Chapter first) {
        if (first.first() != 1) {
            throw conflict(run.id(), first);
        }
        var claim =
                tables.write(edit -> {
                    MemorySchedules.start(edit, tables.disk(), run);
                    add(edit, run, first);
                    return new Claim(run.id(), 1);
                });
        tell();
        return claim;
    }

    private void add(Edit edit, NewRun submitted, Chapter first) {
        var disk = tables.disk();
        if (disk.runs.containsKey(submitted.id())) {
            throw new StoreFailure(
                    Reason.TAKEN, "there is a run %s already".formatted(submitted.id()));
        }
        var standing =
                new Standing(
                        first.progress(),
                        first.events(),
                        submitted.owner().text(),
                        submitted.leaseUntil(),
                        1);
        var run = new Run(disk.nextNumber(), submitted, standing);
        edit.put("add run", disk.runs, run.id(), run);
        edit.put("order run", disk.order, run.number, run);
        addFiles(edit, run, submitted.files(), submitted.contents());
        addPage(edit, run, first);
    }

    private void addFiles(Edit edit, Run run, List<RunFile> files, List<Content> contents) {
        var disk = tables.disk();
        for (var content : contents) {
            if (!disk.contents.containsKey(content.sha256())) {
                edit.put("add content", disk.contents, content.sha256(), content);
            }
            edit.include("need content", run.needed, content.sha256());
        }
        for (var file : files) {
            boolean text = file.role().holdsText();
            if (text && !disk.contents.containsKey(file.content())) {
                throw new StoreFailure(
                        Reason.BROKEN,
                        "the content %s of %s was not handed over"
                                .formatted(file.content(), file.path()));
            }
            if (text) {
                edit.include("need content", run.needed, file.content());
            }
            if (run.files.stream().noneMatch(known -> same(known, file))) {
                edit.add("add file", run.files, file);
            }
        }
    }

    private static boolean same(RunFile one, RunFile other) {
        return one.role() == other.role() && one.path().equals(other.path());
    }

    private void addPage(Edit edit, Run run, Chapter chapter) {
        var page = new Page(chapter.first(), chapter.events(), chapter.body());
        edit.add("add page", run.pages, page);
        MemoryPages.add(edit, tables.disk().journals, run, page);
        for (var begun : chapter.begun()) {
            if (run.attempts.containsKey(begun.id())) {
                throw new StoreFailure(
                        Reason.CONFLICT, "attempt %s has begun before".formatted(begun.id()));
            }
            edit.put("begin attempt", run.attempts, begun.id(), begun(run, begun));
        }
        for (var end : chapter.ended()) {
            var row = run.attempts.get(end.id());
            if (row != null && row.status().equals(AttemptRow.RUNNING)) {
                edit.put("end attempt", run.attempts, end.id(), ended(row, end));
            }
        }
        for (var name : chapter.rung()) {
            edit.remove("unset timer", run.timers, name);
        }
        for (var timer : chapter.timers()) {
            edit.put("set timer", run.timers, timer.name(), timer);
        }
        if (chapter.progress().ended()) {
            for (var name : List.copyOf(run.timers.keySet())) {
                edit.remove("unset timers", run.timers, name);
            }
        }
    }

    private static AttemptRow begun(Run run, Chapter.Begun begun) {
        var owner = run.standing.owner();
        return new AttemptRow(
                begun.id(),
                owner.isEmpty() ? "" : Owner.parse(owner).boot(),
                run.standing.epoch(),
                AttemptRow.RUNNING,
                begun.at(),
                Instant.MAX);
    }

    private static AttemptRow ended(AttemptRow row, Chapter.Ended end) {
        return new AttemptRow(
                row.id(), row.boot(), row.epoch(), end.status(), row.begunAt(), end.at());
    }

    private static StoreFailure conflict(RunId run, Chapter chapter) {
        return new StoreFailure(
                Reason.CONFLICT,
                "event %d is not the next one of run %s".formatted(chapter.first(), run));
    }

    @Override
    public Claiming claim(RunId run, Owner by, Instant now, Duration ttl, Fate fate) {
        while (true) {
            var seen = tables.read("see owner", _ -> tables.find(run).map(r -> r.standing));
            if (seen.isEmpty()) {
                return new Claiming.Unknown();
            }
            if (seen.get().progress().ended()) {
                return new Claiming.Over();
            }
            if (!free(seen.get(), now, fate)) {
                return new Claiming.Held(Owner.parse(seen.get().owner()), seen.get().leaseUntil());
            }
            if (taken(run, seen.get(), by, now.plus(ttl))) {
                return new Claiming.Granted(new Claim(run, seen.get().epoch() + 1));
            }
        }
    }

    private static boolean free(Standing seen, Instant now, Fate fate) {
        if (seen.owner().isEmpty()) {
            return true;
        }
        return switch (fate.of(Owner.parse(seen.owner()))) {
            case GONE -> true;
            case ALIVE -> false;
            case UNKNOWN -> !now.isBefore(seen.leaseUntil());
        };
    }

    private boolean taken(RunId id, Standing seen, Owner by, Instant until) {
        return tables.write(edit -> {
            var run = tables.find(id);
            if (run.isEmpty() || !run.get().standing.equals(seen)) {
                return false;
            }
            stand(edit, "take run", run.get(), seen.taken(by.text(), until));
            return true;
        });
    }

    private static void stand(Edit edit, String name, Run run, Standing standing) {
        edit.set(name, () -> run.standing, s -> run.standing = s, standing);
    }

    @Override
    public void renew(Claim claim, Instant until) {
        tables.write(edit -> {
            var run = tables.claimed(claim);
            stand(edit, "renew lease", run, run.standing.renewed(until));
            return true;
        });
    }

    @Override
    public void release(Claim claim) {
        tables.write(edit -> {
            var run = tables.claimed(claim);
            stand(edit, "release run", run, run.standing.released());
            return true;
        });
    }

    @Override
    public void append(Claim claim, Chapter chapter) {
        tables.write(edit -> {
            var run = tables.claimed(claim);
            if (chapter.first() != run.standing.events() + 1) {
                throw conflict(claim.run(), chapter);
            }
            long events = run.standing.events() + chapter.events();
            stand(edit, "advance run", run, run.standing.advanced(chapter.progress(), events));
            addPage(edit, run, chapter);
            return true;
        });
        tell();
    }

    private void tell() {
        tables.disk().journals.listeners.forEach(Runnable::run);
    }

    @Override
    public List<Page> journal(RunId run, long from, int pagesMax) {
        return tables.read(
                "read journal",
                _ ->
                        tables.find(run).stream()
                                .flatMap(found -> found.pages.stream())
                                .filter(page -> page.first() + page.events() > from)
                                .limit(pagesMax)
                                .toList());
    }

    @Override
    public void snapshot(Claim claim, Snapshot snapshot) {
        tables.write(edit -> {
            var run = tables.claimed(claim);
            edit.set(
                    "keep snapshot",
                    () -> run.snapshot,
                    s -> run.snapshot = s,
                    Optional.of(snapshot));
            return true;
        });
    }

    @Override
    public Optional<Snapshot> snapshot(RunId run) {
        return tables.read("read snapshot", _ -> tables.find(run).flatMap(r -> r.snapshot));
    }

    @Override
    public long bytes(RunId run) {
        return tables.read(
                "see size of run",
                _ -> tables.find(run).stream().mapToLong(MemoryRuns::bytes).sum());
    }

    private static long bytes(Run run) {
        long journal = run.pages.stream().mapToLong(page -> page.body().length).sum();
        return journal + run.snapshot.map(snapshot -> snapshot.body().length).orElse(0);
    }

    @Override
    public void addFiles(Claim claim, List<RunFile> files, List<Content> contents) {
        tables.write(edit -> {
            addFiles(edit, tables.claimed(claim), files, contents);
            return true;
        });
    }

    @Override
    public Optional<RunRow> find(RunId run) {
        return tables.read("find run", _ -> tables.find(run).map(Run::row));
    }

    @Override
    public String askedBy(RunId run) {
        return tables.read(
                "who asked for run",
                _ -> tables.find(run).map(found -> found.submitted.askedBy()).orElse(""));
    }

    @Override
    public List<RunRow> list(RunQuery query) {
        return tables.read("list runs", disk -> list(disk, query));
    }

    private List<RunRow> list(MemoryDisk disk, RunQuery query) {
        var before = query.before().map(this::numberOf).orElse(Long.MAX_VALUE);
        return disk.order.headMap(before, false).descendingMap().values().stream()
                .filter(run -> wanted(run, query))
                .limit(query.limit())
                .map(Run::row)
                .toList();
    }

    private long numberOf(RunId run) {
        return tables.find(run)
                .map(found -> found.number)
                .orElseThrow(() ->
                        new StoreFailure(
                                Reason.CONFLICT,
                                "run %s, where the page before ended, is gone; list again from the newest"
                                        .formatted(run)));
    }

    private static boolean wanted(Run run, RunQuery query) {
        var row = run.submitted;
        return !row.submittedAt().isBefore(query.since())
                && (query.workflow().isEmpty() || query.workflow().equals(row.workflow()))
                && (query.script().isEmpty() || query.script().equals(row.script()))
                && (query.statuses().isEmpty()
                        || query.statuses().contains(run.standing.progress().status()))
                && labelled(row.labels(), query.labels());
    }

    private static boolean labelled(Map<String, String> labels, Map<String, String> wanted) {
        return labels.entrySet().containsAll(wanted.entrySet());
    }

    @Override
    public Optional<Content> content(String sha256) {
        var content = tables.read("read content", d -> Optional.ofNullable(d.contents.get(sha256)));
        content.ifPresent(Content::bytes);
        return content;
    }

    @Override
    public boolean delete(RunId id) {
        return tables.write(edit -> {
            var run = tables.find(id).filter(Run::ended);
            run.ifPresent(found -> delete(edit, found));
            return run.isPresent();
        });
    }

    private void delete(Edit edit, Run run) {
        var disk = tables.disk();
        edit.remove("delete run", disk.runs, run.id());
        edit.remove("delete run", disk.order, run.number);
        MemoryPages.remove(edit, disk.journals, run);
        for (var sha256 : run.needed) {
            if (disk.order.values().stream().noneMatch(r -> r.needed.contains(sha256))) {
                edit.remove("forget content", disk.contents, sha256);
            }
        }
    }
}
