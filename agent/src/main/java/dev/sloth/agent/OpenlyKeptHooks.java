package dev.sloth.agent;

import dev.sloth.agent.mask.Mask;
import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.event.Hook;
import dev.sloth.api.event.HookBook;
import dev.sloth.api.event.HookDelivery;
import dev.sloth.api.event.HookWish;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Hooks for a script that knows secrets: what is kept of a hook can be read by all.
record OpenlyKeptHooks(HookBook hooks, Mask mask) implements HookBook {
    @Override
    public Kept put(HookWish wish) {
        var said =
                Stream.of(
                        wish.name().orElse(""),
                        wish.file().toString(),
                        wish.condition(),
                        wish.description(),
                        String.join("\n", wish.types()));
        if (said.anyMatch(mask::hides)) {
            throw new EventRefusal(Reason.WRONG, "a hook is kept: it may hold no secret");
        }
        return hooks.put(wish);
    }

    @Override
    public boolean remove(String name) {
        return hooks.remove(name);
    }

    @Override
    public boolean power(String name, boolean on) {
        return hooks.power(name, on);
    }

    @Override
    public List<Hook> list() {
        return hooks.list();
    }

    @Override
    public Optional<Hook> find(String name) {
        return hooks.find(name);
    }

    @Override
    public List<HookDelivery> history(String name, int limit) {
        return hooks.history(name, limit);
    }
}
