package dev.sloth.api.event;

import dev.sloth.api.event.EventRefusal.Reason;
import java.util.List;
import java.util.Optional;

/// The hooks that there are, and what they were told. Safe for use by many threads.
public interface HookBook {
    /// For where there are none: everything is refused.
    HookBook NONE =
            new HookBook() {
                private static EventRefusal refusal() {
                    return new EventRefusal(Reason.WRONG, "there are no hooks here");
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
            };

    /// What it took to have a hook as it is wanted.
    enum Put {
        ADDED,
        /// One of this name had other settings. It is owed what it was owed.
        REPLACED,
        /// It was there already.
        SAME
    }

    /// A hook that is there now as it was wanted.
    record Kept(String name, Put put) {}

    /// Has a hook as it is wanted, in one step; its file is looked at first.
    ///
    /// @throws EventRefusal when something of it is wrong, or its name is taken and it may not
    ///   replace
    Kept put(HookWish wish);

    /// Removes a hook, with its history and all that it was owed.
    ///
    /// @return false when there is none
    boolean remove(String name);

    /// Switches a hook on or off.
    ///
    /// @return false when it was so already
    /// @throws EventRefusal when there is none
    boolean power(String name, boolean on);

    /// Ordered by their names.
    List<Hook> list();

    Optional<Hook> find(String name);

    /// What a hook was told and is to be told, the newest first.
    ///
    /// @throws EventRefusal when there is no such hook
    List<HookDelivery> history(String name, int limit);
}
