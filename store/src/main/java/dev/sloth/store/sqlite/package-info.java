/// The store that needs no server: SQLite files and a folder of artifacts under one home.
///
/// `store.db` holds the state of runs, `logs.db` their output, so that neither holds the other up
/// and output can be thrown away. Each file has one thread that writes: it takes what waits, up to
/// a limit, does each piece in a savepoint of one transaction, and answers all after one commit
/// that has reached the disk. A lone piece waits for nobody. Several processes may share a home;
/// SQLite's locks keep them apart.
///
/// A file of a later version, of another program, or with a damaged end is refused before anything
/// of it is changed. The driver is used directly: no pool, no registry of drivers and no migration
/// framework starts with every command.
@NullMarked
package dev.sloth.store.sqlite;

import org.jspecify.annotations.NullMarked;
