/// The ports of the core over SQL: every statement whole, named, and beside the code that reads its
/// rows.
///
/// The statements keep to what SQLite and PostgreSQL both understand; where one does not, a comment
/// says what the other would need. A driver brings [Transactions]: how to begin, to commit and to
/// retry is its business and not seen here. Every write begins with a fence: it names the epoch of
/// its claim and looks at how many rows that met.
///
/// Nothing here opens a connection, owns a thread or knows a file of a database.
@NullMarked
package dev.sloth.store.sql;

import org.jspecify.annotations.NullMarked;
