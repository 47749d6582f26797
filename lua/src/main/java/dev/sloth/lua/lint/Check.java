package dev.sloth.lua.lint;

import java.util.List;
import java.util.function.Consumer;

/// Looks for something in scripts.
public interface Check {
    /// What it may find.
    List<Rule> rules();

    /// Looks at a script and tells what it finds, in any order.
    void look(Subject subject, Consumer<Finding> found);
}
