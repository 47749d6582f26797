/// The module `reliability`: trying again, and giving up for a while.
///
/// Circuit breakers live as long as the state of the script. A function fails by raising an error,
/// or by returning nil or false with a message behind it. Waiting between tries lets others run.
@NullMarked
package dev.sloth.plugins.reliability;

import org.jspecify.annotations.NullMarked;
