/// The door: what a user types, and what they see.
///
/// Each command is one class that declares its options and does its work; [Wiring] is the only
/// place where the parts of the program are joined. [Main#run] is the whole program without the end
/// of the process, so that tests come in through the same door as users. Commands are made only
/// when they are called for: most of a short call is the start of the program.
///
/// Wrong input is answered with everything that is wrong at once, before anything runs.
@NullMarked
package dev.sloth.cli;

import org.jspecify.annotations.NullMarked;
