/// The interface that plugins are written against: how a module declares its functions, and what a
/// function may ask of its host.
///
/// A function is declared once, with names, types, documentation and permissions. From that one
/// declaration come the checking of arguments, the reference page, the editor annotations and the
/// name in the audit log. A plugin sees this package and the values, and nothing else.
@NullMarked
package dev.sloth.api.plugin;

import org.jspecify.annotations.NullMarked;
