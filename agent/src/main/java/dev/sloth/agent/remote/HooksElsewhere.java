package dev.sloth.agent.remote;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.event.Hook;
import dev.sloth.api.event.HookBook;
import dev.sloth.api.event.HookDelivery;
import dev.sloth.api.event.HookWish;
import java.util.List;
import java.util.Optional;

/// Hooks are files of the machine that serves them, which is no agent's.
final class HooksElsewhere implements HookBook {
    private static EventRefusal refusal() {
        return new EventRefusal(
                Reason.WRONG,
                "hooks are kept on the machine of the master: use them in a task that runs there, or"
                        + " with `sloth-runner hook`");
    }

    @Override
    public Kept put(HookWish wish) {
        throw refusal();
    }

    @Override
    public boolean remove(String name) {
        throw refusal();
    }

    @Override
    public boolean power(String name, boolean on) {
        throw refusal();
    }

    @Override
    public List<Hook> list() {
        throw refusal();
    }

    @Override
    public Optional<Hook> find(String name) {
        throw refusal();
    }

    @Override
    public List<HookDelivery> history(String name, int limit) {
        throw refusal();
    }
}
