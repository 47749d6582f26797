package dev.sloth.cli;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.core.run.RunEvent;
import dev.sloth.master.afar.Place;

/// Of runs that nobody watches: what they say is kept with them.
enum ServedView implements RunView {
    SILENT;

    @Override
    public void event(RunEvent event) {}

    @Override
    public void line(AttemptId attempt, String line) {}

    @Override
    public void note(String line) {}

    @Override
    public void placed(Place.Of place) {}

    @Override
    public void begun(AttemptId attempt, String agent) {}

    @Override
    public void answered(AttemptId attempt, String agent) {}

    @Override
    public void close() {}
}
