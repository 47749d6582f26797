/* Counts words and finds the longest one in a text. */
#ifndef WORDS_H
#define WORDS_H

#include <stddef.h>

/* How many words, separated by white space, `text` has. */
size_t words_count(const char *text);

/* The length of the longest word of `text`, 0 if it has none. */
size_t words_longest(const char *text);

#endif
