/* A form of any size, for measurements: the kinds of fields and rules stand in it in about the
 * mixture of a real form. */
#ifndef FC_BENCH_GROW_H
#define FC_BENCH_GROW_H

#include <stdbool.h>
#include <stdio.h>

/* Writes a definition of exactly n fields. False when writing failed. */
bool grow_form(FILE *out, unsigned n);

#endif
