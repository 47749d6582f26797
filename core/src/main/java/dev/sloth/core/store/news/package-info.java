/// How a store tells that something was written to it.
///
/// Who waits for something need not look again and again: [News] calls it soon after each commit,
/// whichever process made it. News carry nothing: what is there now is found by looking. They may
/// come for nothing, and several may come as one.
@NullMarked
package dev.sloth.core.store.news;

import org.jspecify.annotations.NullMarked;
