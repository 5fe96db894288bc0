/* What a published version of a form consists of besides the definition and its model: tables
 * that people and programs can read without formc. docs/language.md, "Publishing". */
#ifndef FC_COMPILER_PUBLISH_H
#define FC_COMPILER_PUBLISH_H

#include "runtime/form/form.h"
#include "runtime/base/buf.h"

#define FC_VERSION_MAX 40 /* bytes of a version; it names a folder */

/* Digits with dots between them, like "1.0.0": safe as the name of a folder. */
bool fc_version_good(fc_str version);
/* Less than, equal to or greater than 0, number by number: 1.10 is after 1.9; 1 is 1.0. */
int fc_version_cmp(fc_str a, fc_str b);

/* One line a field, separated by tabs: its number, path, type and label. */
void fc_publish_fields(const fc_form *f, fc_buf *out);
/* One line an id that may never mean something else: its kind and the id, or path. */
void fc_publish_ids(const fc_form *f, fc_buf *out);

#endif
