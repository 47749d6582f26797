/// Finds secrets in what leaves the executor, and puts `***` in their place.
///
/// A [Mask] knows each value and the forms that it takes when tools write it: base64 at any place
/// within other data, percent and JSON escapes, hex, quotes of shells, lines of texts. All of them
/// are looked for at once, byte by byte, by an automaton; a [Scan] also follows them across the
/// ends of lines, where tools break what they encode. A [MaskStream] holds back what may yet become
/// a secret, however the bytes are cut into chunks. What is shorter than [Mask#LENGTH_MIN] is not
/// looked for: it would be found everywhere.
@NullMarked
package dev.sloth.agent.mask;

import org.jspecify.annotations.NullMarked;
