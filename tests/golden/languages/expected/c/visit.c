/* Made by formc from form.xml: the form visit, version 1.0.0,
 * sha256:c45ef087541d239cbb2d0b8de02d32cc2ff94cce44639a0a0876bb44115ed344.
 * Do not edit: change the form and build it again. */
#include "visit.h"

#if FV_ABI != 2
#error "fv.h does not fit: use the one that came with this file, or build the form again"
#endif

static const fv_choice choices_place[] = {
    {"home", "At home"},
    {"office", "At the office"},
};

static const fv_label labels_place[] = {
    {"Gartref", "home"},
    {"\327\221\327\221\327\231\327\252", "home"},
    {"Yn y swyddfa", "office"},
    {"\327\221\327\236\327\251\327\250\327\223", "office"},
};

static const fv_label labels_yes_no[] = {
    {"Ie", "yes"},
    {"\327\233\327\237", "yes"},
    {"Na", "no"},
    {"\327\234\327\220", "no"},
};

static const fv_field fields[] = {
    {"visit/day", "Day", "date", "person", "", FV_KIND_DATE, -1,
     offsetof(struct visit, visit.day), NULL, 0, false, NULL, 0, NULL, 0},
    {"visit/place", "Place", "choice", "person", "", FV_KIND_CHOICE, -1,
     offsetof(struct visit, visit.place), choices_place, 2, false, NULL, 0, labels_place, 4},
    {"visit/well", "Is everybody well\077", "yes-no", "person", "", FV_KIND_YES_NO, -1,
     offsetof(struct visit, visit.well), NULL, 0, false, NULL, 0, labels_yes_no, 4},
    {"visit/who", "Who is not\077", "prose", "person", "", FV_KIND_TEXT, -1,
     offsetof(struct visit, visit.who), NULL, 0, false, NULL, 0, NULL, 0},
    {"more/story", "What happened since the last visit\077", "prose", "person", "", FV_KIND_TEXT, -1,
     offsetof(struct visit, more.story), NULL, 0, false, NULL, 0, NULL, 0},
    {"more/guest/name", "Name", "person-name", "person", "", FV_KIND_TEXT, 0,
     offsetof(struct visit_more_guest, name), NULL, 0, false, NULL, 0, NULL, 0},
    {"more/sign/name", "Name", "person-name", "person", "", FV_KIND_TEXT, -1,
     offsetof(struct visit, more.sign.name), NULL, 0, false, NULL, 0, NULL, 0},
    {"more/sign/mark", "Signature", "mark", "person", "", FV_KIND_TEXT, -1,
     offsetof(struct visit, more.sign.mark), NULL, 0, false, NULL, 0, NULL, 0},
    {"more/sign/day", "Date", "date", "person", "", FV_KIND_DATE, -1,
     offsetof(struct visit, more.sign.day), NULL, 0, false, NULL, 0, NULL, 0},
};

const fv_field *visit_fields(size_t *n)
{
    *n = 9;
    return fields;
}

int visit_stage_of(fv_text id)
{
    (void)id;
    return -1;
}

/* visit/day.type:
 *     what is there can be read as date
 * form.xml:18:39 */
static fv_verdict rule_visit_day_type(const struct visit *plan)
{
#line 18 "form.xml"
    return fv_readable(plan->visit.day.state, plan->visit.day.why);
#line 70 "visit.c"
}

/* visit/day.required:
 *     required
 * form.xml:18:55 */
static fv_verdict rule_visit_day_required(const struct visit *plan)
{
#line 18 "form.xml"
    return fv_required(FV_TRUE, plan->visit.day.state, plan->visit.day.why);
#line 80 "visit.c"
}

/* visit/place.type:
 *     what is there can be read as choice
 * form.xml:19:43 */
static fv_verdict rule_visit_place_type(const struct visit *plan)
{
#line 19 "form.xml"
    return fv_readable(plan->visit.place.state, plan->visit.place.why);
#line 90 "visit.c"
}

/* visit/place.required:
 *     required
 * form.xml:19:77 */
static fv_verdict rule_visit_place_required(const struct visit *plan)
{
#line 19 "form.xml"
    return fv_required(FV_TRUE, plan->visit.place.state, plan->visit.place.why);
#line 100 "visit.c"
}

/* visit/well.type:
 *     what is there can be read as yes-no
 * form.xml:20:55 */
static fv_verdict rule_visit_well_type(const struct visit *plan)
{
#line 20 "form.xml"
    return fv_readable(plan->visit.well.state, plan->visit.well.why);
#line 110 "visit.c"
}

/* visit/well.required:
 *     required
 * form.xml:20:73 */
static fv_verdict rule_visit_well_required(const struct visit *plan)
{
#line 20 "form.xml"
    return fv_required(FV_TRUE, plan->visit.well.state, plan->visit.well.why);
#line 120 "visit.c"
}

/* visit/who.asked:
 *     answered only when visit/well eq no
 * form.xml:21:51 */
static fv_verdict rule_visit_who_asked(const struct visit *plan)
{
#line 21 "form.xml"
    return fv_asked(fv_compare_truths(plan->visit.well.value, FV_EQ, FV_FALSE), plan->visit.who.state);
#line 130 "visit.c"
}

/* True for a row without any answer: nobody has begun it. */
static bool blank_visit_more_guest(const struct visit_more_guest *row)
{
    return row->name.state == FV_ABSENT;
}

/* count(more/guest) */
static fv_number count_more_guest_max_1(const struct visit *plan)
{
    fv_number all = fv_number_of(0);
    for (size_t i = 0; i < plan->more.guest.n; i++) {
        const struct visit_more_guest *each = &plan->more.guest.at[i];
        if (!blank_visit_more_guest(each))
            all.value++;
    }
    return all;
}

/* more/guest.max:
 *     count(more/guest) le 50
 * form.xml:28:5 */
static fv_verdict rule_more_guest_max(const struct visit *plan)
{
#line 28 "form.xml"
    return fv_must(fv_compare_numbers(count_more_guest_max_1(plan), FV_LE, fv_number_of(50)));
#line 158 "visit.c"
}

/* more/sign/day.type:
 *     what is there can be read as date
 * form.xml:34:42 */
static fv_verdict rule_more_sign_day_type(const struct visit *plan)
{
#line 34 "form.xml"
    return fv_readable(plan->more.sign.day.state, plan->more.sign.day.why);
#line 168 "visit.c"
}

static const fv_rule rules[] = {
    {"visit/day.type", "visit/day", 0,
     "Day must be a real date, like 27/3/2026",
     FV_ERROR, 0},
    {"visit/day.required", "visit/day", 0,
     "Enter day",
     FV_ERROR, 0},
    {"visit/place.type", "visit/place", 0,
     "Place must be one of the answers in the list",
     FV_ERROR, 0},
    {"visit/place.required", "visit/place", 0,
     "Select place",
     FV_ERROR, 0},
    {"visit/well.type", "visit/well", 0,
     "The answer to \342\200\234Is everybody well\077\342\200\235 must be yes or no",
     FV_ERROR, 0},
    {"visit/well.required", "visit/well", 0,
     "Select yes or no for \342\200\234Is everybody well\077\342\200\235",
     FV_ERROR, 0},
    {"visit/who.asked", "visit/who", 0,
     "This is answered but not asked. Check the answers before it, or delete this one.",
     FV_ADVICE, 0},
    {"more/guest.max", "more/guest", 0,
     "There are more than 50 guests. Delete what is not needed",
     FV_ERROR, 0},
    {"more/sign/day.type", "more/sign/day", 0,
     "Date for \342\200\234The person\342\200\235 must be a real date, like 27/3/2026",
     FV_ERROR, 0},
};

static void check_visit_2(fv_report *report, unsigned stage, const struct visit *plan,
                          fv_date as_of)
{
    (void)as_of;
    fv_say(report, stage, &rules[0], rule_visit_day_type(plan));
    fv_say(report, stage, &rules[1], rule_visit_day_required(plan));
    fv_say(report, stage, &rules[2], rule_visit_place_type(plan));
    fv_say(report, stage, &rules[3], rule_visit_place_required(plan));
    fv_say(report, stage, &rules[4], rule_visit_well_type(plan));
    fv_say(report, stage, &rules[5], rule_visit_well_required(plan));
    fv_say(report, stage, &rules[6], rule_visit_who_asked(plan));
}

static void check_more_2(fv_report *report, unsigned stage, const struct visit *plan,
                         fv_date as_of)
{
    (void)as_of;
    fv_say(report, stage, &rules[7], rule_more_guest_max(plan));
    fv_say(report, stage, &rules[8], rule_more_sign_day_type(plan));
}

int visit_validate(const struct visit *plan, unsigned stage, fv_date as_of, fv_report *report)
{
    size_t before = report->n;
    check_visit_2(report, stage, plan, as_of);
    check_more_2(report, stage, plan, as_of);
    return (int)(report->n - before);
}

int visit_audit(const struct visit *plan, unsigned stage, fv_date as_of, fv_report *report)
{
    size_t before = report->n;
    (void)plan;
    (void)stage;
    (void)as_of;
    return (int)(report->n - before);
}

const fv_human_rule *visit_human_rules(size_t *n)
{
    *n = 0;
    return NULL;
}
