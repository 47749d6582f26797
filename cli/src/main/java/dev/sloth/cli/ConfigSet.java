package dev.sloth.cli;

import dev.sloth.cli.config.Layers;

/// `config set`: writes settings into the file.
final class ConfigSet implements Command {
    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "set", "Writes settings into the file; the rest of it stays as it is.");
        spec.addPositional(
                Specs.positionals(
                        "KEY=VALUE", 1, Spec.Positionals.MANY, "Such as run.max_parallel=4."));
        return spec;
    }

    @Override
    public int run(Given given) {
        var notes = Layers.write(given.caller().home(), given.positionals());
        given.caller().complain(notes);
        return Exit.OK;
    }
}
