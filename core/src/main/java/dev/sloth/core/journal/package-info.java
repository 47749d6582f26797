/// What happened to a run, as bytes: the format of journals, and journals that a store keeps.
///
/// [StoredJournal] writes each step of a run as one chapter, a JSON document, and brings the run
/// back from its newest snapshot and the chapters after it. [RunHistory] reads the same for those
/// who only look. A workflow and its values are contents under their SHA-256; chapters name them.
///
/// Each document says its format. One format is written; all that were ever released are read: a
/// field that is absent stands for what the format meant by that, never for what a later version
/// means by it. Fields that are not known are passed over. Bytes that are not what was written
/// throw `StoreFailure` with `DAMAGED`, and nothing else; this package must never guess.
@NullMarked
package dev.sloth.core.journal;

import org.jspecify.annotations.NullMarked;
