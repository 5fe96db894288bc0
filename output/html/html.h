/* Inside of the HTML target: what its files share. */
#ifndef FC_OUTPUT_HTML_H
#define FC_OUTPUT_HTML_H

#include "output/target.h"
#include "runtime/form/expr.h"

/* One form as a script. */
typedef struct fc_html_unit {
    fc_arena *arena;
    const fc_form *form;
    const fc_container *row;  /* its answers are reached by "row"; NULL when there is no row */
    const fc_container *each; /* the repeat whose rows any() or all() looks at, by "each" */
} fc_html_unit;

/* Text as a literal of JavaScript, which is one of JSON too. "<" is escaped, so that nothing in
 * it can end the script (HTML Standard, 4.12.1.3). */
void fc_html_literal(fc_arena *a, fc_buf *b, fc_str s);
/* Bytes of JSON for the inside of a script element: the same. */
void fc_html_json(fc_buf *b, fc_str json);
/* A buffer that goes with the arena. */
fc_buf *fc_html_buf(fc_arena *a);

/* How the script reaches the answer of a field: plan["person/born"]. */
void fc_html_access(fc_html_unit *u, const fc_node *field, fc_buf *b);
/* The expression as JavaScript over styles/base/html/values.js. */
void fc_html_expr(fc_html_unit *u, const fc_expr *x, fc_buf *b);

/* The whole script of a form: values, the form, its rules as functions, the plan, the page. */
fc_str fc_html_script(fc_arena *a, const fc_form *f);

#endif
