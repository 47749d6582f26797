package dev.sloth.agent.watch;

import dev.sloth.api.event.Fact;
import dev.sloth.api.event.Watcher;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What happened between two sights of the same thing.
final class Changes {
    private final Watcher watcher;
    private final List<Fact> facts = new ArrayList<>();

    private Changes(Watcher watcher) {
        this.watcher = watcher;
    }

    /// @param before empty when this is the first sight: then only a level that is passed counts
    static List<Fact> between(Watcher watcher, Optional<Sight> before, Sight now) {
        var changes = new Changes(watcher);
        switch (now) {
            case Sight.Files files -> changes.files(before, files);
            case Sight.Running running -> changes.running(before, running);
            case Sight.Listening listening -> changes.listening(before, listening);
            case Sight.Service service -> changes.service(before, service);
            case Sight.Level level -> changes.level(before, level);
            case Sight.Said said -> changes.said(before, said);
        }
        return changes.facts;
    }

    /// Tells of a change if somebody wants to know of it.
    private void tell(String change, String type, String subject, DataTable data) {
        if (watcher.when().contains(change)) {
            facts.add(new Fact(type, subject, data.with("watcher", watcher.name())));
        }
    }

    private void files(Optional<Sight> before, Sight.Files now) {
        if (!(before.orElse(now) instanceof Sight.Files then)) {
            return;
        }
        var paths = new TreeSet<>(then.all().keySet());
        paths.addAll(now.all().keySet());
        for (var path : paths) {
            var old = Optional.ofNullable(then.all().get(path));
            var fresh = Optional.ofNullable(now.all().get(path));
            if (old.isEmpty()) {
                fresh.ifPresent(stamp -> tell("created", "file.created", path, file(path, stamp)));
            } else if (fresh.isEmpty()) {
                tell("deleted", "file.deleted", path, new DataTable().with("path", path));
            } else if (!old.equals(fresh)) {
                tell("changed", "file.modified", path, file(path, fresh.get()));
            }
        }
    }

    private static DataTable file(String path, Sight.Stamp stamp) {
        var data = new DataTable().with("path", path).with("size", (double) stamp.size());
        return stamp.hash().isEmpty() ? data : data.with("sha256", stamp.hash());
    }

    private void running(Optional<Sight> before, Sight.Running now) {
        if (!(before.orElse(now) instanceof Sight.Running then)) {
            return;
        }
        var name = watcher.target();
        if (then.pids().isEmpty() && !now.pids().isEmpty()) {
            var pids = now.pids().stream().map(pid -> new Value.Num((double) pid)).toList();
            tell(
                    "started",
                    "process.started",
                    name,
                    new DataTable().with("process", name).with("pids", DataTable.list(pids)));
        } else if (!then.pids().isEmpty() && now.pids().isEmpty()) {
            tell("stopped", "process.stopped", name, new DataTable().with("process", name));
        }
    }

    private void listening(Optional<Sight> before, Sight.Listening now) {
        if (before.orElse(now).equals(now)) {
            return;
        }
        var change = now.open() ? "opened" : "closed";
        tell(
                change,
                "port." + change,
                watcher.target(),
                new DataTable().with("port", watcher.target()));
    }

    /// One that has failed has stopped for those who do not ask for failures.
    private void service(Optional<Sight> before, Sight.Service now) {
        if (!(before.orElse(now) instanceof Sight.Service then)
                || then.standing() == now.standing()) {
            return;
        }
        boolean wasUp = then.standing() == Sight.Service.Standing.UP;
        switch (now.standing()) {
            case UP -> service("started", now);
            case DOWN -> {
                if (wasUp) {
                    service("stopped", now);
                }
            }
            case FAILED -> {
                boolean wanted = watcher.when().contains("failed");
                if (wanted || wasUp) {
                    service(wanted ? "failed" : "stopped", now);
                }
            }
        }
    }

    private void service(String change, Sight.Service now) {
        tell(
                change,
                "service." + change,
                watcher.target(),
                new DataTable()
                        .with("service", watcher.target())
                        .with("state", now.state())
                        .with("detail", now.detail()));
    }

    private void level(Optional<Sight> before, Sight.Level now) {
        double threshold = Double.parseDouble(watcher.options().getOrDefault("threshold", "0"));
        boolean above = now.percent() > threshold;
        boolean first = before.isEmpty();
        boolean was = before.orElse(now) instanceof Sight.Level then && then.percent() > threshold;
        if (first || above != was) {
            var what = watcher.kind().word();
            tell(
                    above ? "above" : "below",
                    "system." + what + (above ? "_high" : "_low"),
                    what,
                    new DataTable().with("percent", now.percent()).with("threshold", threshold));
        }
    }

    private void said(Optional<Sight> before, Sight.Said now) {
        if (!(before.orElse(now) instanceof Sight.Said then)) {
            return;
        }
        var data =
                new DataTable()
                        .with("exit_code", (double) now.exitCode())
                        .with("output", now.output());
        var subject = watcher.name();
        if (then.exitCode() == 0 && now.exitCode() != 0) {
            tell("failed", "custom.failed", subject, data);
        } else if (then.exitCode() != 0 && now.exitCode() == 0) {
            tell("recovered", "custom.recovered", subject, data);
        } else if (!then.output().equals(now.output())) {
            tell("changed", "custom.changed", subject, data);
        }
    }
}
