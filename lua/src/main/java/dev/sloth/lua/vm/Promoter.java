package dev.sloth.lua.vm;

import java.util.Optional;

/// Makes classes of what is hot.
public interface Promoter {
    /// Leaves everything in the tree.
    Promoter NONE =
            new Promoter() {
                @Override
                public Optional<Code> function(Proto function) {
                    return Optional.empty();
                }

                @Override
                public Optional<HotLoop> loop(Step loop, String name) {
                    return Optional.empty();
                }
            };

    /// Nothing when the function is too large for it.
    Optional<Code> function(Proto function);

    /// Nothing when the loop is too large for it.
    ///
    /// @param name of the function that it is in
    Optional<HotLoop> loop(Step loop, String name);
}
