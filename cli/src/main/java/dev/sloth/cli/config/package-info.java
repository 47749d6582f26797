/// The settings of the program: what there is, where each value came from, and the file they live
/// in.
///
/// A [Setting] is declared once, with its unit, limits and documentation; the file key, the
/// environment variable and the flag follow from its name. A value in a flag beats one in the
/// environment, which beats the file, which beats the default. An unknown key is an error that
/// names the nearest known one, never ignored.
@NullMarked
package dev.sloth.cli.config;

import org.jspecify.annotations.NullMarked;
