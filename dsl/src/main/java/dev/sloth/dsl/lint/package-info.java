/// What the linter knows of our scripts: the modules that are offered to them, and how tasks and
/// workflows are written down.
///
/// [ScriptLinter] is the door. All it knows it takes from the declarations that scripts are bound
/// and documented by, so that a call it finds fault with is one that would be refused. It never
/// runs a script.
@NullMarked
package dev.sloth.dsl.lint;

import org.jspecify.annotations.NullMarked;
