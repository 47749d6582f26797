package dev.sloth.agent.process;

import dev.sloth.agent.process.ProcessTable.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Processes that belong together, as one look showed them.
///
/// @param rows parents before their children
/// @param groups groups in which nobody else is, that of a parent before those of its children;
///   none in the session of this very process, to which a child belongs until it has begun its own
record Members(List<Row> rows, List<Long> groups) {
    Members {
        rows = List.copyOf(rows);
        groups = List.copyOf(groups);
    }

    /// @param all whoever lived at that moment
    static Members of(Collection<Row> members, List<Row> all) {
        var ours = Set.copyOf(members);
        var rows = parentsFirst(ours);
        long self = ProcessHandle.current().pid();
        var own = all.stream().filter(row -> row.pid() == self).findFirst();
        if (own.isEmpty()) {
            // Whoever does not see itself, as when it has no files left, may not see others either.
            return new Members(rows, List.of());
        }
        var shared = new HashSet<Long>();
        all.stream().filter(row -> !ours.contains(row)).forEach(row -> shared.add(row.group()));
        var groups = new LinkedHashSet<Long>();
        rows.stream()
                .filter(row -> row.session() != own.get().session())
                .map(Row::group)
                .filter(id -> !shared.contains(id))
                .forEach(groups::add);
        return new Members(rows, List.copyOf(groups));
    }

    private static List<Row> parentsFirst(Set<Row> members) {
        var children = new HashMap<Long, List<Row>>();
        var ids = new HashSet<Long>();
        members.forEach(row -> ids.add(row.pid()));
        var next = new ArrayDeque<Row>();
        for (var row : members) {
            if (ids.contains(row.parent())) {
                children.computeIfAbsent(row.parent(), _ -> new ArrayList<>()).add(row);
            } else {
                next.add(row);
            }
        }
        var ordered = new LinkedHashSet<Row>();
        while (!next.isEmpty()) {
            var row = next.remove();
            ordered.add(row);
            next.addAll(children.getOrDefault(row.pid(), List.of()));
        }
        // A look is not one moment: an id given anew in the middle of it may make a circle.
        ordered.addAll(members);
        return List.copyOf(ordered);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /// Those who are in none of these groups.
    List<Row> outside(Collection<Long> some) {
        return rows.stream().filter(row -> !some.contains(row.group())).toList();
    }

    /// Those who are meant. Whoever is not may share a session with them, but no group.
    Members only(Predicate<Row> meant) {
        var left = rows.stream().filter(meant).toList();
        var theirs = new HashSet<Long>();
        left.forEach(row -> theirs.add(row.group()));
        return new Members(left, groups.stream().filter(theirs::contains).toList());
    }
}
