/// Which agents somebody means: expressions such as `region == 'eu' and 'db' in tags`.
///
/// A [Selector] is read from a text, or put together from the table that a script gives, which a
/// [Selection] reads. It decides about one agent at a time, knowing nothing but what is said of
/// that agent: its name, its region, and its tags, of which those written `name=value` are labels.
///
/// This package must not know who asks, nor where agents are kept.
@NullMarked
package dev.sloth.core.select;

import org.jspecify.annotations.NullMarked;
