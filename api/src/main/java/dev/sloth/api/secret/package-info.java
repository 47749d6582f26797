/// Secrets as they are handed around: never as text, and never into anything that is kept.
///
/// A [Secret] holds bytes that nobody prints by mistake and that are wiped when they are not needed
/// any more. [Secrets] are those of one run, by the names under which its workflow has declared
/// them. A [SecretBackend] is somebody else's keeper of secrets, which is read and never written. A
/// [SecretUse] stands in a definition for a value that only the executor gets to know.
@NullMarked
package dev.sloth.api.secret;

import org.jspecify.annotations.NullMarked;
