package dev.sloth.testkit.store;

import dev.sloth.core.store.FireClaim;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.FireStatus;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.ScheduleRow;
import dev.sloth.core.store.ScheduleStore;
import dev.sloth.core.store.ScheduleTurn;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Schedules in memory.
final class MemorySchedules implements ScheduleStore {
    private final Tables tables;

    MemorySchedules(Tables tables) {
        this.tables = tables;
    }

    @Override
    public ScheduleRow add(String name, String definition, String by, Instant at) {
        return tables.write(edit -> {
            var disk = tables.disk();
            if (disk.schedules.size() >= SCHEDULES_MAX) {
                throw new StoreFailure(Reason.FULL, "there are too many schedules already");
            }
            if (disk.schedules.containsKey(name)) {
                throw new StoreFailure(Reason.TAKEN, "there is a schedule '" + name + "' already");
            }
            var row =
                    new ScheduleRow(
                            disk.nextNumber(),
                            name,
                            definition,
                            by,
                            at,
                            at,
                            false,
                            Instant.MIN,
                            ScheduleRow.FIRST_TURN);
            edit.put("add schedule", disk.schedules, name, row);
            return row;
        });
    }

    @Override
    public Optional<ScheduleRow> find(String name) {
        return tables.read("find schedule", disk -> Optional.ofNullable(disk.schedules.get(name)));
    }

    @Override
    public List<ScheduleRow> list() {
        return tables.read("list schedules", disk -> List.copyOf(disk.schedules.values()));
    }

    private Optional<ScheduleRow> unchanged(ScheduleRow seen) {
        return Optional.ofNullable(tables.disk().schedules.get(seen.name()))
                .filter(row -> row.number() == seen.number() && row.turn() == seen.turn());
    }

    private static ScheduleRow next(ScheduleRow row, ScheduleRow wanted) {
        return new ScheduleRow(
                row.number(),
                row.name(),
                wanted.definition(),
                row.addedBy(),
                row.addedAt(),
                wanted.considered(),
                wanted.paused(),
                wanted.resumedAt(),
                row.turn() + 1);
    }

    @Override
    public boolean change(ScheduleRow seen, ScheduleRow next) {
        return tables.write(edit -> {
            var row = unchanged(seen);
            row.ifPresent(r ->
                    edit.put("change schedule", tables.disk().schedules, r.name(), next(r, next)));
            return row.isPresent();
        });
    }

    @Override
    public boolean remove(String name) {
        return tables.write(edit -> {
            var disk = tables.disk();
            var row = Optional.ofNullable(disk.schedules.get(name));
            row.ifPresent(r -> {
                edit.remove("remove schedule", disk.schedules, name);
                of(r.number()).forEach(f -> edit.remove("remove fire", disk.fires, f.number()));
            });
            return row.isPresent();
        });
    }

    private List<FireRow> of(long schedule) {
        return tables.disk().fires.values().stream()
                .filter(fire -> fire.schedule() == schedule)
                .toList();
    }

    @Override
    public boolean turn(ScheduleRow seen, ScheduleTurn turn) {
        return tables.write(edit -> {
            var row = unchanged(seen);
            if (row.isEmpty() || !turn.moves().stream().allMatch(m -> fits(seen, m))) {
                return false;
            }
            var disk = tables.disk();
            var was = row.get();
            edit.put("turn schedule", disk.schedules, was.name(), turned(was, turn));
            for (var move : turn.moves()) {
                var fire = fire(move.fire()).orElseThrow();
                edit.put(
                        "move fire",
                        disk.fires,
                        move.fire(),
                        with(fire, move.to(), move.why(), fire.run()));
            }
            turn.fires().forEach(planned -> note(edit, was, turn, planned));
            forget(edit, was.number());
            return true;
        });
    }

    private static ScheduleRow turned(ScheduleRow row, ScheduleTurn turn) {
        return new ScheduleRow(
                row.number(),
                row.name(),
                row.definition(),
                row.addedBy(),
                row.addedAt(),
                turn.considered(),
                row.paused(),
                row.resumedAt(),
                row.turn() + 1);
    }

    private boolean fits(ScheduleRow schedule, ScheduleTurn.Move move) {
        return fire(move.fire())
                .filter(fire -> fire.schedule() == schedule.number())
                .filter(fire -> fire.status() == move.from() && fire.epoch() == move.epoch())
                .isPresent();
    }

    private Optional<FireRow> fire(long number) {
        return Optional.ofNullable(tables.disk().fires.get(number));
    }

    private void note(Edit edit, ScheduleRow row, ScheduleTurn turn, ScheduleTurn.Planned planned) {
        if (of(row.number()).stream().anyMatch(fire -> fire.at().equals(planned.at()))) {
            throw new StoreFailure(Reason.BROKEN, "an instant is decided once: " + planned.at());
        }
        long number = tables.disk().nextNumber();
        var fire =
                new FireRow(
                        number,
                        row.number(),
                        planned.at(),
                        planned.last(),
                        planned.count(),
                        planned.status(),
                        planned.why(),
                        turn.at(),
                        "",
                        Instant.MIN,
                        0,
                        "",
                        "",
                        true);
        edit.put("add fire", tables.disk().fires, number, fire);
    }

    private void forget(Edit edit, long schedule) {
        of(schedule).stream()
                .filter(fire -> !fire.status().open())
                .sorted(Comparator.comparingLong(FireRow::number).reversed())
                .skip(FIRES_KEPT)
                .forEach(fire -> edit.remove("forget fires", tables.disk().fires, fire.number()));
    }

    private static FireRow with(FireRow fire, FireStatus status, String why, String run) {
        return new FireRow(
                fire.number(),
                fire.schedule(),
                fire.at(),
                fire.last(),
                fire.count(),
                status,
                why,
                fire.decidedAt(),
                fire.owner(),
                fire.leaseUntil(),
                fire.epoch(),
                run,
                fire.runStatus(),
                fire.runEnded());
    }

    /// With how its run stands.
    private FireRow shown(FireRow fire) {
        var run = fire.runId().flatMap(tables::find);
        return new FireRow(
                fire.number(),
                fire.schedule(),
                fire.at(),
                fire.last(),
                fire.count(),
                fire.status(),
                fire.why(),
                fire.decidedAt(),
                fire.owner(),
                fire.leaseUntil(),
                fire.epoch(),
                fire.run(),
                run.map(r -> r.standing.progress().status()).orElse(""),
                run.map(MemoryDisk.Run::ended).orElse(true));
    }

    @Override
    public List<FireRow> open() {
        return tables.read(
                "list open fires",
                disk ->
                        disk.fires.values().stream()
                                .filter(fire -> fire.status().open())
                                .map(this::shown)
                                .toList());
    }

    @Override
    public List<FireRow> fires(long schedule, int limit) {
        return tables.read(
                "list fires",
                _ -> of(schedule).reversed().stream().limit(limit).map(this::shown).toList());
    }

    @Override
    public Optional<FireClaim> take(FireRow seen, Owner by, Instant until) {
        return tables.write(edit -> {
            var fire = ready(tables.disk(), new FireClaim(seen.number(), seen.epoch()));
            fire.ifPresent(f ->
                    edit.put(
                            "take fire",
                            tables.disk().fires,
                            f.number(),
                            new FireRow(
                                    f.number(),
                                    f.schedule(),
                                    f.at(),
                                    f.last(),
                                    f.count(),
                                    f.status(),
                                    f.why(),
                                    f.decidedAt(),
                                    by.text(),
                                    until,
                                    f.epoch() + 1,
                                    f.run(),
                                    f.runStatus(),
                                    f.runEnded())));
            return fire.map(f -> new FireClaim(f.number(), f.epoch() + 1));
        });
    }

    private static Optional<FireRow> ready(MemoryDisk disk, FireClaim claim) {
        return Optional.ofNullable(disk.fires.get(claim.fire()))
                .filter(fire -> fire.status() == FireStatus.READY)
                .filter(fire -> fire.epoch() == claim.epoch());
    }

    private static StoreFailure fenced(FireClaim claim) {
        return new StoreFailure(Reason.FENCED, "claim to fire %d is void".formatted(claim.fire()));
    }

    /// Of a run that is being submitted.
    static void start(Edit edit, MemoryDisk disk, NewRun run) {
        switch (run.cause()) {
            case NewRun.Cause.Asked _ -> {}
            case NewRun.Cause.Fired(var claim) -> {
                var fire = ready(disk, claim).orElseThrow(() -> fenced(claim));
                edit.put(
                        "start fire",
                        disk.fires,
                        fire.number(),
                        with(fire, FireStatus.STARTED, fire.why(), run.id().text()));
            }
        }
    }

    @Override
    public void fail(FireClaim claim, String why) {
        tables.write(edit -> {
            var fire = ready(tables.disk(), claim).orElseThrow(() -> fenced(claim));
            edit.put(
                    "fail fire",
                    tables.disk().fires,
                    fire.number(),
                    with(fire, FireStatus.FAILED, why, fire.run()));
            return true;
        });
    }
}
