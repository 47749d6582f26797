#include <stdio.h>
#include <string.h>

#include "words.h"

int main(int argc, char **argv)
{
    static char text[65536];
    size_t length = fread(text, 1, sizeof text - 1, stdin);
    text[length] = '\0';
    if (argc > 1 && strcmp(argv[1], "--longest") == 0) {
        printf("%zu\n", words_longest(text));
    } else {
        printf("%zu\n", words_count(text));
    }
    return 0;
}
