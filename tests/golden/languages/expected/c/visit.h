/* Made by formc from form.xml: the form visit, version 1.0.0,
 * sha256:c45ef087541d239cbb2d0b8de02d32cc2ff94cce44639a0a0876bb44115ed344.
 * Do not edit: change the form and build it again. */
#ifndef VISIT_H
#define VISIT_H

#include "fv.h"

#if FV_ABI != 2
#error "fv.h does not fit: use the one that came with this file, or build the form again"
#endif

#define VISIT_VERSION "1.0.0"
#define VISIT_DIGEST "sha256:c45ef087541d239cbb2d0b8de02d32cc2ff94cce44639a0a0876bb44115ed344"

#ifdef __cplusplus
extern "C" {
#endif

enum visit_list_place {
    VISIT_PLACE_HOME = 0,
    VISIT_PLACE_OFFICE = 1,
};

struct visit_visit {
    fv_date_answer day;
    fv_choice_answer place; /* of the list place */
    fv_yes_no_answer well;
    fv_text_answer who;
};

struct visit_more_guest {
    fv_text row_; /* the row's id */
    fv_text_answer name;
};
struct visit_more_guest_rows {
    struct visit_more_guest *at;
    size_t n;
};

struct visit_more_sign {
    fv_text_answer name;
    fv_text_answer mark;
    fv_date_answer day;
};

struct visit_more {
    fv_text_answer story;
    struct visit_more_guest_rows guest;
    struct visit_more_sign sign;
};

struct visit {
    fv_pins pins_;
    void *memory_; /* of the reader; NULL for a plan that was filled by hand */
    struct visit_visit visit;
    struct visit_more more;
};

/* Checks a plan at a stage and on a day; what is found goes to the report. Rules of later
 * stages are left out. Returns the number of findings. */
int visit_validate(const struct visit *plan, unsigned stage, fv_date as_of, fv_report *report);

/* Good practice, told in the same way: what its rules find, as advice, and the questions that a
 * person has to answer, as FV_FOR_PEOPLE. */
int visit_audit(const struct visit *plan, unsigned stage, fv_date as_of, fv_report *report);

/* The questions for people, and where each is to look. */
const fv_human_rule *visit_human_rules(size_t *n);

/* The stage with this id, or -1. */
int visit_stage_of(fv_text id);

/* All questions, in the order of the form. */
const fv_field *visit_fields(size_t *n);

/* Reads a plan (XML, UTF-8) from memory or from a file. *plan is then the caller's, to be
 * released; it is NULL unless the result is FV_READ_OK. line may be NULL; it gets the line
 * where reading stopped, or 0. */
fv_read visit_read(struct visit **plan, const char *bytes, size_t n, unsigned long *line);
fv_read visit_read_file(struct visit **plan, const char *path, unsigned long *line);
/* Releases a plan that was read, with all its texts and rows; NULL is fine. */
void visit_release(struct visit *plan);

#ifdef __cplusplus
}
#endif

#endif
