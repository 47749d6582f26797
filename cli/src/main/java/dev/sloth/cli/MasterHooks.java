package dev.sloth.cli;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.event.Hook;
import dev.sloth.api.event.HookBook.Kept;
import dev.sloth.api.event.HookWish;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.cli.config.Config;
import dev.sloth.core.event.EventStream;
import dev.sloth.core.hook.Hooks;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.event.HookRow;
import dev.sloth.dsl.HookScript;
import dev.sloth.dsl.Source;
import dev.sloth.master.rpc.RunHooks;
import dev.sloth.wire.WireProblems;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

/// The hooks of a master, for runs whose tasks look after them. All code comes from what a run
/// keeps, and hooks that somebody has added on the machine of the master are for nobody else to
/// change.
final class MasterHooks implements RunHooks {
    private final Store store;
    private final String space;
    private final Hooks hooks;
    private final HookFiles files;
    private final HookShelf shelf;

    /// Code of runs is looked at one after the other.
    private final ReentrantLock looking = new ReentrantLock();

    /// @param at with the folder of the master for a home
    MasterHooks(Caller at, Config config, Store store, String space) {
        this.store = store;
        this.space = space;
        this.hooks =
                new Hooks(
                        store.hooks(),
                        new EventStream(store, space),
                        space,
                        OpenEvents.limits(config.events()),
                        InstantSource.system());
        this.files = new HookFiles(at, config);
        this.shelf = new HookShelf(at.home(), space);
    }

    /// For the start of a master, before any hook is called.
    void sweep() {
        shelf.sweep(store.hooks().list(space).stream().map(HookRow::file).toList());
    }

    @Override
    public Kept put(RunId run, HookWish wish, String sha256) {
        var kept = KeptHook.of(store.runs(), run, wish, sha256);
        looking.lock();
        try {
            return put(wish, kept);
        } finally {
            looking.unlock();
        }
    }

    private Kept put(HookWish wish, KeptHook kept) {
        var file = shelf.lay(kept.code(), kept.file());
        var source = HookShelf.read(files.caller().home(), file.toString());
        var hook = OpenHooks.wanted(wish, source, declared(source, wish.condition()));
        var before = hooks.find(hook.name());
        before.ifPresent(this::checkAddedByRun);
        boolean replace = wish.replace() && before.isPresent();
        return new Kept(hook.name(), hooks.put(hook, wish.power(), replace));
    }

    /// On a thread of the system, since virtual ones get no turn while scripts are busy.
    ///
    /// @throws EventRefusal when the file or the condition is not good
    private HookScript.Declared declared(Source source, String condition) {
        var found = new CompletableFuture<HookScript.Declared>();
        var _ =
                Thread.ofPlatform()
                        .name("look at a hook")
                        .start(() -> {
                            try {
                                found.complete(files.declared(source, condition));
                            } catch (RuntimeException | Error e) {
                                // Whoever waits holds the lock: nothing that is thrown may be lost.
                                found.completeExceptionally(e);
                            }
                        });
        try {
            return found.join();
        } catch (CompletionException e) {
            throw switch (e.getCause()) {
                case Problems wrong ->
                        new EventRefusal(Reason.WRONG, String.valueOf(wrong.getMessage()));
                case RuntimeException other -> other;
                case null, default -> e;
            };
        }
    }

    private void checkAddedByRun(HookRow hook) {
        if (!shelf.holds(hook.file())) {
            throw WireProblems.of(
                    WireProblems.FOREIGN_HOOK,
                    "the hook '%s' was added on the machine of the master, not by a run"
                            .formatted(hook.name()),
                    "look after it there with `sloth-runner hook`, or give the one of the task another"
                            + " name");
        }
    }

    @Override
    public boolean remove(String name) {
        hooks.find(name).ifPresent(this::checkAddedByRun);
        return hooks.remove(name);
    }

    @Override
    public boolean power(String name, boolean on) {
        var before = hooks.find(name);
        before.ifPresent(this::checkAddedByRun);
        if (before.isEmpty() || !hooks.enable(name, on)) {
            throw OpenHooks.missing(name);
        }
        return before.get().enabled() != on;
    }

    @Override
    public Optional<Hook> find(String name) {
        return hooks.find(name).map(row -> OpenHooks.hook(row, hooks));
    }

    @Override
    public List<Hook> list() {
        return hooks.list().stream().map(row -> OpenHooks.hook(row, hooks)).toList();
    }
}
