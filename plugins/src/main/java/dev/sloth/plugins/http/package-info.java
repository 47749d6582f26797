/// The module `http`: requests to web servers.
///
/// A request ends: there is a limit to its time, to the redirects it follows and to what it takes
/// in. That a server could not be reached or answered too much is a second result and never raised;
/// an answer of any status is an answer. Other goroutines run while one waits for it.
@NullMarked
package dev.sloth.plugins.http;

import org.jspecify.annotations.NullMarked;
