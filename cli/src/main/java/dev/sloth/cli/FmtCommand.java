package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.lua.format.Formatted;
import dev.sloth.lua.format.Formatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `fmt`: writes scripts in our style.
final class FmtCommand implements Command {
    private static final String CHECK = "--check";

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "fmt",
                        "Writes scripts in one style, and names those that it changed. What does"
                                + " not parse stays as it is.");
        spec.addPositional(ScriptTexts.positionals());
        spec.addOption(
                Specs.flag("Changes nothing; exit code 1 when a script is not formatted.", CHECK));
        return spec;
    }

    @Override
    public int run(Given given) {
        var config = given.layers().config();
        var differing = new ArrayList<String>();
        var problems =
                new ScriptTexts(given, ScriptTexts.STDIN)
                        .each(script -> {
                            if (isChanged(script, given)) {
                                differing.add(script.name());
                            }
                        });
        given.caller().out().flush();
        given.caller().complain(given.errors(config).problems(problems));
        return exit(problems, given.has(CHECK) && !differing.isEmpty());
    }

    private static int exit(List<Problem> problems, boolean differs) {
        if (!problems.isEmpty()) {
            return Exit.WRONG;
        }
        return differs ? Exit.FAILED : Exit.OK;
    }

    /// Formats one script, or tells that it is not formatted.
    private static boolean isChanged(ScriptText script, Given given) {
        var text =
                switch (Formatter.format(script.name(), script.text())) {
                    case Formatted.Done(var done) -> done;
                    case Formatted.Wrong(var errors) -> throw new Problems(script.problems(errors));
                };
        boolean changed = !Arrays.equals(text, script.text());
        if (given.has(CHECK)) {
            if (changed) {
                given.caller().print(script.name() + ": not formatted");
            }
        } else if (script.file().isEmpty()) {
            given.caller().out().write(text, 0, text.length);
        } else if (changed) {
            script.replace(text);
            given.caller().print(script.name() + ": formatted");
        }
        return changed;
    }
}
