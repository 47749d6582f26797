package dev.sloth.cli;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.drive.RunListener;
import dev.sloth.master.afar.Place;

/// Shows a run while it goes on.
interface RunView extends RunListener, AutoCloseable {
    /// An attempt is with another agent now, or waits for one, or for one that is away.
    void placed(Place.Of place);

    /// An agent does an attempt: it has begun there. May be told again.
    ///
    /// @param agent its name
    void begun(AttemptId attempt, String agent);

    /// An agent has said how an attempt ended there, which is shown soon. May be told again.
    ///
    /// @param agent its name
    void answered(AttemptId attempt, String agent);

    /// Nothing more comes.
    @Override
    void close();
}
