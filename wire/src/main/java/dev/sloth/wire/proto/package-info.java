/// The messages of the `.proto` files and the calls they are sent with.
///
/// All but this page is generated when the module is built. Messages never hold null: what was not
/// sent reads as the empty or zero value of its type. Nothing but `wire`, the agent and the
/// master's calls may know these types; others see the records that are made of them.
@NullMarked
package dev.sloth.wire.proto;

import org.jspecify.annotations.NullMarked;
