/// What happened to a run, as bytes: the format of journals, and journals that a store keeps.
///
/// [StoredJournal] writes each step of a run as one chapter, a JSON document, and brings the run
/// back from its newest snapshot and the chapters after it. [RunHistory] reads the same for those
/// who only look, and [EarlierRun] says of one that has ended what a new try takes over from it. A
/// workflow and its values are contents under their SHA-256; chapters name them.
///
/// What documents are, and what values, workflows and outcomes look like in them, is the business
/// of `codec`; here are events and what stands around them, which follow the same rules: a field
/// that is absent stands for what the format meant by that, and fields that are not known are
/// passed over. Bytes that are not what was written throw `StoreFailure` with `DAMAGED`, or `NEWER`
/// when a later version wrote them, and nothing else; this package must never guess.
@NullMarked
package dev.sloth.core.journal;

import org.jspecify.annotations.NullMarked;
