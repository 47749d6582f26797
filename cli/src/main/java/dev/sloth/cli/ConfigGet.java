package dev.sloth.cli;

import dev.sloth.cli.config.Layers;
import java.util.ArrayList;

/// `config get`: shows values that count.
final class ConfigGet implements Command {
    @Override
    public Spec spec() {
        var spec = Specs.command("get", "Shows the value that counts of each of these settings.");
        spec.addPositional(
                Specs.positionals("KEY", 1, Spec.Positionals.MANY, "Such as run.max_parallel."));
        return spec;
    }

    @Override
    public int run(Given given) {
        var layers = given.layers();
        var lines = new ArrayList<String>();
        for (var key : given.positionals()) {
            lines.add(layers.origin(Layers.setting(key)).value());
        }
        layers.config();
        given.caller().print(lines);
        return Exit.OK;
    }
}
