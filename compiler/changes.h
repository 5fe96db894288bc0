/* What changed between two versions of a form, in words. */
#ifndef FC_COMPILER_CHANGES_H
#define FC_COMPILER_CHANGES_H

#include "runtime/form/form.h"

/* One line: 'the label of "person/name"', '2 questions added: "a/b", "a/c"; 1 rule', ... In the
 * arena. "no change" when the digests are equal. */
fc_str fc_changes_line(fc_arena *a, const fc_form *before, const fc_form *now);

#endif
