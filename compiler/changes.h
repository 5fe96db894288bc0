/* What changed between two versions of a form, in words. */
#ifndef FC_COMPILER_CHANGES_H
#define FC_COMPILER_CHANGES_H

#include "runtime/form/form.h"
#include "runtime/base/buf.h"

/* One line: 'the label of "person/name"', '2 questions added: "a/b", "a/c"; 1 rule', ... In the
 * arena. "no change" when the digests are equal. */
fc_str fc_changes_line(fc_arena *a, const fc_form *before, const fc_form *now);

/* The same in full, for a change note: a paragraph for each kind of change, with the labels.
 * Questions that migrations of `now` rename are compared with what they were. */
void fc_changes_text(fc_arena *a, const fc_form *before, const fc_form *now, fc_buf *out);

/* Reports in d what the author has to say a word about before `now` can follow the published
 * `before`: questions that have gone or have another type, and migrations that fit nothing. */
void fc_changes_check(const fc_form *before, const fc_form *now, fc_diags *d);

#endif
