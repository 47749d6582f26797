package dev.sloth.dsl.lint;

import dev.sloth.api.plugin.Module;
import dev.sloth.api.workflow.Nearest;
import dev.sloth.dsl.define.Words;
import dev.sloth.lua.lint.Check;
import dev.sloth.lua.lint.Linted;
import dev.sloth.lua.lint.Linter;
import dev.sloth.lua.lint.LuaChecks;
import dev.sloth.lua.lint.Rule;
import java.util.ArrayList;
import java.util.List;

/// The door: looks at scripts, and runs nothing of them. Safe for use by many threads at once.
public final class ScriptLinter {
    private final Offered offered;
    private final List<Check> ofModules;

    /// @param modules all that scripts may call, their own words among them
    public ScriptLinter(List<Module> modules) {
        offered = new Offered(modules, LuaNames.all());
        ofModules =
                List.of(
                        new ModuleCheck(offered),
                        new HiddenModules(offered),
                        new TableCheck(offered, Words.stageFields()),
                        new TaskCheck(offered));
    }

    private Linter linter(Neighbours neighbours) {
        var checks = new ArrayList<Check>();
        checks.addAll(LuaChecks.all(new Globals(offered, neighbours), Nearest::hint));
        checks.addAll(ofModules);
        return new Linter(checks, Nearest::hint);
    }

    /// All rules that findings may be against.
    public List<Rule> rules() {
        return linter(Neighbours.NONE).rules();
    }

    /// Looks at a script. `name` is what errors call it.
    public Linted lint(String name, byte[] text, Neighbours neighbours) {
        return linter(neighbours).lint(name, text);
    }
}
