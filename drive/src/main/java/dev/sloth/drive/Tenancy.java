package dev.sloth.drive;

import dev.sloth.core.run.RunInput;
import java.time.Duration;
import java.util.List;

/// What keeps a run ours while we drive it, and tells what others want of it. Used by the run's own
/// thread.
public interface Tenancy {
    /// A run that nobody else can know of.
    Tenancy ALONE =
            new Tenancy() {
                private static final Duration IDLE = Duration.ofDays(1);

                @Override
                public List<RunInput> look() {
                    return List.of();
                }

                @Override
                public Duration pace() {
                    return IDLE;
                }

                @Override
                public void kept() {}
            };

    /// Renews the lease when it is time, and gives what others have asked for since.
    ///
    /// @throws dev.sloth.core.store.StoreFailure `FENCED` when the run is not ours any more
    List<RunInput> look();

    /// How long [#look] may wait to be called again.
    Duration pace();

    /// What was given is in the journal now.
    void kept();
}
