#include <stdio.h>

#include "words.h"

static int failures = 0;

static void expect(const char *what, size_t wanted, size_t got)
{
    if (wanted != got) {
        failures++;
        printf("FAILED %s: wanted %zu, got %zu\n", what, wanted, got);
    } else {
        printf("ok %s\n", what);
    }
}

int main(void)
{
    expect("no words in nothing", 0, words_count(""));
    expect("no words in blanks", 0, words_count(" \t\n "));
    expect("three words", 3, words_count("one  two\nthree"));
    expect("longest of nothing", 0, words_longest(""));
    expect("longest is last", 5, words_longest("one two three"));
    expect("longest is first", 5, words_longest("three two one"));
    return failures == 0 ? 0 : 1;
}
