package dev.sloth.cli;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.cluster.AgentRow;
import dev.sloth.core.store.cluster.ClusterTables;
import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.master.afar.Place;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where agents do the tasks of a run, from the store of their master: who looks at a run in the
/// folder of a master is told the same as who asks that. What it knows and does not keep, as what a
/// task waits for, is missing.
record KeptPlaces(Store store) {
    /// What an order for an attempt is called behind its run, and the agent behind that where there
    /// are several. No task has a slash in its name.
    private static final Pattern ATTEMPT = Pattern.compile("/([^/]+)/(\\d{1,9})(?:@(.*))?");

    /// Whether agents do tasks of the run, or did. Commands that a master calls may run workflows
    /// in its folder by themselves.
    boolean knows(RunId run) {
        return isOfMaster() && (!of(run).isEmpty() || hasEnded(run));
    }

    private boolean isOfMaster() {
        return store.cluster().read(tables -> !tables.masters().isEmpty());
    }

    /// Orders are forgotten with their attempts; the journal still knows them.
    private boolean hasEnded(RunId run) {
        boolean[] seen = {false};
        new RunHistory(store.runs(), run)
                .events(1, (_, event) -> seen[0] |= event instanceof RunEvent.HostEnded);
        return seen[0];
    }

    /// Those of its attempts that go on.
    List<Place.Of> of(RunId run) {
        return store.cluster()
                .read(tables ->
                        tables.ordersOf(run.text()).stream()
                                .flatMap(order -> of(run, order, tables).stream())
                                .toList());
    }

    List<Place> of(AttemptId id) {
        return of(id.run()).stream()
                .filter(place -> place.attempt().equals(id))
                .map(Place.Of::place)
                .toList();
    }

    private static Optional<Place.Of> of(RunId run, OrderRow order, ClusterTables tables) {
        var name = ATTEMPT.matcher(order.id().substring(run.text().length()));
        if (!name.matches()) {
            return Optional.empty();
        }
        var id = new AttemptId(run, new TaskName(name.group(1)), Integer.parseInt(name.group(2)));
        var agent = Optional.ofNullable(name.group(3)).orElse("");
        var on = tables.agent(order.agent()).map(AgentRow::name).orElse(order.agent());
        return Optional.of(
                new Place.Of(
                        id, new Place(agent, stand(order), on, false, order.why(), "", List.of())));
    }

    private static Place.Stand stand(OrderRow order) {
        return switch (order.state()) {
            case GIVEN -> Place.Stand.SENT;
            case ACCEPTED -> Place.Stand.TAKEN;
            case ENDED, GIVEN_UP -> Place.Stand.OVER;
        };
    }
}
