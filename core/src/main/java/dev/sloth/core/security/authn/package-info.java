/// Who may become an agent, and which agents there are.
///
/// Here it is decided whether a join token holds, whose certificate may be renewed and who is
/// refused for ever; certificates themselves are made elsewhere. A secret is never kept, only its
/// hash, and a wrong one costs a token none of its uses. An agent is its id and its key: a name is
/// free again once its agent was revoked, and the next of that name inherits nothing.
@NullMarked
package dev.sloth.core.security.authn;

import org.jspecify.annotations.NullMarked;
