package dev.sloth.master.run;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.run.RunReport;

/// Hears what becomes of runs. Must not block.
public interface RunNews {
    void began(RunId run, String workflow);

    /// It is driven again, after it was left for a while.
    void goesOn(RunId run, String workflow);

    /// It has been driven as far as it goes for now.
    void rests(RunReport report);

    void trouble(RunId run, RuntimeException failure);
}
