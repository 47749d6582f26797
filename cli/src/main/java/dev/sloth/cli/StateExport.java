package dev.sloth.cli;

import dev.sloth.core.state.Held;
import java.time.InstantSource;
import java.util.List;

/// `state export`: a document of all that is held.
final class StateExport implements Command {
    private final InstantSource time;

    StateExport(InstantSource time) {
        this.time = time;
    }

    @Override
    public Spec spec() {
        var spec =
                StateFamily.child(
                        "export",
                        "Writes keys with their values, types and times to live as a document.",
                        "",
                        "It is JSON unless -o yaml is given, and shows one moment. Locks are not"
                                + " in it. For example: `sloth-runner state export >state.json`.");
        spec.addPositional(Specs.positionals("PATTERN", 0, 1, StateFamily.PATTERN));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        List<Held> held;
        try (var state = StateFamily.open(given)) {
            held = state.held(StateFamily.pattern(given));
        }
        var document = StateDocument.written(held).with("exported_at", time.instant());
        given.caller().out().print(document.as(format));
        return Exit.OK;
    }
}
