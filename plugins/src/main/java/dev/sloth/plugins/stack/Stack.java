package dev.sloth.plugins.stack;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/// One stack, by its name. What it remembers is in shared state.
record Stack(String name) {
    /// What a stack is called unless it has a name.
    static final String USUAL = "default";

    /// Where all stacks are in shared state.
    private static final String PREFIX = "sloth:stack:";

    /// How often a change is tried anew when others change the same.
    private static final int TRIES_MAX = 100;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern PART = Pattern.compile("[^\\p{Cntrl}/]{1,200}");

    Stack {
        if (!NAME.matcher(name).matches()) {
            throw new CallFailure(
                    "a stack's name has up to 100 letters, digits, dots, dashes and underscores");
        }
    }

    /// The one that the run's values name: their field `stack`.
    static Stack of(Host host) {
        return host.values() instanceof Value.Table values
                        && values.at("stack") instanceof Text given
                ? new Stack(given.toString())
                : new Stack(USUAL);
    }

    String id() {
        return Checksum.of(Text.of(PREFIX + name), Allowance.FREE).substring(0, 32);
    }

    private String outputs() {
        return PREFIX + name + ":outputs";
    }

    private String resources() {
        return PREFIX + name + ":resources";
    }

    private static String field(String type, String name) {
        if (!PART.matcher(type).matches() || !PART.matcher(name).matches()) {
            throw new CallFailure(
                    "the type and the name of a resource have 1 to 200 letters, and no slash");
        }
        return type + "/" + name;
    }

    // ---- outputs

    void output(Call call, String key, Value value) throws InterruptedException, IOException {
        var host = call.host();
        var _ =
                value == Value.Nil.NIL
                        ? act(host, new StateCommand.DropField(outputs(), key))
                        : act(
                                host,
                                new StateCommand.PutField(
                                        outputs(), key, data(value, "output", call)));
    }

    Value output(Host host, String key) throws InterruptedException, IOException {
        return ask(host, new StateCommand.GetField(outputs(), key)).value();
    }

    Value allOutputs(Host host) throws InterruptedException, IOException {
        return ask(host, new StateCommand.Fields(outputs())).value();
    }

    private static Value data(Value value, String where, Allowance allowance) {
        try {
            return Data.copyOf(value, where, allowance);
        } catch (IllegalArgumentException e) {
            throw new CallFailure(String.valueOf(e.getMessage()), e);
        }
    }

    // ---- resources

    /// What registering came to: `created`, `changed` or `unchanged`.
    record Registered(String what, Value resource) {}

    Registered register(Call call, Value.Table wanted) throws InterruptedException, IOException {
        var host = call.host();
        var type = Resource.text(wanted, "type");
        var own = Resource.text(wanted, "name");
        var field = field(type, own);
        var fresh = Resource.of((Value.Table) data(wanted, "resource", call), now(host), call);
        return change(
                host,
                transaction -> {
                    var there =
                            transaction.ask(new StateCommand.GetField(resources(), field)).value();
                    if (!(there instanceof Value.Table old)) {
                        put(transaction, field, fresh);
                        return new Registered("created", fresh);
                    }
                    if (Resource.isSame(old, fresh)) {
                        return new Registered("unchanged", old);
                    }
                    var changed = Resource.replacing(old, fresh);
                    put(transaction, field, changed);
                    return new Registered("changed", changed);
                });
    }

    private void put(SharedState.Transaction transaction, String field, Value resource) {
        var _ = transaction.ask(new StateCommand.PutField(resources(), field, resource));
    }

    Value resource(Host host, String type, String own) throws InterruptedException, IOException {
        return ask(host, new StateCommand.GetField(resources(), field(type, own))).value();
    }

    /// Nil when there is no such resource.
    Value update(Call call, String type, String own, Value.Table changes)
            throws InterruptedException, IOException {
        var host = call.host();
        var field = field(type, own);
        var given = (Value.Table) data(changes, "changes", call);
        Resource.checkState(given);
        return change(
                host,
                transaction -> {
                    var there =
                            transaction.ask(new StateCommand.GetField(resources(), field)).value();
                    if (!(there instanceof Value.Table old)) {
                        return there;
                    }
                    var updated = Resource.updated(old, given, now(host), call);
                    put(transaction, field, updated);
                    return updated;
                });
    }

    boolean delete(Host host, String type, String own) throws InterruptedException, IOException {
        return act(host, new StateCommand.DropField(resources(), field(type, own))).done();
    }

    /// All of a type, or all; sorted by type and name.
    List<Value> all(Host host, String type) throws InterruptedException, IOException {
        return ask(host, new StateCommand.Fields(resources())).value() instanceof Value.Table table
                ? table.entries().stream()
                        .map(Value.Entry::value)
                        .filter(each -> type.isEmpty() || Resource.isOf(each, type))
                        .toList()
                : List.of();
    }

    /// `empty`, `failed` when a resource is, `pending` when one is, else `active`.
    String status(Host host) throws InterruptedException, IOException {
        var all = all(host, "");
        boolean outputs =
                allOutputs(host) instanceof Value.Table table && !table.entries().isEmpty();
        if (all.isEmpty() && !outputs) {
            return "empty";
        }
        if (all.stream().anyMatch(each -> Resource.isIn(each, "failed"))) {
            return "failed";
        }
        return all.stream().anyMatch(each -> Resource.isIn(each, "pending")) ? "pending" : "active";
    }

    // ---- shared state

    private static double now(Host host) {
        return host.time().instant().toEpochMilli() / 1e3;
    }

    private static Answer ask(Host host, StateCommand command)
            throws InterruptedException, IOException {
        try {
            return host.blocking(() -> host.state().ask(command));
        } catch (StateRefusal e) {
            throw new CallFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static Answer act(Host host, StateCommand.Act act)
            throws InterruptedException, IOException {
        executing(host);
        return ask(host, act);
    }

    private static void executing(Host host) {
        if (host.phase() == Host.Phase.DEFINE) {
            throw new CallFailure(
                    "a stack cannot be changed while the script is read for its definitions: do it"
                            + " in a task");
        }
    }

    /// A change that looks first.
    private interface Change<T> {
        T in(SharedState.Transaction transaction);
    }

    private static <T> T change(Host host, Change<T> change)
            throws InterruptedException, IOException {
        executing(host);
        try {
            return host.blocking(() -> {
                for (int i = 0; i < TRIES_MAX; i++) {
                    try (var transaction = host.state().begin()) {
                        var result = change.in(transaction);
                        if (transaction.commit()) {
                            return result;
                        }
                    }
                }
                throw new IOException(
                        "others changed the stack each of " + TRIES_MAX + " times: try again");
            });
        } catch (StateRefusal e) {
            throw new CallFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
