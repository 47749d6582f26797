/// The module `git`: repositories, by the machine's own git.
///
/// Git is run as a program with arguments and never through a shell; nothing that a script gives
/// can become an option of it, and it never asks anybody for a password. What it says is passed on
/// without the user names and passwords that addresses may hold.
@NullMarked
package dev.sloth.plugins.git;

import org.jspecify.annotations.NullMarked;
