/* The codes of diagnostics, one row each: FC_CODES(X) with X(NAME, "code", "title"). A code is
 * for ever: people look it up, tests name it. E0 reading, E1 structure, E2 expressions, E3
 * rules, E4 versions, E5 language files, E6 themes, W warnings. The numbers inside a group have
 * gaps so that related codes can stand together. */
#ifndef FC_COMPILER_CODES_H
#define FC_COMPILER_CODES_H

#define FC_CODES(X)                                                                            \
    X(AMPERSAND, "E001", "& where no character reference begins")                              \
    X(ENTITY, "E002", "a character reference that XML does not know")                          \
    X(LESS_THAN, "E003", "< where no tag begins")                                              \
    X(QUOTE, "E004", "a quote is missing around an attribute's value")                         \
    X(TWICE, "E005", "an attribute is given twice")                                            \
    X(END_TAG, "E006", "an end tag does not fit")                                              \
    X(UNCLOSED, "E007", "an element is never closed")                                          \
    X(OUTSIDE, "E008", "text outside the form")                                                \
    X(NOT_XML, "E009", "not well-formed XML")                                                  \
    X(NOT_UTF8, "E010", "not UTF-8")                                                           \
    X(CONTROL, "E011", "a character that XML does not allow")                                  \
    X(DOCTYPE, "E012", "a document type declaration")                                          \
    X(TOO_LARGE, "E013", "the file is too large")                                              \
    X(TOO_DEEP, "E014", "elements nest too deep")                                              \
    X(TOO_MANY, "E015", "too many elements")                                                   \
    X(LONG_TAG, "E016", "a start tag is too long")                                             \
    X(MANY_ATTRS, "E017", "too many attributes in one tag")                                    \
    X(ENCODING, "E018", "another encoding than UTF-8")                                         \
    X(EMPTY_FILE, "E019", "the file is empty")                                                 \
    X(NOT_A_FORM, "E020", "not a form definition")                                             \
    X(DUPLICATE_ID, "E101", "an id is used twice")                                             \
    X(BAD_ID, "E102", "not the shape of an id")                                                \
    X(NO_ATTR, "E103", "an attribute is missing")                                              \
    X(NO_SUCH_ELEMENT, "E104", "an element that does not exist")                               \
    X(MISPLACED, "E105", "an element in the wrong place")                                      \
    X(NO_SUCH_ATTR, "E106", "an attribute that does not exist")                                \
    X(STRAY_TEXT, "E107", "text where only elements may stand")                                \
    X(NO_CHILD, "E108", "an element is missing")                                               \
    X(BAD_VALUE, "E109", "a value that is not one of those allowed")                           \
    X(BAD_NUMBER, "E110", "not a whole number in the range allowed")                           \
    X(LONG_LABEL, "E111", "a label needs a short one beside it")                               \
    X(ONCE, "E112", "an element that may stand only once")                                     \
    X(EMPTY, "E113", "words are missing")                                                      \
    X(NO_SUCH_TYPE, "E120", "a type that does not exist")                                      \
    X(NO_SUCH_CHOICES, "E121", "a list of choices that does not exist")                        \
    X(CHOICES_MISUSE, "E122", "choices and type do not fit together")                          \
    X(BAD_PATTERN, "E123", "a pattern that cannot be used")                                    \
    X(NOT_TEXT, "E124", "a limit for text on something that is not text")                      \
    X(NO_SUCH_PARTY, "E130", "a party that does not exist")                                    \
    X(NO_SUCH_STAGE, "E131", "a stage that does not exist")                                    \
    X(NO_SUCH_SOURCE, "E132", "a source that does not exist")                                  \
    X(NO_SUCH_BLOCK, "E133", "a block that does not exist")                                    \
    X(PARAM, "E134", "a block's parameter does not fit")                                       \
    X(NO_SUCH_PATH, "E135", "a path that leads nowhere")                                       \
    X(SIGNATURE, "E136", "a signature's fields are not complete")                              \
    X(LONE_MARK, "E137", "a mark outside a signature")                                         \
    X(DETAILS, "E138", "details under something that is not yes or no")                        \
    X(NO_SUCH_SENSITIVITY, "E139", "a sensitivity that does not exist")                        \
    X(MIN_MAX, "E140", "the numbers of rows contradict each other")                            \
    X(TOO_MUCH, "E141", "more than formc can hold")                                            \
    X(LAYOUT, "E142", "a layout that does not fit here")                                       \
    X(BAD_VERSION, "E143", "not the shape of a version")                                       \
    X(BAD_NAMESPACE, "E144", "not a namespace for answers")                                    \
    X(BAD_LANGUAGE, "E145", "not the shape of a language")                                     \
    X(YES_NO_WORDS, "E146", "no words for yes and no")                                         \
    X(EXAMPLE_EMPTY, "E150", "an example that expects nothing")                                \
    X(EXAMPLE_PATH, "E151", "a row or an answer of an example does not fit")                   \
    X(EXAMPLE_VALUE, "E152", "an answer of an example that cannot be read")                    \
    X(REAL_PERSON, "E153", "an example that may be about a real person")                       \
    X(NO_SUCH_RULE, "E154", "a rule that does not exist")                                      \
    X(EXPR, "E200", "an expression that cannot be read")                                       \
    X(NO_SUCH_NAME, "E201", "a name that does not exist")                                      \
    X(IN_REPEAT, "E202", "an answer of a repeat, named from outside")                          \
    X(IN_BLOCK, "E203", "a name outside the block")                                            \
    X(NO_SUCH_FUNCTION, "E204", "a function that does not exist")                              \
    X(ARGUMENTS, "E205", "a function's arguments do not fit")                                  \
    X(NOT_TRUTH, "E206", "neither true nor false")                                             \
    X(NO_SUCH_CHOICE, "E207", "a choice that is not in the list")                              \
    X(NO_ORDER, "E208", "nothing that can be earlier or later, more or less")                  \
    X(NO_SUCH_DAY, "E209", "a date that does not exist")                                       \
    X(COMPARE, "E210", "two things that cannot be compared")                                   \
    X(BIG_NUMBER, "E211", "a number that is too large")                                        \
    X(LONG_EXPR, "E212", "an expression that is too long or nests too deep")                   \
    X(NOT_A_FIELD, "E213", "not a field")                                                      \
    X(CIRCLE, "E220", "conditions that wait for each other")                                   \
    X(CALC, "E221", "an answer that cannot be worked out like this")                           \
    X(NO_MESSAGE, "E310", "a check without a message")                                         \
    X(NO_RULE, "E311", "a message without a rule")                                             \
    X(NO_PLACE, "E312", "a rule that points at nothing")                                       \
    X(HUMAN, "E313", "a judgement that no program may make")                                   \
    X(AUDIT, "E314", "good practice that would stop a plan")                                   \
    X(EXPECTATION, "E320", "an example does not come out as it says")                          \
    X(GONE, "E401", "a published question has gone")                                           \
    X(RETYPED, "E402", "a published question has another type")                                \
    X(MIGRATION, "E403", "a migration that does not fit")                                      \
    X(LANGUAGE_FILE, "E501", "not the language file of this form")                             \
    X(MARKUP, "E502", "a translation has lost or gained something")                            \
    X(TRANSLATED_TWICE, "E503", "a text is translated twice")                                  \
    X(NO_SUCH_WORD, "E504", "a word that formc does not say")                                  \
    X(SAME_LABEL, "E505", "one label for two choices")                                         \
    X(LOST_COMMENT, "E506", "a comment that would be lost")                                    \
    X(PICTURE, "E507", "a picture that cannot be shown")                                       \
    X(PICTURE_WORDS, "E508", "a picture without words")                                        \
    X(PICTURE_PLACE, "E509", "a picture where there is no question")                           \
    X(NOT_A_THEME, "E601", "not a theme")                                                      \
    X(THEME_VALUE, "E602", "a value that a theme cannot have")                                 \
    X(CONTRAST, "E603", "colours that are too much alike")                                     \
    X(LOGO, "E604", "a picture that cannot be the logo")                                       \
    X(LOGO_WORDS, "E605", "a logo without words")                                              \
    X(SHEET, "E606", "a sheet that cannot be used")                                            \
    X(SHEET_REACH, "E607", "a sheet that reaches outside")                                     \
    X(UNUSED, "W320", "something that is never used")                                          \
    X(WORDING, "W321", "a word that does not help people")                                     \
    X(ENGLISH, "W322", "messages in another language than the form")                           \
    X(UNEXERCISED, "W323", "a rule that no example tries")                                     \
    X(NEVER, "W324", "a condition that can never be true, or a check that can never fail")     \
    X(UNTRANSLATED, "W330", "texts without a translation")                                     \
    X(STALE, "W331", "a translation of words that have changed")                               \
    X(NO_SUCH_TEXT, "W332", "a translation of a text that does not exist")                     \
    X(SHEET_PATH, "W340", "a sheet for something that the form does not have")

typedef enum fc_code {
#define FC_CODE_ENUM(name, code, title) FC_C_##name,
    FC_CODES(FC_CODE_ENUM)
#undef FC_CODE_ENUM
        FC_CODE_COUNT
} fc_code;

typedef struct fc_code_info {
    const char *code;
    const char *title;
} fc_code_info;
extern const fc_code_info fc_codes[FC_CODE_COUNT];
/* The title of a code as people type it ("E201"); NULL when there is none. */
const char *fc_code_title(const char *code);

#endif
