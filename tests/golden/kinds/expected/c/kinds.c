/* Made by formc from form.xml: the form kinds, version 1.0.0,
 * sha256:cb6968bf9ea393f02b6cd31355c2057ad576ec0f56d7b6be303b5f72061a0490.
 * Do not edit: change the form and build it again. */
#include "kinds.h"

#if FV_ABI != 1
#error "fv.h does not fit: use the one that came with this file, or build the form again"
#endif

static const fv_choice choices_colours[] = {
    {"red", "Red"},
    {"green", "Green"},
};

static const fv_choice choices_places[] = {
    {"here", "Here"},
    {"there", "There"},
};

static const fv_field fields[] = {
    {"text/prose", "Tell us about it", "prose", "person", FV_KIND_TEXT, -1,
     offsetof(struct kinds, text.prose), NULL, 0, false, NULL, 2000},
    {"text/line", "In one line", "line", "person", FV_KIND_TEXT, -1,
     offsetof(struct kinds, text.line), NULL, 0, false, NULL, 0},
    {"about/name", "Full name", "person-name", "office", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.name), NULL, 0, false, NULL, 0},
    {"about/friend", "Somebody close", "person-ref", "office", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.friend_), NULL, 0, false, NULL, 0},
    {"about/address", "Address", "address", "office", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.address), NULL, 0, false, NULL, 0},
    {"about/postcode", "Postcode", "postcode", "office", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.postcode), NULL, 0, false, NULL, 0},
    {"about/email", "E-mail", "email", "office", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.email), NULL, 0, false, NULL, 0},
    {"about/phone", "Telephone", "phone", "office", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.phone), NULL, 0, false, NULL, 0},
    {"about/office", "Organisation", "organisation", "office", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.office), NULL, 0, false, NULL, 0},
    {"about/nhs", "NHS number", "nhs-number", "office", FV_KIND_NHS_NUMBER, -1,
     offsetof(struct kinds, about.nhs), NULL, 0, false, NULL, 0},
    {"about/case", "Case number", "case-number", "office", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.case_), NULL, 0, false, "\133A-Z\135\1732\175\1330-9\135\1734\175", 0},
    {"about/born", "Date of birth", "date", "office", FV_KIND_DATE, -1,
     offsetof(struct kinds, about.born), NULL, 0, false, NULL, 0},
    {"about/since", "Lives here since", "part-date", "office", FV_KIND_PART_DATE, -1,
     offsetof(struct kinds, about.since), NULL, 0, false, NULL, 0},
    {"about/every", "How often", "interval", "office", FV_KIND_INTERVAL, -1,
     offsetof(struct kinds, about.every), NULL, 0, false, NULL, 0},
    {"about/roughly", "How often, in your words", "interval-text", "office", FV_KIND_INTERVAL_TEXT, -1,
     offsetof(struct kinds, about.roughly), NULL, 0, false, NULL, 0},
    {"about/people", "How many people", "integer", "office", FV_KIND_NUMBER, -1,
     offsetof(struct kinds, about.people), NULL, 0, false, NULL, 0},
    {"about/cost", "Cost", "money", "office", FV_KIND_MONEY, -1,
     offsetof(struct kinds, about.cost), NULL, 0, false, NULL, 0},
    {"about/colour", "Colour", "choice", "office", FV_KIND_CHOICE, -1,
     offsetof(struct kinds, about.colour), choices_colours, 2, false, NULL, 0},
    {"about/place", "Place", "choice", "office", FV_KIND_CHOICE, -1,
     offsetof(struct kinds, about.place), choices_places, 2, true, NULL, 0},
    {"about/agrees", "Does the person agree\077", "yes-no", "office", FV_KIND_YES_NO, -1,
     offsetof(struct kinds, about.agrees), NULL, 0, false, NULL, 0},
    {"about/why", "If not, say why", "prose", "office", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.why), NULL, 0, false, NULL, 0},
    {"needs/first/what", "What is needed", "prose", "office", FV_KIND_TEXT, -1,
     offsetof(struct kinds, needs.first.what), NULL, 0, false, NULL, 0},
    {"needs/first/until", "Until when", "date", "office", FV_KIND_DATE, -1,
     offsetof(struct kinds, needs.first.until), NULL, 0, false, NULL, 0},
    {"needs/second/what", "What is needed", "prose", "office", FV_KIND_TEXT, -1,
     offsetof(struct kinds, needs.second.what), NULL, 0, false, NULL, 0},
    {"needs/second/until", "Until when", "date", "office", FV_KIND_DATE, -1,
     offsetof(struct kinds, needs.second.until), NULL, 0, false, NULL, 0},
    {"plan/step/what", "What", "prose", "office", FV_KIND_TEXT, 0,
     offsetof(struct kinds_plan_step, what), NULL, 0, false, NULL, 0},
    {"plan/step/by", "By whom", "line", "office", FV_KIND_TEXT, 0,
     offsetof(struct kinds_plan_step, by), NULL, 0, false, NULL, 0},
    {"plan/step/day", "When", "date", "office", FV_KIND_DATE, 0,
     offsetof(struct kinds_plan_step, day), NULL, 0, false, NULL, 0},
    {"plan/visit/day", "Day of the visit", "date", "office", FV_KIND_DATE, 1,
     offsetof(struct kinds_plan_visit, day), NULL, 0, false, NULL, 0},
    {"plan/visit/report", "What was found", "prose", "office", FV_KIND_TEXT, 1,
     offsetof(struct kinds_plan_visit, report), NULL, 0, false, NULL, 0},
    {"signatures/person/name", "Name:", "person-name", "person", FV_KIND_TEXT, -1,
     offsetof(struct kinds, signatures.person.name), NULL, 0, false, NULL, 0},
    {"signatures/person/mark", "Signature:", "mark", "person", FV_KIND_TEXT, -1,
     offsetof(struct kinds, signatures.person.mark), NULL, 0, false, NULL, 0},
    {"signatures/person/signed-on", "Date:", "date", "person", FV_KIND_DATE, -1,
     offsetof(struct kinds, signatures.person.signed_on), NULL, 0, false, NULL, 0},
};

const fv_field *kinds_fields(size_t *n)
{
    *n = 33;
    return fields;
}

int kinds_stage_of(fv_text id)
{
    if (fv_same(id, fv_text_of("draft")))
        return 0;
    if (fv_same(id, fv_text_of("agreed")))
        return 1;
    return -1;
}

/* text/prose.type:
 *     what is there can be read as prose
 * form.xml:45:65 */
static fv_verdict rule_text_prose_type(const struct kinds *plan)
{
#line 45 "form.xml"
    return fv_readable(plan->text.prose.state, plan->text.prose.why);
#line 112 "kinds.c"
}

/* about/name.required:
 *     required; from the stage agreed
 * form.xml:53:69 */
static fv_verdict rule_about_name_required(const struct kinds *plan)
{
#line 53 "form.xml"
    return fv_required(FV_TRUE, plan->about.name.state, plan->about.name.why);
#line 122 "kinds.c"
}

/* about/nhs.type:
 *     what is there can be read as nhs-number
 * form.xml:60:46 */
static fv_verdict rule_about_nhs_type(const struct kinds *plan)
{
#line 60 "form.xml"
    return fv_readable(plan->about.nhs.state, plan->about.nhs.why);
#line 132 "kinds.c"
}

/* about/case.type:
 *     what is there can be read as line
 * form.xml:61:48 */
static fv_verdict rule_about_case_type(const struct kinds *plan)
{
#line 61 "form.xml"
    return fv_readable(plan->about.case_.state, plan->about.case_.why);
#line 142 "kinds.c"
}

/* about/born.type:
 *     what is there can be read as date
 * form.xml:62:50 */
static fv_verdict rule_about_born_type(const struct kinds *plan)
{
#line 62 "form.xml"
    return fv_readable(plan->about.born.state, plan->about.born.why);
#line 152 "kinds.c"
}

/* about/born.must:
 *     about/born le as-of()
 * form.xml:62:62 */
static fv_verdict rule_about_born_must(const struct kinds *plan, fv_date as_of)
{
#line 62 "form.xml"
    return fv_must(fv_compare_dates(plan->about.born.value, FV_LE, as_of));
#line 162 "kinds.c"
}

/* about/since.type:
 *     what is there can be read as part-date
 * form.xml:65:54 */
static fv_verdict rule_about_since_type(const struct kinds *plan)
{
#line 65 "form.xml"
    return fv_readable(plan->about.since.state, plan->about.since.why);
#line 172 "kinds.c"
}

/* about/since.must:
 *     about/since ge about/born
 * form.xml:65:71 */
static fv_verdict rule_about_since_must(const struct kinds *plan)
{
#line 65 "form.xml"
    return fv_must(fv_compare_part_dates(plan->about.since.value, FV_GE, fv_part_date_of(plan->about.born.value)));
#line 182 "kinds.c"
}

/* about/every.type:
 *     what is there can be read as interval
 * form.xml:68:47 */
static fv_verdict rule_about_every_type(const struct kinds *plan)
{
#line 68 "form.xml"
    return fv_readable(plan->about.every.state, plan->about.every.why);
#line 192 "kinds.c"
}

/* about/every.must:
 *     about/every le months(12)
 * form.xml:68:63 */
static fv_verdict rule_about_every_must(const struct kinds *plan)
{
#line 68 "form.xml"
    return fv_must(fv_compare_intervals(plan->about.every.value, FV_LE, fv_interval_make(12, FV_MONTHS)));
#line 202 "kinds.c"
}

/* about/people.type:
 *     what is there can be read as integer
 * form.xml:72:54 */
static fv_verdict rule_about_people_type(const struct kinds *plan)
{
#line 72 "form.xml"
    return fv_readable(plan->about.people.state, plan->about.people.why);
#line 212 "kinds.c"
}

/* about/cost.type:
 *     what is there can be read as money
 * form.xml:73:41 */
static fv_verdict rule_about_cost_type(const struct kinds *plan)
{
#line 73 "form.xml"
    return fv_readable(plan->about.cost.state, plan->about.cost.why);
#line 222 "kinds.c"
}

/* about/cost.must:
 *     about/cost le pounds(5000)
 * form.xml:73:54 */
static fv_verdict rule_about_cost_must(const struct kinds *plan)
{
#line 73 "form.xml"
    return fv_must(fv_compare_money(plan->about.cost.value, FV_LE, fv_money_of(500000)));
#line 232 "kinds.c"
}

/* about/colour.type:
 *     what is there can be read as choice
 * form.xml:76:45 */
static fv_verdict rule_about_colour_type(const struct kinds *plan)
{
#line 76 "form.xml"
    return fv_readable(plan->about.colour.state, plan->about.colour.why);
#line 242 "kinds.c"
}

/* about/agrees.type:
 *     what is there can be read as yes-no
 * form.xml:78:61 */
static fv_verdict rule_about_agrees_type(const struct kinds *plan)
{
#line 78 "form.xml"
    return fv_readable(plan->about.agrees.state, plan->about.agrees.why);
#line 252 "kinds.c"
}

/* about/agrees.required:
 *     required; from the stage agreed
 * form.xml:78:79 */
static fv_verdict rule_about_agrees_required(const struct kinds *plan)
{
#line 78 "form.xml"
    return fv_required(FV_TRUE, plan->about.agrees.state, plan->about.agrees.why);
#line 262 "kinds.c"
}

/* about/why.required:
 *     required when about/agrees eq no; from the stage agreed
 * form.xml:79:59 */
static fv_verdict rule_about_why_required(const struct kinds *plan)
{
#line 79 "form.xml"
    return fv_required(fv_compare_truths(plan->about.agrees.value, FV_EQ, FV_FALSE), plan->about.why.state, plan->about.why.why);
#line 272 "kinds.c"
}

/* needs/first/until.type:
 *     what is there can be read as date
 * form.xml:33:48, for all 2 uses of the block need */
static fv_verdict rule_needs_first_until_type(const struct kinds_need *group)
{
#line 33 "form.xml"
    return fv_readable(group->until.state, group->until.why);
#line 282 "kinds.c"
}

/* plan/step/by.required:
 *     required when answered(what); from the stage agreed
 * form.xml:96:60 */
static fv_verdict rule_plan_step_by_required(const struct kinds_plan_step *row)
{
#line 96 "form.xml"
    return fv_required(fv_answered(row->what.state), row->by.state, row->by.why);
#line 292 "kinds.c"
}

/* plan/step/day.type:
 *     what is there can be read as date
 * form.xml:97:42 */
static fv_verdict rule_plan_step_day_type(const struct kinds_plan_step *row)
{
#line 97 "form.xml"
    return fv_readable(row->day.state, row->day.why);
#line 302 "kinds.c"
}

/* plan/visit/day.type:
 *     what is there can be read as date
 * form.xml:100:54 */
static fv_verdict rule_plan_visit_day_type(const struct kinds_plan_visit *row)
{
#line 100 "form.xml"
    return fv_readable(row->day.state, row->day.why);
#line 312 "kinds.c"
}

/* plan/visit/day.must:
 *     day ge about/born
 * form.xml:100:66 */
static fv_verdict rule_plan_visit_day_must(const struct kinds *plan,
                                           const struct kinds_plan_visit *row)
{
#line 100 "form.xml"
    return fv_must(fv_compare_dates(row->day.value, FV_GE, plan->about.born.value));
#line 323 "kinds.c"
}

/* signatures/person/signed-on.type:
 *     what is there can be read as date
 * form.xml:111:68 */
static fv_verdict rule_signatures_person_signed_on_type(const struct kinds *plan)
{
#line 111 "form.xml"
    return fv_readable(plan->signatures.person.signed_on.state, plan->signatures.person.signed_on.why);
#line 333 "kinds.c"
}

/* dates/friend-or-office:
 *     answered(about/friend) or answered(about/office); from the stage agreed
 * form.xml:116:39 */
static fv_verdict rule_dates_friend_or_office(const struct kinds *plan)
{
#line 116 "form.xml"
    return fv_must(fv_or(fv_answered(plan->about.friend_.state), fv_answered(plan->about.office.state)));
#line 343 "kinds.c"
}

static const fv_rule rules[] = {
    {"text/prose.type", "text/prose", 0,
     "\342\200\234Tell us about it\342\200\235 must be 2000 characters or less",
     FV_ERROR, 0},
    {"about/name.required", "about/name", 0,
     "Enter full name",
     FV_ERROR, 1},
    {"about/nhs.type", "about/nhs", 0,
     "NHS number must have 10 digits, like 999 000 0018. Check each digit",
     FV_ERROR, 0},
    {"about/case.type", "about/case", 0,
     "Case number must be written in the form asked for",
     FV_ERROR, 0},
    {"about/born.type", "about/born", 0,
     "Date of birth must be a real date, like 27/3/2026",
     FV_ERROR, 0},
    {"about/born.must", "about/born", 0,
     "The date of birth is in the future. Check the year.",
     FV_ERROR, 0},
    {"about/since.type", "about/since", 0,
     "Lives here since must be a year, a month or a date, like 1987, 5/1987 or 17/5/1987",
     FV_ERROR, 0},
    {"about/since.must", "about/since", 0,
     "This is before the date of birth. Check both.",
     FV_ERROR, 0},
    {"about/every.type", "about/every", 0,
     "\342\200\234How often\342\200\235 must be a length of time, like 6 months",
     FV_ERROR, 0},
    {"about/every.must", "about/every", 0,
     "The interval is longer than a year. Enter 12 months or less.",
     FV_ERROR, 0},
    {"about/people.type", "about/people", 0,
     "\342\200\234How many people\342\200\235 must be a whole number, like 15",
     FV_ERROR, 0},
    {"about/cost.type", "about/cost", 0,
     "Cost must be an amount of money, like \302\2431,234.50",
     FV_ERROR, 0},
    {"about/cost.must", "about/cost", 0,
     "The cost is more than \302\2435,000. Enter less.",
     FV_ERROR, 0},
    {"about/colour.type", "about/colour", 0,
     "Colour must be one of the answers in the list",
     FV_ERROR, 0},
    {"about/agrees.type", "about/agrees", 0,
     "The answer to \342\200\234Does the person agree\077\342\200\235 must be yes or no",
     FV_ERROR, 0},
    {"about/agrees.required", "about/agrees", 0,
     "Select yes or no for \342\200\234Does the person agree\077\342\200\235",
     FV_ERROR, 1},
    {"about/why.required", "about/why", 0,
     "Enter an answer for \342\200\234If not, say why\342\200\235",
     FV_ERROR, 1},
    {"needs/first/until.type", "needs/first/until", 0,
     "Until when must be a real date, like 27/3/2026",
     FV_ERROR, 0},
    {"needs/second/until.type", "needs/second/until", 0,
     "Until when must be a real date, like 27/3/2026",
     FV_ERROR, 0},
    {"plan/step/by.required", "plan/step/by", 9,
     "Enter by whom",
     FV_ERROR, 1},
    {"plan/step/day.type", "plan/step/day", 9,
     "When must be a real date, like 27/3/2026",
     FV_ERROR, 0},
    {"plan/visit/day.type", "plan/visit/day", 10,
     "Day of the visit must be a real date, like 27/3/2026",
     FV_ERROR, 0},
    {"plan/visit/day.must", "plan/visit/day", 10,
     "This visit is before the date of birth. Check both dates.",
     FV_WARNING, 0},
    {"signatures/person/signed-on.type", "signatures/person/signed-on", 0,
     "Date for \342\200\234Person\342\200\235 must be a real date, like 27/3/2026",
     FV_ERROR, 0},
    {"dates/friend-or-office", "about/friend", 0,
     "Nobody close and no organisation is named. Enter one of them.",
     FV_WARNING, 1},
};

static void check_text(fv_report *report, unsigned stage, const struct kinds *plan,
                       fv_date as_of)
{
    (void)as_of;
    fv_say(report, stage, &rules[0], rule_text_prose_type(plan));
}

static void check_about(fv_report *report, unsigned stage, const struct kinds *plan,
                        fv_date as_of)
{
    fv_say(report, stage, &rules[1], rule_about_name_required(plan));
    fv_say(report, stage, &rules[2], rule_about_nhs_type(plan));
    fv_say(report, stage, &rules[3], rule_about_case_type(plan));
    fv_say(report, stage, &rules[4], rule_about_born_type(plan));
    fv_say(report, stage, &rules[5], rule_about_born_must(plan, as_of));
    fv_say(report, stage, &rules[6], rule_about_since_type(plan));
    fv_say(report, stage, &rules[7], rule_about_since_must(plan));
    fv_say(report, stage, &rules[8], rule_about_every_type(plan));
    fv_say(report, stage, &rules[9], rule_about_every_must(plan));
    fv_say(report, stage, &rules[10], rule_about_people_type(plan));
    fv_say(report, stage, &rules[11], rule_about_cost_type(plan));
    fv_say(report, stage, &rules[12], rule_about_cost_must(plan));
    fv_say(report, stage, &rules[13], rule_about_colour_type(plan));
    fv_say(report, stage, &rules[14], rule_about_agrees_type(plan));
    fv_say(report, stage, &rules[15], rule_about_agrees_required(plan));
    fv_say(report, stage, &rules[16], rule_about_why_required(plan));
}

static void check_needs(fv_report *report, unsigned stage, const struct kinds *plan,
                        fv_date as_of)
{
    (void)as_of;
    fv_say(report, stage, &rules[17], rule_needs_first_until_type(&plan->needs.first));
    fv_say(report, stage, &rules[18], rule_needs_first_until_type(&plan->needs.second));
}

/* True for a row without any answer: nobody has begun it. */
static bool blank_kinds_plan_step(const struct kinds_plan_step *row)
{
    return row->what.state == FV_ABSENT &&
           row->by.state == FV_ABSENT &&
           row->day.state == FV_ABSENT;
}

static void rows_plan_step_by_required(fv_report *report, unsigned stage, const fv_rule *at,
                                       const struct kinds_plan_step_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        const struct kinds_plan_step *row = &rows->at[i];
        if (blank_kinds_plan_step(row))
            continue;
        fv_say_row(report, stage, &at[0], rule_plan_step_by_required(row), row->row_, i);
        fv_say_row(report, stage, &at[1], rule_plan_step_day_type(row), row->row_, i);
    }
}

/* True for a row without any answer: nobody has begun it. */
static bool blank_kinds_plan_visit(const struct kinds_plan_visit *row)
{
    return row->day.state == FV_ABSENT &&
           row->report.state == FV_ABSENT;
}

static void rows_plan_visit_day_type(fv_report *report, unsigned stage, const fv_rule *at,
                                     const struct kinds *plan,
                                     const struct kinds_plan_visit_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        const struct kinds_plan_visit *row = &rows->at[i];
        if (blank_kinds_plan_visit(row))
            continue;
        fv_say_row(report, stage, &at[0], rule_plan_visit_day_type(row), row->row_, i);
        fv_say_row(report, stage, &at[1], rule_plan_visit_day_must(plan, row), row->row_, i);
    }
}

static void check_plan(fv_report *report, unsigned stage, const struct kinds *plan,
                       fv_date as_of)
{
    (void)as_of;
    rows_plan_step_by_required(report, stage, &rules[19], &plan->plan.step);
    rows_plan_visit_day_type(report, stage, &rules[21], plan, &plan->plan.visit);
}

static void check_signatures(fv_report *report, unsigned stage, const struct kinds *plan,
                             fv_date as_of)
{
    (void)as_of;
    fv_say(report, stage, &rules[23], rule_signatures_person_signed_on_type(plan));
}

static void check_about_2(fv_report *report, unsigned stage, const struct kinds *plan,
                          fv_date as_of)
{
    (void)as_of;
    fv_say(report, stage, &rules[24], rule_dates_friend_or_office(plan));
}

int kinds_validate(const struct kinds *plan, unsigned stage, fv_date as_of, fv_report *report)
{
    size_t before = report->n;
    check_text(report, stage, plan, as_of);
    check_about(report, stage, plan, as_of);
    check_needs(report, stage, plan, as_of);
    check_plan(report, stage, plan, as_of);
    check_signatures(report, stage, plan, as_of);
    check_about_2(report, stage, plan, as_of);
    return (int)(report->n - before);
}
