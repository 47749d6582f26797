package dev.sloth.cli;

import dev.sloth.api.workflow.Nearest;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.config.Layers;
import dev.sloth.cli.config.Setting;
import java.util.ArrayList;
import java.util.Set;

/// `config validate`: tells everything that is wrong with the settings.
final class ConfigValidate implements Command {
    /// Variables that are ours but no settings.
    private static final Set<String> OTHERS = Set.of("SLOTH_HOME", "SLOTH_JVM_FOLDERS");

    @Override
    public Spec spec() {
        return Specs.command(
                "validate",
                "Tells everything that is wrong with the file and the SLOTH_ variables of the"
                        + " environment.");
    }

    @Override
    public int run(Given given) {
        var layers = given.layers();
        var problems = new ArrayList<>(layers.problems());
        var known = Layers.settings().stream().map(Setting::variable).toList();
        given.caller().environment().keySet().stream()
                .filter(name -> name.startsWith("SLOTH_"))
                .filter(name -> !known.contains(name) && !OTHERS.contains(name))
                .sorted()
                .forEach(name ->
                        problems.add(
                                new Problem(
                                        "SLOTH-9010",
                                        "no setting has the variable " + name,
                                        Span.NOWHERE,
                                        Nearest.hint(
                                                name, known, "unset it, unless it is yours"))));
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        given.caller().print("ok: " + Layers.file(given.caller().home()));
        return Exit.OK;
    }
}
