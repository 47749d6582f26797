package dev.sloth.master.rpc;

import dev.sloth.api.event.Hook;
import dev.sloth.api.event.HookBook.Kept;
import dev.sloth.api.event.HookWish;
import dev.sloth.api.workflow.RunId;
import java.util.List;
import java.util.Optional;

/// The hooks of one namespace, for runs whose tasks look after them: a port, since the code of a
/// hook is looked at. Safe for use by many threads. What is refused for what it is throws an
/// `EventRefusal`, as where hooks are kept.
public interface RunHooks {
    /// For a master that gives out no work.
    RunHooks NONE =
            new RunHooks() {
                private static IllegalStateException nobody() {
                    return new IllegalStateException("nobody has work here");
                }

                @Override
                public Kept put(RunId run, HookWish wish, String sha256) {
                    throw nobody();
                }

                @Override
                public boolean remove(String name) {
                    throw nobody();
                }

                @Override
                public boolean power(String name, boolean on) {
                    throw nobody();
                }

                @Override
                public Optional<Hook> find(String name) {
                    throw nobody();
                }

                @Override
                public List<Hook> list() {
                    throw nobody();
                }
            };

    /// Has a hook as it is wanted. All of its code is taken from what the run keeps.
    ///
    /// @param wish its file is a path in the project of the run
    /// @param sha256 of what whoever asks has there; empty when it has nothing
    /// @throws dev.sloth.api.workflow.Problems when the code is none that the script of the run
    ///   says, or is another by now
    Kept put(RunId run, HookWish wish, String sha256);

    /// Removes a hook that a run has added.
    ///
    /// @return false when there is none
    /// @throws dev.sloth.api.workflow.Problems when no run has added it
    boolean remove(String name);

    /// Switches a hook on or off that a run has added.
    ///
    /// @return false when it was so already
    /// @throws dev.sloth.api.workflow.Problems when no run has added it
    boolean power(String name, boolean on);

    Optional<Hook> find(String name);

    /// Ordered by their names.
    List<Hook> list();
}
