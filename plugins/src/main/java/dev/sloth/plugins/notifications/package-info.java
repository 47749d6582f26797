/// The modules `notifications` and those below it: messages to people, by chat, mail and pager.
///
/// A message goes out once: it is sent again only where it surely was not taken. Each service's
/// limits are known, and what is too long is cut and said to be. Addresses of webhooks, tokens and
/// passwords are secrets: no message and no error repeats them.
@NullMarked
package dev.sloth.plugins.notifications;

import org.jspecify.annotations.NullMarked;
