/* Numbers that are written in groups, for text that runs from right to left. */
#ifndef FC_BASE_NUMBER_H
#define FC_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A digit of the Latin, the Arabic-Indic or the Extended Arabic-Indic row. */
bool fc_is_digit(uint32_t c);

/* The end of a number in groups that begins at text[i] (n characters), or i: one as long as a
 * telephone or NHS number (9 digits, groups of 2 and more; a group in brackets may be shorter),
 * or a date with hyphens. A plus sign before it is not looked at. */
size_t fc_number_end(const uint32_t *text, size_t n, size_t i);

/* From i, which stands at no such number, to where the next may begin: behind the character, or
 * behind the whole run of digits. */
size_t fc_number_next(const uint32_t *text, size_t n, size_t i);

#endif
