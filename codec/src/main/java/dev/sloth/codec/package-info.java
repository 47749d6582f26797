/// The words of the api as bytes: JSON documents that are checked when they are read.
///
/// [Documents] frames: each document says its format first, and what guards it depends on its size.
/// Between the frame and the words stand [Pen], which writes fields, and [Fields], which reads
/// them; JSON's library is seen here and by nobody who uses this package. [ValueFormat],
/// [WorkflowFormat], [OutcomeFormat] and [AssignmentFormat] say what each word looks like. What
/// travels alone, an assignment or an outcome, is one small document; journals put many words into
/// one of theirs.
///
/// One format is written; all that were ever released are read: a field that is absent stands for
/// what the format meant by that, never for what a later version means by it. Fields that are not
/// known are passed over. Bytes that are not what was written throw [DamagedDocument], and nothing
/// else; this package must never guess.
@NullMarked
package dev.sloth.codec;

import org.jspecify.annotations.NullMarked;
