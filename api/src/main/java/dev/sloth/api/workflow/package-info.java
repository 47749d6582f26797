/// The nouns of the product: what a script defines, and what becomes of it.
///
/// A [Workflow] is an immutable value with its tasks, stages and policies, each with the place in
/// the script it came from. An [Assignment] asks an executor for one attempt; an [Outcome] is what
/// came of it. Functions of a script are referred to by [FunctionRef] and found again wherever the
/// script is loaded, so that everything here can be stored and sent.
@NullMarked
package dev.sloth.api.workflow;

import org.jspecify.annotations.NullMarked;
