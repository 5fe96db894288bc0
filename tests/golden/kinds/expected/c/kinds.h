/* Made by formc from form.xml: the form kinds, version 1.0.0,
 * sha256:e80add6340045ca3e3b4e87c612b682089021658c888f937713615c92ac682d4.
 * Do not edit: change the form and build it again. */
#ifndef KINDS_H
#define KINDS_H

#include "fv.h"

#if FV_ABI != 2
#error "fv.h does not fit: use the one that came with this file, or build the form again"
#endif

#define KINDS_VERSION "1.0.0"
#define KINDS_DIGEST "sha256:e80add6340045ca3e3b4e87c612b682089021658c888f937713615c92ac682d4"

#ifdef __cplusplus
extern "C" {
#endif

/* The stages of a plan, in order. */
enum kinds_stage {
    KINDS_STAGE_DRAFT = 0,
    KINDS_STAGE_AGREED = 1,
};

enum kinds_list_colours {
    KINDS_COLOURS_RED = 0,
    KINDS_COLOURS_GREEN = 1,
};

enum kinds_list_places {
    KINDS_PLACES_HERE = 0,
    KINDS_PLACES_THERE = 1,
};

enum kinds_list_helps {
    KINDS_HELPS_ADVOCATE = 0,
    KINDS_HELPS_INTERPRETER = 1,
    KINDS_HELPS_LARGE_PRINT = 2,
    KINDS_HELPS_NONE = 3,
};

enum kinds_list_needs_thought_of {
    KINDS_NEEDS_THOUGHT_OF_HOME = 0,
    KINDS_NEEDS_THOUGHT_OF_OUTSIDE = 1,
};

struct kinds_text {
    fv_text_answer prose;
    fv_text_answer line;
    fv_choices_answer helps; /* of the list helps */
    fv_text_answer who;
};

struct kinds_about {
    fv_text_answer name;
    fv_text_answer friend_;
    fv_text_answer address;
    fv_text_answer postcode;
    fv_text_answer email;
    fv_text_answer phone;
    fv_text_answer office;
    fv_nhs_number_answer nhs;
    fv_text_answer case_;
    fv_date_answer born;
    fv_part_date_answer since;
    fv_interval_answer every;
    fv_interval_answer roughly;
    fv_number_answer people;
    fv_money_answer cost;
    fv_date_answer review;
    fv_yes_no_answer busy;
    fv_choice_answer colour; /* of the list colours */
    fv_choice_answer place; /* of the list places */
    fv_choices_answer helps; /* of the list helps */
    fv_yes_no_answer agrees;
    fv_text_answer why;
    fv_choices_answer across; /* of the list helps */
};

struct kinds_need {
    fv_text_answer what;
    fv_date_answer until;
};

struct kinds_needs {
    fv_choices_answer thought_of; /* of the list needs-thought-of */
    struct kinds_need first;
    struct kinds_need second;
};

struct kinds_plan_step {
    fv_text row_; /* the row's id */
    fv_text_answer what;
    fv_text_answer by;
    fv_date_answer day;
    fv_choices_answer with; /* of the list helps */
    fv_number_answer after;
};
struct kinds_plan_step_rows {
    struct kinds_plan_step *at;
    size_t n;
};

struct kinds_plan_visit {
    fv_text row_; /* the row's id */
    fv_date_answer day;
    fv_text_answer report;
    fv_choices_answer helps; /* of the list helps */
};
struct kinds_plan_visit_rows {
    struct kinds_plan_visit *at;
    size_t n;
};

struct kinds_plan {
    fv_date_answer from;
    struct kinds_plan_step_rows step;
    struct kinds_plan_visit_rows visit;
};

struct kinds_signatures_person {
    fv_text_answer name;
    fv_choices_answer helped; /* of the list helps */
    fv_text_answer mark;
    fv_date_answer signed_on;
};

struct kinds_signatures {
    struct kinds_signatures_person person;
};

struct kinds {
    fv_pins pins_;
    void *memory_; /* of the reader; NULL for a plan that was filled by hand */
    struct kinds_text text;
    struct kinds_about about;
    struct kinds_needs needs;
    struct kinds_plan plan;
    struct kinds_signatures signatures;
};

/* Works out the answers that follow from others, where there is none. Reading a plan has
 * done so; a plan that was filled by hand needs it once, and again when it was changed,
 * before it is checked. */
void kinds_work_out(struct kinds *plan);

/* Checks a plan at a stage and on a day; what is found goes to the report. Rules of later
 * stages are left out. Returns the number of findings. */
int kinds_validate(const struct kinds *plan, unsigned stage, fv_date as_of, fv_report *report);

/* Good practice, told in the same way: what its rules find, as advice, and the questions that a
 * person has to answer, as FV_FOR_PEOPLE. */
int kinds_audit(const struct kinds *plan, unsigned stage, fv_date as_of, fv_report *report);

/* The questions for people, and where each is to look. */
const fv_human_rule *kinds_human_rules(size_t *n);

/* The stage with this id, or -1. */
int kinds_stage_of(fv_text id);

/* All questions, in the order of the form. */
const fv_field *kinds_fields(size_t *n);

/* Reads a plan (XML, UTF-8) from memory or from a file. *plan is then the caller's, to be
 * released; it is NULL unless the result is FV_READ_OK. line may be NULL; it gets the line
 * where reading stopped, or 0. */
fv_read kinds_read(struct kinds **plan, const char *bytes, size_t n, unsigned long *line);
fv_read kinds_read_file(struct kinds **plan, const char *path, unsigned long *line);
/* Releases a plan that was read, with all its texts and rows; NULL is fine. */
void kinds_release(struct kinds *plan);

#ifdef __cplusplus
}
#endif

#endif
