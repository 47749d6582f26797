#include <ctype.h>

#include "words.h"

size_t words_longest(const char *text)
{
    size_t longest = 0;
    size_t length = 0;
    for (; *text != '\0'; text++) {
        length = isspace((unsigned char)*text) ? 0 : length + 1;
        if (length > longest) {
            longest = length;
        }
    }
    return longest;
}
