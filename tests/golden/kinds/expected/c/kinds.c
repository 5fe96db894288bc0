/* Made by formc from form.xml: the form kinds, version 1.0.0,
 * sha256:e80add6340045ca3e3b4e87c612b682089021658c888f937713615c92ac682d4.
 * Do not edit: change the form and build it again. */
#include "kinds.h"

#if FV_ABI != 2
#error "fv.h does not fit: use the one that came with this file, or build the form again"
#endif

static const fv_choice choices_helps[] = {
    {"advocate", "An advocate"},
    {"interpreter", "An interpreter, or somebody who signs"},
    {"large-print", "Letters in large print"},
    {"none", "None of these"},
};

static const fv_choice choices_colours[] = {
    {"red", "Red"},
    {"green", "Green"},
};

static const fv_choice choices_places[] = {
    {"here", "Here"},
    {"there", "There"},
};

static const fv_choice choices_needs_thought_of[] = {
    {"home", "Life at home"},
    {"outside", "Life outside: work, friends \046 faith"},
};

static const fv_field fields[] = {
    {"text/prose", "Tell us about it", "prose", "person", "", FV_KIND_TEXT, -1,
     offsetof(struct kinds, text.prose), NULL, 0, false, NULL, 2000, NULL, 0},
    {"text/line", "In one line", "line", "person", "", FV_KIND_TEXT, -1,
     offsetof(struct kinds, text.line), NULL, 0, false, NULL, 0, NULL, 0},
    {"text/helps", "What would help you\077", "choices", "person", "", FV_KIND_CHOICES, -1,
     offsetof(struct kinds, text.helps), choices_helps, 4, false, NULL, 0, NULL, 0},
    {"text/who", "Who is the advocate\077", "line", "person", "", FV_KIND_TEXT, -1,
     offsetof(struct kinds, text.who), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/name", "Full name", "person-name", "office", "", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.name), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/friend", "Somebody close", "person-ref", "office", "", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.friend_), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/address", "Address", "address", "office", "", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.address), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/postcode", "Postcode", "postcode", "office", "", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.postcode), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/email", "E-mail", "email", "office", "", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.email), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/phone", "Telephone", "phone", "office", "", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.phone), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/office", "Organisation", "organisation", "office", "", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.office), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/nhs", "NHS number", "nhs-number", "office", "", FV_KIND_NHS_NUMBER, -1,
     offsetof(struct kinds, about.nhs), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/case", "Case number", "case-number", "office", "", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.case_), NULL, 0, false, "\133A-Z\135\1732\175\1330-9\135\1734\175", 0, NULL, 0},
    {"about/born", "Date of birth", "date", "office", "", FV_KIND_DATE, -1,
     offsetof(struct kinds, about.born), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/since", "Lives here since", "part-date", "office", "", FV_KIND_PART_DATE, -1,
     offsetof(struct kinds, about.since), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/every", "How often", "interval", "office", "", FV_KIND_INTERVAL, -1,
     offsetof(struct kinds, about.every), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/roughly", "How often, in your words", "interval-text", "office", "", FV_KIND_INTERVAL_TEXT, -1,
     offsetof(struct kinds, about.roughly), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/people", "How many people", "integer", "office", "", FV_KIND_NUMBER, -1,
     offsetof(struct kinds, about.people), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/cost", "Cost", "money", "office", "", FV_KIND_MONEY, -1,
     offsetof(struct kinds, about.cost), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/review", "First review", "date", "office", "", FV_KIND_DATE, -1,
     offsetof(struct kinds, about.review), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/busy", "Are there many steps\077", "yes-no", "office", "", FV_KIND_YES_NO, -1,
     offsetof(struct kinds, about.busy), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/colour", "Colour", "choice", "office", "", FV_KIND_CHOICE, -1,
     offsetof(struct kinds, about.colour), choices_colours, 2, false, NULL, 0, NULL, 0},
    {"about/place", "Place", "choice", "office", "", FV_KIND_CHOICE, -1,
     offsetof(struct kinds, about.place), choices_places, 2, true, NULL, 0, NULL, 0},
    {"about/helps", "Help that is there already", "choices", "office", "", FV_KIND_CHOICES, -1,
     offsetof(struct kinds, about.helps), choices_helps, 4, false, NULL, 0, NULL, 0},
    {"about/agrees", "Does the person agree\077", "yes-no", "office", "", FV_KIND_YES_NO, -1,
     offsetof(struct kinds, about.agrees), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/why", "If not, say why", "prose", "office", "", FV_KIND_TEXT, -1,
     offsetof(struct kinds, about.why), NULL, 0, false, NULL, 0, NULL, 0},
    {"about/across", "Help that was offered", "choices", "office", "", FV_KIND_CHOICES, -1,
     offsetof(struct kinds, about.across), choices_helps, 4, false, NULL, 0, NULL, 0},
    {"needs/thought-of", "What was thought of", "choices", "office", "", FV_KIND_CHOICES, -1,
     offsetof(struct kinds, needs.thought_of), choices_needs_thought_of, 2, false, NULL, 0, NULL, 0},
    {"needs/first/what", "What is needed", "prose", "office", "", FV_KIND_TEXT, -1,
     offsetof(struct kinds, needs.first.what), NULL, 0, false, NULL, 0, NULL, 0},
    {"needs/first/until", "Until when", "date", "office", "", FV_KIND_DATE, -1,
     offsetof(struct kinds, needs.first.until), NULL, 0, false, NULL, 0, NULL, 0},
    {"needs/second/what", "What is needed", "prose", "office", "", FV_KIND_TEXT, -1,
     offsetof(struct kinds, needs.second.what), NULL, 0, false, NULL, 0, NULL, 0},
    {"needs/second/until", "Until when", "date", "office", "", FV_KIND_DATE, -1,
     offsetof(struct kinds, needs.second.until), NULL, 0, false, NULL, 0, NULL, 0},
    {"plan/from", "Begins on", "date", "office", "", FV_KIND_DATE, -1,
     offsetof(struct kinds, plan.from), NULL, 0, false, NULL, 0, NULL, 0},
    {"plan/step/what", "What", "prose", "office", "", FV_KIND_TEXT, 0,
     offsetof(struct kinds_plan_step, what), NULL, 0, false, NULL, 0, NULL, 0},
    {"plan/step/by", "By whom", "line", "office", "", FV_KIND_TEXT, 0,
     offsetof(struct kinds_plan_step, by), NULL, 0, false, NULL, 0, NULL, 0},
    {"plan/step/day", "When", "date", "office", "", FV_KIND_DATE, 0,
     offsetof(struct kinds_plan_step, day), NULL, 0, false, NULL, 0, NULL, 0},
    {"plan/step/with", "With what help", "choices", "office", "", FV_KIND_CHOICES, 0,
     offsetof(struct kinds_plan_step, with), choices_helps, 4, false, NULL, 0, NULL, 0},
    {"plan/step/after", "Months from the beginning", "integer", "office", "", FV_KIND_NUMBER, 0,
     offsetof(struct kinds_plan_step, after), NULL, 0, false, NULL, 0, NULL, 0},
    {"plan/visit/day", "Day of the visit", "date", "office", "", FV_KIND_DATE, 1,
     offsetof(struct kinds_plan_visit, day), NULL, 0, false, NULL, 0, NULL, 0},
    {"plan/visit/report", "What was found", "prose", "office", "", FV_KIND_TEXT, 1,
     offsetof(struct kinds_plan_visit, report), NULL, 0, false, NULL, 0, NULL, 0},
    {"plan/visit/helps", "Help that was there", "choices", "office", "", FV_KIND_CHOICES, 1,
     offsetof(struct kinds_plan_visit, helps), choices_helps, 4, false, NULL, 0, NULL, 0},
    {"signatures/person/name", "Name:", "person-name", "person", "", FV_KIND_TEXT, -1,
     offsetof(struct kinds, signatures.person.name), NULL, 0, false, NULL, 0, NULL, 0},
    {"signatures/person/helped", "Helped by", "choices", "person", "", FV_KIND_CHOICES, -1,
     offsetof(struct kinds, signatures.person.helped), choices_helps, 4, false, NULL, 0, NULL, 0},
    {"signatures/person/mark", "Signature:", "mark", "person", "", FV_KIND_TEXT, -1,
     offsetof(struct kinds, signatures.person.mark), NULL, 0, false, NULL, 0, NULL, 0},
    {"signatures/person/signed-on", "Date:", "date", "person", "", FV_KIND_DATE, -1,
     offsetof(struct kinds, signatures.person.signed_on), NULL, 0, false, NULL, 0, NULL, 0},
};

const fv_field *kinds_fields(size_t *n)
{
    *n = 45;
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

/* about/review follows from add-months(plan/from, 3)
 * form.xml:86:63 */
static void calc_about_review(struct kinds *plan)
{
#line 86 "form.xml"
    fv_work_out_date(&plan->about.review, FV_TRUE, fv_add_months(plan->plan.from.value, fv_number_of(3)));
#line 147 "kinds.c"
}

/* True for a row without any answer: nobody has begun it. */
static bool blank_kinds_plan_step(const struct kinds_plan_step *row)
{
    return row->what.state == FV_ABSENT &&
           row->by.state == FV_ABSENT &&
           row->day.state == FV_ABSENT &&
           row->with.state == FV_ABSENT &&
           (row->after.state == FV_ABSENT || row->after.why == FV_WORKED_OUT);
}

/* count(plan/step) */
static fv_number count_about_busy_1(const struct kinds *plan)
{
    fv_number all = fv_number_of(0);
    for (size_t i = 0; i < plan->plan.step.n; i++) {
        const struct kinds_plan_step *each = &plan->plan.step.at[i];
        if (!blank_kinds_plan_step(each))
            all.value++;
    }
    return all;
}

/* about/busy follows from count(plan/step) ge 4
 * form.xml:87:72 */
static void calc_about_busy(struct kinds *plan)
{
#line 87 "form.xml"
    fv_work_out_yes_no(&plan->about.busy, FV_TRUE, fv_compare_numbers(count_about_busy_1(plan), FV_GE, fv_number_of(4)));
#line 178 "kinds.c"
}

/* plan/step/after follows from months-between(plan/from, day)
 * form.xml:118:80 */
static void calc_plan_step_after(const struct kinds *plan, struct kinds_plan_step *row)
{
#line 118 "form.xml"
    fv_work_out_number(&row->after, FV_TRUE, fv_months_between(plan->plan.from.value, row->day.value));
#line 187 "kinds.c"
}

void kinds_work_out(struct kinds *plan)
{
    calc_about_review(plan);
    calc_about_busy(plan);
    for (size_t i = 0; i < plan->plan.step.n; i++)
        if (!blank_kinds_plan_step(&plan->plan.step.at[i]))
            calc_plan_step_after(plan, &plan->plan.step.at[i]);
}

/* text/prose.type:
 *     what is there can be read as prose
 * form.xml:51:65 */
static fv_verdict rule_text_prose_type(const struct kinds *plan)
{
#line 51 "form.xml"
    return fv_readable(plan->text.prose.state, plan->text.prose.why);
#line 206 "kinds.c"
}

/* text/helps.type:
 *     what is there can be read as choices
 * form.xml:55:69 */
static fv_verdict rule_text_helps_type(const struct kinds *plan)
{
#line 55 "form.xml"
    return fv_readable(plan->text.helps.state, plan->text.helps.why);
#line 216 "kinds.c"
}

/* text/helps.required:
 *     required; from the stage agreed
 * form.xml:55:104 */
static fv_verdict rule_text_helps_required(const struct kinds *plan)
{
#line 55 "form.xml"
    return fv_required(FV_TRUE, plan->text.helps.state, plan->text.helps.why);
#line 226 "kinds.c"
}

/* text/who.asked:
 *     answered only when chosen(text/helps, 'advocate')
 * form.xml:58:83 */
static fv_verdict rule_text_who_asked(const struct kinds *plan)
{
#line 58 "form.xml"
    return fv_asked(fv_chosen(plan->text.helps, KINDS_HELPS_ADVOCATE), plan->text.who.state);
#line 236 "kinds.c"
}

/* about/name.required:
 *     required; from the stage agreed
 * form.xml:63:69 */
static fv_verdict rule_about_name_required(const struct kinds *plan)
{
#line 63 "form.xml"
    return fv_required(FV_TRUE, plan->about.name.state, plan->about.name.why);
#line 246 "kinds.c"
}

/* about/nhs.type:
 *     what is there can be read as nhs-number
 * form.xml:70:46 */
static fv_verdict rule_about_nhs_type(const struct kinds *plan)
{
#line 70 "form.xml"
    return fv_readable(plan->about.nhs.state, plan->about.nhs.why);
#line 256 "kinds.c"
}

/* about/case.type:
 *     what is there can be read as line
 * form.xml:71:48 */
static fv_verdict rule_about_case_type(const struct kinds *plan)
{
#line 71 "form.xml"
    return fv_readable(plan->about.case_.state, plan->about.case_.why);
#line 266 "kinds.c"
}

/* about/born.type:
 *     what is there can be read as date
 * form.xml:72:50 */
static fv_verdict rule_about_born_type(const struct kinds *plan)
{
#line 72 "form.xml"
    return fv_readable(plan->about.born.state, plan->about.born.why);
#line 276 "kinds.c"
}

/* about/born.must:
 *     about/born le as-of()
 * form.xml:72:62 */
static fv_verdict rule_about_born_must(const struct kinds *plan, fv_date as_of)
{
#line 72 "form.xml"
    return fv_must(fv_compare_dates(plan->about.born.value, FV_LE, as_of));
#line 286 "kinds.c"
}

/* about/since.type:
 *     what is there can be read as part-date
 * form.xml:75:54 */
static fv_verdict rule_about_since_type(const struct kinds *plan)
{
#line 75 "form.xml"
    return fv_readable(plan->about.since.state, plan->about.since.why);
#line 296 "kinds.c"
}

/* about/since.must:
 *     about/since ge about/born
 * form.xml:75:71 */
static fv_verdict rule_about_since_must(const struct kinds *plan)
{
#line 75 "form.xml"
    return fv_must(fv_compare_part_dates(plan->about.since.value, FV_GE, fv_part_date_of(plan->about.born.value)));
#line 306 "kinds.c"
}

/* about/every.type:
 *     what is there can be read as interval
 * form.xml:78:47 */
static fv_verdict rule_about_every_type(const struct kinds *plan)
{
#line 78 "form.xml"
    return fv_readable(plan->about.every.state, plan->about.every.why);
#line 316 "kinds.c"
}

/* about/every.must:
 *     about/every le months(12)
 * form.xml:78:63 */
static fv_verdict rule_about_every_must(const struct kinds *plan)
{
#line 78 "form.xml"
    return fv_must(fv_compare_intervals(plan->about.every.value, FV_LE, fv_interval_make(12, FV_MONTHS)));
#line 326 "kinds.c"
}

/* about/people.type:
 *     what is there can be read as integer
 * form.xml:82:54 */
static fv_verdict rule_about_people_type(const struct kinds *plan)
{
#line 82 "form.xml"
    return fv_readable(plan->about.people.state, plan->about.people.why);
#line 336 "kinds.c"
}

/* about/cost.type:
 *     what is there can be read as money
 * form.xml:83:41 */
static fv_verdict rule_about_cost_type(const struct kinds *plan)
{
#line 83 "form.xml"
    return fv_readable(plan->about.cost.state, plan->about.cost.why);
#line 346 "kinds.c"
}

/* about/cost.must:
 *     about/cost le pounds(5000)
 * form.xml:83:54 */
static fv_verdict rule_about_cost_must(const struct kinds *plan)
{
#line 83 "form.xml"
    return fv_must(fv_compare_money(plan->about.cost.value, FV_LE, fv_money_of(500000)));
#line 356 "kinds.c"
}

/* about/review.type:
 *     what is there can be read as date
 * form.xml:86:51 */
static fv_verdict rule_about_review_type(const struct kinds *plan)
{
#line 86 "form.xml"
    return fv_readable(plan->about.review.state, plan->about.review.why);
#line 366 "kinds.c"
}

/* about/review.calc:
 *     about/review eq add-months(plan/from, 3)
 * form.xml:86:63 */
static fv_verdict rule_about_review_calc(const struct kinds *plan)
{
#line 86 "form.xml"
    return fv_must(fv_compare_dates(plan->about.review.value, FV_EQ, fv_add_months(plan->plan.from.value, fv_number_of(3))));
#line 376 "kinds.c"
}

/* about/busy.type:
 *     what is there can be read as yes-no
 * form.xml:87:58 */
static fv_verdict rule_about_busy_type(const struct kinds *plan)
{
#line 87 "form.xml"
    return fv_readable(plan->about.busy.state, plan->about.busy.why);
#line 386 "kinds.c"
}

/* count(plan/step) */
static fv_number count_about_busy_calc_1(const struct kinds *plan)
{
    fv_number all = fv_number_of(0);
    for (size_t i = 0; i < plan->plan.step.n; i++) {
        const struct kinds_plan_step *each = &plan->plan.step.at[i];
        if (!blank_kinds_plan_step(each))
            all.value++;
    }
    return all;
}

/* about/busy.calc:
 *     about/busy eq (count(plan/step) ge 4)
 * form.xml:87:72 */
static fv_verdict rule_about_busy_calc(const struct kinds *plan)
{
#line 87 "form.xml"
    return fv_must(fv_compare_truths(plan->about.busy.value, FV_EQ, fv_compare_numbers(count_about_busy_calc_1(plan), FV_GE, fv_number_of(4))));
#line 408 "kinds.c"
}

/* about/colour.type:
 *     what is there can be read as choice
 * form.xml:88:45 */
static fv_verdict rule_about_colour_type(const struct kinds *plan)
{
#line 88 "form.xml"
    return fv_readable(plan->about.colour.state, plan->about.colour.why);
#line 418 "kinds.c"
}

/* about/helps.type:
 *     what is there can be read as choices
 * form.xml:90:64 */
static fv_verdict rule_about_helps_type(const struct kinds *plan)
{
#line 90 "form.xml"
    return fv_readable(plan->about.helps.state, plan->about.helps.why);
#line 428 "kinds.c"
}

/* about/agrees.type:
 *     what is there can be read as yes-no
 * form.xml:91:61 */
static fv_verdict rule_about_agrees_type(const struct kinds *plan)
{
#line 91 "form.xml"
    return fv_readable(plan->about.agrees.state, plan->about.agrees.why);
#line 438 "kinds.c"
}

/* about/agrees.required:
 *     required; from the stage agreed
 * form.xml:91:79 */
static fv_verdict rule_about_agrees_required(const struct kinds *plan)
{
#line 91 "form.xml"
    return fv_required(FV_TRUE, plan->about.agrees.state, plan->about.agrees.why);
#line 448 "kinds.c"
}

/* about/why.required:
 *     required when about/agrees eq no; from the stage agreed
 * form.xml:92:59 */
static fv_verdict rule_about_why_required(const struct kinds *plan)
{
#line 92 "form.xml"
    return fv_required(fv_compare_truths(plan->about.agrees.value, FV_EQ, FV_FALSE), plan->about.why.state, plan->about.why.why);
#line 458 "kinds.c"
}

/* about/across.type:
 *     what is there can be read as choices
 * form.xml:94:60 */
static fv_verdict rule_about_across_type(const struct kinds *plan)
{
#line 94 "form.xml"
    return fv_readable(plan->about.across.state, plan->about.across.why);
#line 468 "kinds.c"
}

/* needs/thought-of.type:
 *     what is there can be read as choices
 * form.xml:98:5 */
static fv_verdict rule_needs_thought_of_type(const struct kinds *plan)
{
#line 98 "form.xml"
    return fv_readable(plan->needs.thought_of.state, plan->needs.thought_of.why);
#line 478 "kinds.c"
}

/* needs/first/until.type:
 *     what is there can be read as date
 * form.xml:39:48, for all 2 uses of the block need */
static fv_verdict rule_needs_first_until_type(const struct kinds_need *group)
{
#line 39 "form.xml"
    return fv_readable(group->until.state, group->until.why);
#line 488 "kinds.c"
}

/* plan/from.type:
 *     what is there can be read as date
 * form.xml:112:46 */
static fv_verdict rule_plan_from_type(const struct kinds *plan)
{
#line 112 "form.xml"
    return fv_readable(plan->plan.from.state, plan->plan.from.why);
#line 498 "kinds.c"
}

/* count(plan/step) */
static fv_number count_plan_step_max_1(const struct kinds *plan)
{
    fv_number all = fv_number_of(0);
    for (size_t i = 0; i < plan->plan.step.n; i++) {
        const struct kinds_plan_step *each = &plan->plan.step.at[i];
        if (!blank_kinds_plan_step(each))
            all.value++;
    }
    return all;
}

/* plan/step.max:
 *     count(plan/step) le 9
 * form.xml:113:50 */
static fv_verdict rule_plan_step_max(const struct kinds *plan)
{
#line 113 "form.xml"
    return fv_must(fv_compare_numbers(count_plan_step_max_1(plan), FV_LE, fv_number_of(9)));
#line 520 "kinds.c"
}

/* plan/step/by.required:
 *     required when answered(what); from the stage agreed
 * form.xml:115:60 */
static fv_verdict rule_plan_step_by_required(const struct kinds_plan_step *row)
{
#line 115 "form.xml"
    return fv_required(fv_answered(row->what.state), row->by.state, row->by.why);
#line 530 "kinds.c"
}

/* plan/step/day.type:
 *     what is there can be read as date
 * form.xml:116:42 */
static fv_verdict rule_plan_step_day_type(const struct kinds_plan_step *row)
{
#line 116 "form.xml"
    return fv_readable(row->day.state, row->day.why);
#line 540 "kinds.c"
}

/* plan/step/with.type:
 *     what is there can be read as choices
 * form.xml:117:53 */
static fv_verdict rule_plan_step_with_type(const struct kinds_plan_step *row)
{
#line 117 "form.xml"
    return fv_readable(row->with.state, row->with.why);
#line 550 "kinds.c"
}

/* plan/step/after.type:
 *     what is there can be read as integer
 * form.xml:118:65 */
static fv_verdict rule_plan_step_after_type(const struct kinds_plan_step *row)
{
#line 118 "form.xml"
    return fv_readable(row->after.state, row->after.why);
#line 560 "kinds.c"
}

/* plan/step/after.calc:
 *     after eq months-between(plan/from, day)
 * form.xml:118:80 */
static fv_verdict rule_plan_step_after_calc(const struct kinds *plan,
                                            const struct kinds_plan_step *row)
{
#line 118 "form.xml"
    return fv_must(fv_compare_numbers(row->after.value, FV_EQ, fv_months_between(plan->plan.from.value, row->day.value)));
#line 571 "kinds.c"
}

/* True for a row without any answer: nobody has begun it. */
static bool blank_kinds_plan_visit(const struct kinds_plan_visit *row)
{
    return row->day.state == FV_ABSENT &&
           row->report.state == FV_ABSENT &&
           row->helps.state == FV_ABSENT;
}

/* count(plan/visit) */
static fv_number count_plan_visit_max_1(const struct kinds *plan)
{
    fv_number all = fv_number_of(0);
    for (size_t i = 0; i < plan->plan.visit.n; i++) {
        const struct kinds_plan_visit *each = &plan->plan.visit.at[i];
        if (!blank_kinds_plan_visit(each))
            all.value++;
    }
    return all;
}

/* plan/visit.max:
 *     count(plan/visit) le 4
 * form.xml:120:52 */
static fv_verdict rule_plan_visit_max(const struct kinds *plan)
{
#line 120 "form.xml"
    return fv_must(fv_compare_numbers(count_plan_visit_max_1(plan), FV_LE, fv_number_of(4)));
#line 601 "kinds.c"
}

/* plan/visit/day.type:
 *     what is there can be read as date
 * form.xml:121:54 */
static fv_verdict rule_plan_visit_day_type(const struct kinds_plan_visit *row)
{
#line 121 "form.xml"
    return fv_readable(row->day.state, row->day.why);
#line 611 "kinds.c"
}

/* plan/visit/day.must:
 *     day ge about/born
 * form.xml:121:66 */
static fv_verdict rule_plan_visit_day_must(const struct kinds *plan,
                                           const struct kinds_plan_visit *row)
{
#line 121 "form.xml"
    return fv_must(fv_compare_dates(row->day.value, FV_GE, plan->about.born.value));
#line 622 "kinds.c"
}

/* plan/visit/helps.type:
 *     what is there can be read as choices
 * form.xml:125:59 */
static fv_verdict rule_plan_visit_helps_type(const struct kinds_plan_visit *row)
{
#line 125 "form.xml"
    return fv_readable(row->helps.state, row->helps.why);
#line 632 "kinds.c"
}

/* signatures/person/helped.type:
 *     what is there can be read as choices
 * form.xml:132:50 */
static fv_verdict rule_signatures_person_helped_type(const struct kinds *plan)
{
#line 132 "form.xml"
    return fv_readable(plan->signatures.person.helped.state, plan->signatures.person.helped.why);
#line 642 "kinds.c"
}

/* signatures/person/signed-on.type:
 *     what is there can be read as date
 * form.xml:134:68 */
static fv_verdict rule_signatures_person_signed_on_type(const struct kinds *plan)
{
#line 134 "form.xml"
    return fv_readable(plan->signatures.person.signed_on.state, plan->signatures.person.signed_on.why);
#line 652 "kinds.c"
}

/* dates/help-is-there:
 *     not chosen(text/helps, 'advocate') or chosen(about/helps, 'advocate')
 * form.xml:139:36 */
static fv_verdict rule_dates_help_is_there(const struct kinds *plan)
{
#line 139 "form.xml"
    return fv_must(fv_or(fv_not(fv_chosen(plan->text.helps, KINDS_HELPS_ADVOCATE)), fv_chosen(plan->about.helps, KINDS_HELPS_ADVOCATE)));
#line 662 "kinds.c"
}

/* dates/friend-or-office:
 *     answered(about/friend) or answered(about/office); from the stage agreed
 * form.xml:143:39 */
static fv_verdict rule_dates_friend_or_office(const struct kinds *plan)
{
#line 143 "form.xml"
    return fv_must(fv_or(fv_answered(plan->about.friend_.state), fv_answered(plan->about.office.state)));
#line 672 "kinds.c"
}

static const fv_rule rules[] = {
    {"text/prose.type", "text/prose", 0,
     "\342\200\234Tell us about it\342\200\235 must be 2000 characters or less",
     FV_ERROR, 0},
    {"text/helps.type", "text/helps", 0,
     "The answer to \342\200\234What would help you\077\342\200\235 must be one or more of the answers in the list",
     FV_ERROR, 0},
    {"text/helps.required", "text/helps", 0,
     "Select one or more answers for \342\200\234What would help you\077\342\200\235",
     FV_ERROR, 1},
    {"text/who.asked", "text/who", 0,
     "This is answered but not asked. Check the answers before it, or delete this one.",
     FV_ADVICE, 0},
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
    {"about/review.type", "about/review", 0,
     "First review must be a real date, like 27/3/2026",
     FV_ERROR, 0},
    {"about/review.calc", "about/review", 0,
     "First review does not follow from the other answers. Check them, or delete this one: it is then worked out.",
     FV_WARNING, 0},
    {"about/busy.type", "about/busy", 0,
     "The answer to \342\200\234Are there many steps\077\342\200\235 must be yes or no",
     FV_ERROR, 0},
    {"about/busy.calc", "about/busy", 0,
     "\342\200\234Are there many steps\077\342\200\235 does not follow from the other answers. Check them, or delete this one: it is then worked out.",
     FV_WARNING, 0},
    {"about/colour.type", "about/colour", 0,
     "Colour must be one of the answers in the list",
     FV_ERROR, 0},
    {"about/helps.type", "about/helps", 0,
     "Help that is there already must be one or more of the answers in the list",
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
    {"about/across.type", "about/across", 0,
     "Help that was offered must be one or more of the answers in the list",
     FV_ERROR, 0},
    {"needs/thought-of.type", "needs/thought-of", 0,
     "\342\200\234What was thought of\342\200\235 must be one or more of the answers in the list",
     FV_ERROR, 0},
    {"needs/first/until.type", "needs/first/until", 0,
     "Until when must be a real date, like 27/3/2026",
     FV_ERROR, 0},
    {"needs/second/until.type", "needs/second/until", 0,
     "Until when must be a real date, like 27/3/2026",
     FV_ERROR, 0},
    {"plan/from.type", "plan/from", 0,
     "Begins on must be a real date, like 27/3/2026",
     FV_ERROR, 0},
    {"plan/step.max", "plan/step", 0,
     "There are more than 9 steps. Delete what is not needed",
     FV_ERROR, 0},
    {"plan/step/by.required", "plan/step/by", 9,
     "Enter by whom",
     FV_ERROR, 1},
    {"plan/step/day.type", "plan/step/day", 9,
     "When must be a real date, like 27/3/2026",
     FV_ERROR, 0},
    {"plan/step/with.type", "plan/step/with", 9,
     "With what help must be one or more of the answers in the list",
     FV_ERROR, 0},
    {"plan/step/after.type", "plan/step/after", 9,
     "Months from the beginning must be a whole number, like 15",
     FV_ERROR, 0},
    {"plan/step/after.calc", "plan/step/after", 9,
     "Months from the beginning does not follow from the other answers. Check them, or delete this one: it is then worked out.",
     FV_WARNING, 0},
    {"plan/visit.max", "plan/visit", 0,
     "There are more than 4 visits. Delete what is not needed",
     FV_ERROR, 0},
    {"plan/visit/day.type", "plan/visit/day", 10,
     "Day of the visit must be a real date, like 27/3/2026",
     FV_ERROR, 0},
    {"plan/visit/day.must", "plan/visit/day", 10,
     "This visit is before the date of birth. Check both dates.",
     FV_WARNING, 0},
    {"plan/visit/helps.type", "plan/visit/helps", 10,
     "Help that was there must be one or more of the answers in the list",
     FV_ERROR, 0},
    {"signatures/person/helped.type", "signatures/person/helped", 0,
     "Helped by for \342\200\234Person\342\200\235 must be one or more of the answers in the list",
     FV_ERROR, 0},
    {"signatures/person/signed-on.type", "signatures/person/signed-on", 0,
     "Date for \342\200\234Person\342\200\235 must be a real date, like 27/3/2026",
     FV_ERROR, 0},
    {"dates/help-is-there", "about/helps", 0,
     "An advocate would help, but none is there. Ask for one.",
     FV_ADVICE, 0},
    {"dates/friend-or-office", "about/friend", 0,
     "Nobody close and no organisation is named. Enter one of them.",
     FV_WARNING, 1},
};

static void check_text_2(fv_report *report, unsigned stage, const struct kinds *plan,
                         fv_date as_of)
{
    (void)as_of;
    fv_say(report, stage, &rules[0], rule_text_prose_type(plan));
    fv_say(report, stage, &rules[1], rule_text_helps_type(plan));
    fv_say(report, stage, &rules[2], rule_text_helps_required(plan));
    fv_say(report, stage, &rules[3], rule_text_who_asked(plan));
}

static void check_about_2(fv_report *report, unsigned stage, const struct kinds *plan,
                          fv_date as_of)
{
    fv_say(report, stage, &rules[4], rule_about_name_required(plan));
    fv_say(report, stage, &rules[5], rule_about_nhs_type(plan));
    fv_say(report, stage, &rules[6], rule_about_case_type(plan));
    fv_say(report, stage, &rules[7], rule_about_born_type(plan));
    fv_say(report, stage, &rules[8], rule_about_born_must(plan, as_of));
    fv_say(report, stage, &rules[9], rule_about_since_type(plan));
    fv_say(report, stage, &rules[10], rule_about_since_must(plan));
    fv_say(report, stage, &rules[11], rule_about_every_type(plan));
    fv_say(report, stage, &rules[12], rule_about_every_must(plan));
    fv_say(report, stage, &rules[13], rule_about_people_type(plan));
    fv_say(report, stage, &rules[14], rule_about_cost_type(plan));
    fv_say(report, stage, &rules[15], rule_about_cost_must(plan));
    fv_say(report, stage, &rules[16], rule_about_review_type(plan));
    fv_say(report, stage, &rules[17], rule_about_review_calc(plan));
    fv_say(report, stage, &rules[18], rule_about_busy_type(plan));
    fv_say(report, stage, &rules[19], rule_about_busy_calc(plan));
    fv_say(report, stage, &rules[20], rule_about_colour_type(plan));
    fv_say(report, stage, &rules[21], rule_about_helps_type(plan));
    fv_say(report, stage, &rules[22], rule_about_agrees_type(plan));
    fv_say(report, stage, &rules[23], rule_about_agrees_required(plan));
    fv_say(report, stage, &rules[24], rule_about_why_required(plan));
    fv_say(report, stage, &rules[25], rule_about_across_type(plan));
}

static void check_needs_2(fv_report *report, unsigned stage, const struct kinds *plan,
                          fv_date as_of)
{
    (void)as_of;
    fv_say(report, stage, &rules[26], rule_needs_thought_of_type(plan));
    fv_say(report, stage, &rules[27], rule_needs_first_until_type(&plan->needs.first));
    fv_say(report, stage, &rules[28], rule_needs_first_until_type(&plan->needs.second));
}

static void rows_plan_step_by_required(fv_report *report, unsigned stage, const fv_rule *at,
                                       const struct kinds *plan,
                                       const struct kinds_plan_step_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        const struct kinds_plan_step *row = &rows->at[i];
        if (blank_kinds_plan_step(row))
            continue;
        fv_say_row(report, stage, &at[0], rule_plan_step_by_required(row), row->row_, i);
        fv_say_row(report, stage, &at[1], rule_plan_step_day_type(row), row->row_, i);
        fv_say_row(report, stage, &at[2], rule_plan_step_with_type(row), row->row_, i);
        fv_say_row(report, stage, &at[3], rule_plan_step_after_type(row), row->row_, i);
        fv_say_row(report, stage, &at[4], rule_plan_step_after_calc(plan, row), row->row_, i);
    }
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
        fv_say_row(report, stage, &at[2], rule_plan_visit_helps_type(row), row->row_, i);
    }
}

static void check_plan_2(fv_report *report, unsigned stage, const struct kinds *plan,
                         fv_date as_of)
{
    (void)as_of;
    fv_say(report, stage, &rules[29], rule_plan_from_type(plan));
    fv_say(report, stage, &rules[30], rule_plan_step_max(plan));
    rows_plan_step_by_required(report, stage, &rules[31], plan, &plan->plan.step);
    fv_say(report, stage, &rules[36], rule_plan_visit_max(plan));
    rows_plan_visit_day_type(report, stage, &rules[37], plan, &plan->plan.visit);
}

static void check_signatures_2(fv_report *report, unsigned stage, const struct kinds *plan,
                               fv_date as_of)
{
    (void)as_of;
    fv_say(report, stage, &rules[40], rule_signatures_person_helped_type(plan));
    fv_say(report, stage, &rules[41], rule_signatures_person_signed_on_type(plan));
}

static void check_about_5(fv_report *report, unsigned stage, const struct kinds *plan,
                          fv_date as_of)
{
    (void)as_of;
    fv_say(report, stage, &rules[42], rule_dates_help_is_there(plan));
    fv_say(report, stage, &rules[43], rule_dates_friend_or_office(plan));
}

int kinds_validate(const struct kinds *plan, unsigned stage, fv_date as_of, fv_report *report)
{
    size_t before = report->n;
    check_text_2(report, stage, plan, as_of);
    check_about_2(report, stage, plan, as_of);
    check_needs_2(report, stage, plan, as_of);
    check_plan_2(report, stage, plan, as_of);
    check_signatures_2(report, stage, plan, as_of);
    check_about_5(report, stage, plan, as_of);
    return (int)(report->n - before);
}

int kinds_audit(const struct kinds *plan, unsigned stage, fv_date as_of, fv_report *report)
{
    size_t before = report->n;
    (void)plan;
    (void)stage;
    (void)as_of;
    return (int)(report->n - before);
}

const fv_human_rule *kinds_human_rules(size_t *n)
{
    *n = 0;
    return NULL;
}
