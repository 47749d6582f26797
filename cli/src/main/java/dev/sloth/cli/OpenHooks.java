package dev.sloth.cli;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.event.Hook;
import dev.sloth.api.event.HookBook;
import dev.sloth.api.event.HookDelivery;
import dev.sloth.api.event.HookWish;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.event.Types;
import dev.sloth.core.hook.Hooks;
import dev.sloth.core.hook.NewHook;
import dev.sloth.core.store.event.DeliveryRow;
import dev.sloth.core.store.event.HookRow;
import dev.sloth.dsl.HookScript;
import dev.sloth.dsl.Source;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The hooks in the home folder, for those who type and for scripts.
///
/// @param open opens them when they are used
record OpenHooks(Supplier<Hooks> open, HookFiles files) implements HookBook {
    /// As [#put], for those who want to know all that is wrong with the file.
    ///
    /// @throws Problems when the file or the condition is not good
    Kept checked(HookWish wish) {
        var source = Source.read(wish.file());
        var hook = wanted(wish, source, files.declared(source, wish.condition()));
        return new Kept(hook.name(), open.get().put(hook, wish.power(), wish.replace()));
    }

    /// The hook that somebody wants, with what its file says of itself where they say nothing.
    ///
    /// @throws EventRefusal when something of it is wrong
    static NewHook wanted(HookWish wish, Source source, HookScript.Declared declared) {
        return new NewHook(
                wish.name().orElseGet(() -> declaredName(declared.name(), source)),
                source.file().toString(),
                new Types(wish.types().isEmpty() ? declared.types() : wish.types()),
                wish.condition(),
                wish.description().isEmpty() ? declared.description() : wish.description(),
                wish.power() != HookWish.Power.OFF,
                wish.timeout(),
                wish.attempts());
    }

    private static String declaredName(String declared, Source source) {
        if (!declared.isEmpty()) {
            return declared;
        }
        var file = String.valueOf(source.file().getFileName());
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    @Override
    public Kept put(HookWish wish) {
        try {
            return checked(wish);
        } catch (Problems e) {
            throw new EventRefusal(Reason.WRONG, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public boolean remove(String name) {
        return open.get().remove(name);
    }

    @Override
    public boolean power(String name, boolean on) {
        var hooks = open.get();
        var before = hooks.find(name);
        if (before.isEmpty() || !hooks.enable(name, on)) {
            throw missing(name);
        }
        return before.get().enabled() != on;
    }

    static EventRefusal missing(String name) {
        return new EventRefusal(Reason.MISSING, "there is no hook '" + name + "'");
    }

    @Override
    public List<Hook> list() {
        var hooks = open.get();
        return hooks.list().stream().map(row -> hook(row, hooks)).toList();
    }

    @Override
    public Optional<Hook> find(String name) {
        var hooks = open.get();
        return hooks.find(name).map(row -> hook(row, hooks));
    }

    static Hook hook(HookRow row, Hooks hooks) {
        var counts = hooks.counts(row);
        return new Hook(
                row.name(),
                row.file(),
                row.types(),
                row.condition(),
                row.description(),
                row.enabled(),
                row.timeout(),
                row.attempts(),
                row.addedAt(),
                new Hook.Owed(counts.pending(), counts.done(), counts.dead()));
    }

    @Override
    public List<HookDelivery> history(String name, int limit) {
        var hooks = open.get();
        var hook = hooks.find(name).orElseThrow(() -> missing(name));
        return hooks.deliveries(hook, EnumSet.allOf(DeliveryRow.State.class), limit).stream()
                .map(OpenHooks::delivery)
                .toList();
    }

    private static HookDelivery delivery(DeliveryRow row) {
        return new HookDelivery(
                row.number(),
                row.event(),
                row.type(),
                row.subject(),
                row.at(),
                HookFamily.state(row),
                row.attempts(),
                row.due(),
                row.message(),
                row.output());
    }
}
