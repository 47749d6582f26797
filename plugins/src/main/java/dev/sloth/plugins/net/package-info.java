/// The module `net`: the plain network, beside `http`.
///
/// Requests are those of the package `http`, with its bounds, in the order of results that older
/// scripts expect. Downloads go to a file beside the target first, so that a broken one leaves
/// nothing behind.
@NullMarked
package dev.sloth.plugins.net;

import org.jspecify.annotations.NullMarked;
