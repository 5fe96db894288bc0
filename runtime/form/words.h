/* The words that formc itself says in documents and findings, around those of the form. English
 * is built in; a language file (docs/language.md) gives them in another language. A place is
 * written {name}: what stands there is put in when the words are used. */
#ifndef FC_FORM_WORDS_H
#define FC_FORM_WORDS_H

#include "runtime/form/form.h"

/* name, id in language files, English. The order is that of language files. */
#define FC_WORDS(X)                                                                            \
    /* around the form on paper */                                                             \
    X(YES, "yes", "Yes")                                                                       \
    X(NO, "no", "No")                                                                          \
    X(VERSION, "version", "Version {version}")                                                 \
    X(DRAFT, "draft", "Draft")                                                                 \
    X(DRAFT_HEADER, "draft-header", "DRAFT")                                                   \
    X(PAGE, "page", "Page {page} of {pages}")                                                  \
    X(PLAN, "plan", "Plan {plan}")                                                             \
    X(ROW, "row", "Row {row}")                                                                 \
    X(IN_ROW, "in-row", "{label}, row {row}")                                                  \
    X(ENTER_TEXT, "place-text", "Click to enter text")                                         \
    X(ENTER_DATE, "place-date", "dd/mm/yyyy")                                                  \
    X(ENTER_SOME_DATE, "place-part-date", "yyyy, mm/yyyy or dd/mm/yyyy")                       \
    X(CHOOSE, "place-choice", "Choose")                                                        \
    X(SIGN, "place-mark", "Sign or type your name")                                            \
    X(SIGN_DIGITALLY, "place-signature", "{label}: place for a digital signature")             \
    X(TABLE, "table", "Each row has a question and, beside it, a place for the answer.")       \
    X(TABLE_ROWS, "table-rows",                                                                \
      "The first row names the columns. Each row below has one place for an answer in every "  \
      "column.")                                                                               \
    X(TABLE_BOX, "table-box", "One place for one answer.")                                     \
    X(HOW_WORD, "how-word",                                                                    \
      "To fill in this form, click where an answer belongs and type, or choose from the "      \
      "list. Each place grows with your answer.")                                              \
    X(HOW_PDF, "how-pdf",                                                                      \
      "To fill in this form on a screen, click a box and type, or choose from the list, then " \
      "save the file. On paper, write in the boxes.")                                          \
    X(WHO_COMPLETES, "who-completes", "Completed by")                                          \
    X(WHO_PART, "who-part", "Part of the form")                                                \
    X(WHO_JOINTLY, "who-jointly", "Jointly:")                                                  \
    X(NOT_LISTED, "not-listed", "An answer that is not in the list:")                          \
    X(STALE, "stale", "Answers were changed after this was signed.")                           \
    X(HELD, "held",                                                                            \
      "This answer is too long for a form. It is kept in the plan that came with this form.")  \
    X(SHAPED, "shaped",                                                                        \
      "Some programs cannot draw these letters again once the answer is changed. What is "     \
      "stored stays right.")                                                                   \
    X(FURTHER, "further-rows", "Further rows")                                                 \
    X(FURTHER_WHY, "further-rows-why",                                                         \
      "Where a part of this form has no room for all that belongs there, go on here. Leave "   \
      "empty what you do not need.")                                                           \
    X(FURTHER_OF, "further-rows-of", "More rows for {label}")                                  \
    X(FURTHER_HERE, "further-rows-here",                                                       \
      "There is room for more at the end of this form, under {label}.")                        \
    /* on the page for browsers */                                                             \
    X(HTML_SKIP, "html-skip", "Skip to the questions")                                         \
    X(HTML_PARTS, "html-parts", "Parts of this form")                                          \
    X(HTML_COMPLETED_BY, "html-completed-by", "Completed by: {parties}")                       \
    X(HTML_JOINTLY, "html-jointly", "Completed jointly by: {parties}")                         \
    X(HTML_WITH, "html-with", "With: {parties}")                                               \
    X(HTML_OPTIONAL, "html-optional", "(optional)")                                            \
    X(HTML_THINK, "html-think", "Things to think about")                                       \
    X(HTML_DAY, "html-day", "Day")                                                             \
    X(HTML_MONTH, "html-month", "Month")                                                       \
    X(HTML_YEAR, "html-year", "Year")                                                          \
    X(HTML_ELSE, "html-else", "Something else")                                                \
    X(HTML_ELSE_WHAT, "html-else-what", "{label}: what else?")                                 \
    X(HTML_CLEAR, "html-clear", "Clear this answer")                                           \
    X(HTML_UNREADABLE, "html-unreadable", "The answer as it was given:")                       \
    X(HTML_WORKED_OUT, "html-worked-out", "Worked out from other answers: {answer}")           \
    X(HTML_WHY_NOT, "html-why-not", "If there is no answer, why?")                             \
    X(HTML_NO_REASON, "html-no-reason", "Choose a reason")                                     \
    X(HTML_ADD_ROW, "html-add-row", "Add another row")                                         \
    X(HTML_ADD_ROW_TO, "html-add-row-to", "Add another row: {label}")                          \
    X(HTML_REMOVE_ROW, "html-remove-row", "Remove row {row}")                                  \
    X(HTML_NOT_STARTED, "html-not-started", "Not started")                                     \
    X(HTML_ANSWERED, "html-answered", "{n} of {all} answered")                                 \
    X(HTML_MISSING, "html-missing", "{n} missing")                                             \
    X(HTML_DONE, "html-done", "Done")                                                          \
    X(HTML_OPEN, "html-open", "Open a saved plan")                                             \
    X(HTML_OPEN_HINT, "html-open-hint",                                                        \
      "Choose the file, or drop it anywhere on this page. It stays on this computer.")         \
    X(HTML_OPENED, "html-opened", "{file} is open.")                                           \
    X(HTML_EXTRA, "html-extra",                                                                \
      "It has parts that this form does not know. They are kept and saved with it.")           \
    X(HTML_CHANGED, "html-changed",                                                            \
      "The form has changed since this plan was made. Check every answer.")                    \
    X(HTML_REPLACE, "html-replace",                                                            \
      "What you have typed is not saved, and opening a plan takes its place. Open it?")        \
    X(HTML_NOT_PLAN, "open-not-plan",                                                          \
      "The file cannot be opened: it is not a plan, or it is damaged. Choose a file "          \
      "that was saved from this form.")                                                        \
    X(HTML_OTHER_FORM, "open-other-form",                                                      \
      "The file cannot be opened: it is a plan of another form. Open it with the page "        \
      "of that form.")                                                                         \
    X(HTML_OTHER_VERSION, "open-other-version",                                                \
      "The file cannot be opened: it is a plan of version {version} of this form, and "        \
      "this page is version {own}. Open it with the page of that version.")                    \
    X(HTML_CANNOT_KEEP, "open-cannot-keep",                                                    \
      "The file cannot be opened: something in it would be lost here ({what}). Ask "           \
      "whoever sent it for another copy.")                                                     \
    X(HTML_FINISH, "html-finish", "Check and save")                                            \
    X(HTML_AS_OF, "html-as-of", "Check for which day?")                                        \
    X(HTML_AS_OF_HINT, "html-as-of-hint", "Usually today. Dates are compared with this day.")  \
    X(HTML_WRONG_DAY, "html-wrong-day",                                                        \
      "The day to check for must be a real date, like 27 3 2026")                              \
    X(HTML_AT_STAGE, "html-at-stage", "Check for which stage?")                                \
    X(HTML_AT_STAGE_HINT, "html-at-stage-hint",                                                \
      "Checking for a later stage shows what is still needed. It changes nothing.")            \
    X(HTML_CHECK, "html-check", "Check the answers")                                           \
    X(HTML_ERROR, "html-error", "Error:")                                                      \
    X(HTML_ERROR_TITLE, "html-error-title", "Error: {title}")                                  \
    X(HTML_WARNING, "html-warning", "Warning:")                                                \
    X(HTML_ADVICE, "html-advice", "Advice:")                                                   \
    X(HTML_PROBLEM, "html-problem", "There is a problem")                                      \
    X(HTML_REMARKS, "html-remarks", "Look at these too")                                       \
    X(HTML_FINE, "html-fine", "Nothing is wrong at this stage.")                               \
    X(HTML_SAVE, "html-save", "Save the plan")                                                 \
    X(HTML_SAVE_JSON, "html-save-json", "Save as JSON")                                        \
    X(HTML_SAVE_HINT, "html-save-hint",                                                        \
      "The plan is saved as a file on this computer. This page itself keeps nothing: "         \
      "what is not saved is lost when it is closed. You can save before everything is "        \
      "answered.")                                                                             \
    X(HTML_SAVED, "html-saved", "Saved as {file}.")                                            \
    X(HTML_UNSAVED, "html-unsaved", "There are changes that are not saved.")                   \
    X(HTML_OTHER_FORMAT, "html-other-format",                                                  \
      "This plan has parts that only the other kind of file can hold. Use the other "          \
      "button.")                                                                               \
    X(HTML_NO_SCRIPT, "html-no-script",                                                        \
      "This page can be read and printed. To fill it in, check and save it, turn on "          \
      "JavaScript in the browser.")                                                            \
    /* in records */                                                                           \
    X(RECORD, "record", "Record")                                                              \
    X(STAGE, "stage", "Stage: {stage}")                                                        \
    X(NO_ANSWER, "no-answer", "No answer")                                                     \
    X(WHY_NOT_ASKED, "why-not-asked", "Not asked")                                             \
    X(WHY_ASKED_UNKNOWN, "why-asked-unknown", "Asked, and not known")                          \
    X(WHY_ASKED_DECLINED, "why-asked-declined", "Asked, and the person did not want to say")   \
    X(WHY_NOT_APPLICABLE, "why-not-applicable", "Does not apply")                              \
    X(WHY_UNKNOWN, "why-unknown", "Not known")                                                 \
    X(WHY_MASKED, "why-masked", "Left out of this copy")                                       \
    X(OTHER_ANSWER, "other-answer", "Two different answers came in. The other one is:")        \
    /* on the page that says what is missing */                                                \
    X(MISSING, "missing", "What is still missing, and whose job it is")                        \
    X(MISSING_ON, "missing-on", "Checked for {day}")                                           \
    X(MISSING_AT, "missing-at",                                                                \
      "Checked for {day} and the stage \xe2\x80\x9c{checked}\xe2\x80\x9d")                     \
    X(MISSING_PARTY, "missing-party", "Only what is for {party} is shown.")                    \
    X(MISSING_SHOWS, "missing-shows", "This page shows no answers.")                           \
    X(MISSING_NOTHING, "missing-nothing", "Nothing is missing.")                               \
    X(MISSING_FOR_ANYBODY, "missing-for-anybody", "For: whoever fills in the form")            \
    X(MISSING_TABLE, "missing-table", "Each row has a question and, beside it, what to do.")   \
    X(MISSING_QUESTION, "missing-question", "Question")                                        \
    X(MISSING_TO_DO, "missing-to-do", "What to do")                                            \
    X(MISSING_ERROR, "missing-error", "Needed:")                                               \
    X(MISSING_WARNING, "missing-warning", "To check:")                                         \
    X(MISSING_ADVICE, "missing-advice", "To consider:")                                        \
    /* messages that are made from a label */                                                  \
    X(QUOTED, "quoted", "\xe2\x80\x9c{label}\xe2\x80\x9d")                                     \
    X(OF_SIGNATURE, "of-signature", "{label} for {signature}")                                 \
    X(ANSWER_TO, "answer-to", "The answer to {label}")                                         \
    X(ENTER, "enter", "Enter {label}")                                                         \
    X(SELECT, "select", "Select {label}")                                                      \
    X(ENTER_ANSWER, "enter-answer", "Enter an answer for {label}")                             \
    X(ENTER_PERSON_NAME, "enter-person-name", "Enter a name for {label}")                      \
    X(ENTER_ADDRESS, "enter-address", "Enter an address for {label}")                          \
    X(ENTER_POSTCODE, "enter-postcode", "Enter a postcode for {label}")                        \
    X(ENTER_EMAIL, "enter-email", "Enter an email address for {label}")                        \
    X(ENTER_PHONE, "enter-phone", "Enter a phone number for {label}")                          \
    X(ENTER_ORGANISATION, "enter-organisation", "Enter an organisation for {label}")           \
    X(ENTER_NHS_NUMBER, "enter-nhs-number", "Enter an NHS number for {label}")                 \
    X(ENTER_A_DATE, "enter-date", "Enter a date for {label}")                                  \
    X(ENTER_PART_DATE, "enter-part-date", "Enter a year, a month or a date for {label}")       \
    X(ENTER_INTERVAL, "enter-interval", "Enter a length of time for {label}")                  \
    X(ENTER_INTEGER, "enter-integer", "Enter a whole number for {label}")                      \
    X(ENTER_MONEY, "enter-money", "Enter an amount of money for {label}")                      \
    X(SELECT_YES_NO, "select-yes-no", "Select yes or no for {label}")                          \
    X(SELECT_CHOICE, "select-choice", "Select an answer for {label}")                          \
    X(SELECT_CHOICES, "select-choices", "Select one or more answers for {label}")              \
    X(ENTER_MARK, "enter-mark", "Enter a signature for {label}")                               \
    X(BE_NHS_NUMBER, "must-be-nhs-number",                                                     \
      "{label} must have 10 digits, like 999 000 0018. Check each digit")                      \
    X(BE_DATE, "must-be-date", "{label} must be a real date, like 27/3/2026")                  \
    X(BE_PART_DATE, "must-be-part-date",                                                       \
      "{label} must be a year, a month or a date, like 1987, 5/1987 or 17/5/1987")             \
    X(BE_INTERVAL, "must-be-interval", "{label} must be a length of time, like 6 months")      \
    X(BE_INTEGER, "must-be-integer", "{label} must be a whole number, like 15")                \
    X(BE_MONEY, "must-be-money",                                                               \
      "{label} must be an amount of money, like \xc2\xa3"                                      \
      "1,234.50")                                                                              \
    X(BE_YES_NO, "must-be-yes-no", "{label} must be yes or no")                                \
    X(BE_CHOICE, "must-be-choice", "{label} must be one of the answers in the list")           \
    X(BE_CHOICES, "must-be-choices", "{label} must be one or more of the answers in the list") \
    X(BE_SHORT, "must-be-short", "{label} must be {n} characters or less")                     \
    X(BE_SHAPED, "must-be-shaped", "{label} must be written in the form asked for")            \
    X(BE_SHAPED_SHORT, "must-be-shaped-short",                                                 \
      "{label} must be written in the form asked for, in {n} characters or less")              \
    X(ENTER_ROWS, "enter-rows", "Enter at least {n} {label}")                                  \
    X(ENTER_ROWS_FOR, "enter-rows-for", "Enter at least {n} rows for {label}")                 \
    X(ENTER_ROW_FOR, "enter-row-for", "Enter at least one row for {label}")                    \
    X(MORE_ROWS, "more-rows", "There are more than {n} {label}. Delete what is not needed")    \
    X(MORE_ROWS_FOR, "more-rows-for",                                                          \
      "There are more than {n} rows for {label}. Delete what is not needed")                   \
    X(MORE_ROW_FOR, "more-row-for",                                                            \
      "There is more than one row for {label}. Delete what is not needed")                     \
    X(NOT_ASKED, "not-asked",                                                                  \
      "This is answered but not asked. Check the answers before it, or delete this one.")      \
    X(NOT_WORKED_OUT, "not-worked-out",                                                        \
      "{label} does not follow from the other answers. Check them, or delete this one: it is " \
      "then worked out.")                                                                      \
    /* findings about the plan itself */                                                       \
    X(SAID_UNKNOWN, "asked-unknown",                                                           \
      "There is no answer, because it was asked and is not known. Check that this is still "   \
      "so.")                                                                                   \
    X(SAID_DECLINED, "asked-declined",                                                         \
      "There is no answer, because it was asked and declined. Check that this is still so.")   \
    X(SAID_NOT_APPLICABLE, "not-applicable",                                                   \
      "There is no answer, because the question does not apply. Check that this is still so.") \
    X(CONFLICT, "conflict",                                                                    \
      "Two different answers came in for this question. Choose which one to keep.")            \
    X(SIGN_AGAIN, "sign-again",                                                                \
      "Answers were changed after this was signed. Ask for it to be read and signed again.")   \
    X(WRONG_LENGTH, "wrong-length", "it must have 10 digits")                                  \
    X(WRONG_CHARACTER, "wrong-character", "it must only have digits, spaces and dashes")       \
    X(WRONG_CHECK_DIGIT, "wrong-check-digit", "a digit is wrong or two are swapped")           \
    X(NOT_IN_LIST, "not-in-list", "it is not one of the choices")                              \
    X(WRONG_SHAPE, "wrong-shape", "it does not have the expected shape")                       \
    X(TOO_LONG, "too-long", "it has too many characters")                                      \
    X(FOR, "for", "For: {parties}")                                                            \
    X(FOR_JOINTLY, "for-jointly", "For: {parties}, jointly")                                   \
    X(AND, "and", "{first} and {second}")                                                      \
    /* on the page on good practice */                                                         \
    X(PRACTICE, "good-practice", "Good practice: {title}")                                     \
    X(PRACTICE_AT_STAGE, "good-practice-at-stage", "{plan}, at the stage {stage}, on {day}")   \
    X(PRACTICE_AT, "good-practice-at", "{plan}, on {day}")                                     \
    X(PLAN_WITHOUT_ID, "plan-without-id", "A plan without an id")                              \
    X(ONLY_ADVICE, "only-advice",                                                              \
      "This is advice for a reviewer. None of it stands in the way of the plan, and nothing "  \
      "is scored.")                                                                            \
    X(PEOPLE_DECIDE, "people-decide",                                                          \
      "What is for a person to judge, only a person may decide.")                              \
    X(FOUND, "found", "Found")                                                                 \
    X(TO_JUDGE, "to-judge", "For a person to judge")                                           \
    X(LOOK_AT, "look-at", "Look at:")                                                          \
    X(BESIDE, "beside", "Beside:")                                                             \
    X(SOURCE, "source", "Source: {source}")                                                    \
    X(NOTHING_TO_SAY, "nothing-to-say", "Nothing to say about: {topics}")                      \
    X(NO_PRACTICE, "no-good-practice", "This form has no rules of good practice.")

typedef enum fc_word {
#define FC_WORD_ENUM(name, id, english) FC_WORD_##name,
    FC_WORDS(FC_WORD_ENUM)
#undef FC_WORD_ENUM
        FC_WORD_COUNT
} fc_word;

extern const char *const fc_word_ids[FC_WORD_COUNT];
extern const char *const fc_word_english[FC_WORD_COUNT];

/* The words in the form's language; in English where that is not known. */
fc_str fc_words(const fc_form *f, fc_word w);
/* The index of an id, or -1. */
int fc_word_find(fc_str id);
/* These say something about how English labels stand in sentences: other languages do without.
 */
bool fc_word_is_english_only(fc_word w);
/* Only the label's place, the row's or another: the name between the brackets of the place at
 * or behind *pos, which moves behind it. False when there is none. The place begins at *begin.
 */
bool fc_word_next_place(fc_str words, size_t *pos, size_t *begin, fc_str *name);

/* Puts values into the places. pairs: name, value, ..., ended by an empty name. In the arena.
 */
fc_str fc_words_fill(fc_arena *a, fc_str words, const fc_str *pairs);
/* The same with one place. */
fc_str fc_words_with(fc_arena *a, fc_str words, const char *place, fc_str value);
/* "For: A and B, jointly", for what these parties of the form own; empty for none. In the
 * arena. */
fc_str fc_words_for(fc_arena *a, const fc_form *f, fc_party_set owners, bool jointly);

#endif
