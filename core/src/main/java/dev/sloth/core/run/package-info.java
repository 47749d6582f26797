/// The engine of one run: what to do next, decided without doing anything.
///
/// [RunEngine] is two pure functions. `decide` says which events follow from an input, `evolve`
/// says which state follows from an event. Neither reads a clock, throws dice or starts a thread:
/// instants come in with the inputs and chance with the submission. States are immutable and share
/// their structure, so that a run of a million tasks costs a logarithm per event, and a decision
/// that could not be written down leaves no trace.
///
/// [Conductor] joins the engine with a [Journal]: events are appended before their commands leave,
/// and a run can be brought back at any time by reading its journal. Whoever carries the commands
/// out reports with inputs; late or repeated reports change nothing.
///
/// What is promised: every run ends, `on_complete` comes last and once, an attempt number is given
/// out once, and each task ends with exactly one `TaskEnded` or `TaskSkipped`. This package must
/// never block and never call a script.
@NullMarked
package dev.sloth.core.run;

import org.jspecify.annotations.NullMarked;
