/* The codes of what can be said about a file that came back. */
#ifndef FC_RETURNED_CODES_H
#define FC_RETURNED_CODES_H

#include <stdbool.h>
#include <stddef.h>

/* The i-th code in their order, from 0, and what it is about in a few words; false behind the
 * last one. */
bool fc_returned_code(size_t i, const char **code, const char **title);

#endif
