package dev.sloth.cli.serve;

import dev.sloth.core.store.Claim;
import dev.sloth.core.store.FireClaim;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.ScheduleRow;

/// Makes runs of fires: a port, since it takes everything to do so.
public interface Launcher {
    /// Whether runs whose process is gone are gone on with here: where they are not, somebody else
    /// does that.
    boolean resumes();

    /// Submits the run of a fire that was taken, and drives it.
    Crew.Work fired(ScheduleRow schedule, FireRow fire, FireClaim claim);

    /// Goes on with the run of a fire, which was taken over.
    Crew.Work resumed(ScheduleRow schedule, FireRow fire, Claim claim);
}
