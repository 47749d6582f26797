/// The module `db`: SQL databases, SQLite and PostgreSQL.
///
/// Values of a script are bound to a statement and never become part of its text. Rows, bytes,
/// connections and time are limited. A connection has a thread of its own, so that stopping a
/// script cancels its statement at once, and it is closed when the script ends. A driver is loaded
/// when it is first asked for.
@NullMarked
package dev.sloth.plugins.db;

import org.jspecify.annotations.NullMarked;
