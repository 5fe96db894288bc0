/* How one answer is read and shown. Nothing here allocates. */
#ifndef FC_PLAN_ANSWER_H
#define FC_PLAN_ANSWER_H

#include "runtime/form/form.h"

/* The longest shown form that is made, "-£999,999,999,999.99", and room for a NUL. */
#define FC_SHOWN_MAX 24

/* An answer as people read it: a choice or yes/no by its label, a date that is kept as
 * YYYY-MM-DD as dd/mm/yyyy, a month as mm/yyyy, money that is kept as 1234.50 as £1,234.50,
 * everything else as it stands (several choices as their ids: a program prints their labels).
 * The result borrows from field, stored or room. */
fc_str fc_answer_shown(const fc_node *field, fc_str stored, char room[FC_SHOWN_MAX]);
/* A readable date as YYYY-MM-DD, otherwise empty. Borrows room. */
fc_str fc_answer_date(const fc_node *field, fc_str stored, char room[FC_SHOWN_MAX]);
/* True when the answer can be read as the field's type; an empty one can. */
bool fc_answer_readable(const fc_node *field, fc_str stored);

#endif
