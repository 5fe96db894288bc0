/* The model: a form as typed structs. The compiler fills it; from then on it is const and
 * everything else reads it. All of it lives in one arena.
 *
 *   form -> nodes in document order (a tree): sections, groups (a use of a block), repeats,
 *           signatures, fields, notes, headings, prompts
 *        -> containers: who holds answers. containers[0] is the plan itself; every repeat is
 *           one more. Repeats do not nest.
 *        -> fields in document order (ordinal 1, 2, ...), rules in document order */
#ifndef FC_FORM_FORM_H
#define FC_FORM_FORM_H

#include "runtime/base/diag.h"

typedef struct fc_expr fc_expr; /* runtime/form/expr.h */
typedef struct fc_node fc_node;
typedef struct fc_container fc_container;

/* Types of answers. The row of each stands in fc_types[] in the same order. */
typedef enum fc_type {
    FC_LINE,          /* one line of text */
    FC_PROSE,         /* text of any length, with line breaks */
    FC_PERSON_NAME,   /* one line */
    FC_PERSON_REF,    /* name, relationship, contact: prose in version 1 */
    FC_ADDRESS,       /* prose */
    FC_POSTCODE,      /* one line */
    FC_EMAIL,         /* one line */
    FC_PHONE,         /* one line */
    FC_ORGANISATION,  /* one line */
    FC_NHS_NUMBER,    /* ten digits, modulus 11 */
    FC_DATE,          /* a day, stored as YYYY-MM-DD */
    FC_PART_DATE,     /* a year, a month or a day: YYYY, YYYY-MM or YYYY-MM-DD */
    FC_INTERVAL,      /* every n days, weeks, months or years */
    FC_INTERVAL_TEXT, /* the same, but free wording is allowed and then not computable */
    FC_INTEGER,       /* a whole number, 64 bit */
    FC_MONEY,         /* pounds and pence, stored as 1234.50 */
    FC_YES_NO,        /* stored as "yes" or "no" */
    FC_CHOICE,  /* one of a list, stored as the choice's id; an open list also takes text */
    FC_CHOICES, /* several of a list, stored as their ids with a space between */
    FC_MARK,    /* the mark of a signature: text, with a ruled space on paper */
    FC_TYPE_COUNT
} fc_type;

typedef struct fc_type_info {
    const char *name;     /* as written in a definition: "nhs-number" */
    const char *in_words; /* for messages: "an NHS number" */
    bool multiline;       /* answers may hold line breaks */
} fc_type_info;
extern const fc_type_info fc_types[FC_TYPE_COUNT];

/* Text with a little structure: paragraphs and list items of runs. */
typedef enum fc_run_kind { FC_RUN_PLAIN, FC_RUN_EM, FC_RUN_STRONG, FC_RUN_REF } fc_run_kind;
typedef struct fc_run {
    fc_run_kind kind;
    fc_str text;        /* for FC_RUN_REF: the label of the field referred to */
    const fc_node *ref; /* FC_RUN_REF only */
} fc_run;
typedef struct fc_para {
    bool item;   /* a list item rather than a paragraph */
    fc_str lang; /* when it is in another language than the text */
    FC_ARRAY(fc_run) runs;
} fc_para;
typedef struct fc_text {
    fc_span at;
    fc_str lang; /* empty: that of the surroundings */
    FC_ARRAY(fc_para) paras;
} fc_text;

typedef struct fc_choice {
    fc_span at;
    fc_str id;
    fc_str label;
    FC_ARRAY(fc_str) others; /* labels in the form's other languages: read, never shown */
} fc_choice;
typedef struct fc_choices {
    fc_span at;
    fc_str id;
    bool open; /* "or something else": text that is none of the choices is an answer too */
    FC_ARRAY(fc_choice) list;
} fc_choices;

typedef enum fc_party_kind { FC_PERSON, FC_ORGANISATION_PARTY, FC_PROFESSIONAL } fc_party_kind;
typedef struct fc_party {
    fc_span at;
    fc_str id;
    fc_party_kind kind;
    fc_str label;
} fc_party;
typedef struct fc_stage {
    fc_span at;
    fc_str id;
    fc_str label;
} fc_stage;
typedef struct fc_sensitivity { /* why an answer needs care when a copy goes to others */
    fc_span at;
    fc_str id;
    fc_str label;
} fc_sensitivity;
typedef struct fc_source_ref { /* <source>: policy or law the form rests on */
    fc_span at;
    fc_str id;
    fc_str kind;
    fc_str text;
} fc_source_ref;

/* A picture beside a question, or a logo. */
typedef struct fc_picture {
    unsigned width, height; /* pixels */
    fc_str png;             /* a PNG file of 8 bits a colour (sRGB), in which nothing else is */
} fc_picture;
typedef struct fc_form_picture {
    fc_str file; /* its name among the pictures of the language */
    fc_picture picture;
} fc_form_picture;

/* A set of parties: bit i is form->parties.at[i]. */
typedef uint32_t fc_party_set;
#define FC_PARTY_MAX 32

typedef enum fc_node_kind {
    FC_SECTION,
    FC_GROUP, /* one use of a block */
    FC_REPEAT,
    FC_SIGNATURE,
    FC_FIELD,
    FC_NOTE,
    FC_HEADING, /* a heading without questions of its own */
    FC_PROMPTS  /* things to think about: every para of text is one prompt; not answers */
} fc_node_kind;

/* How a section, group or repeat stands on the page. */
typedef enum fc_layout {
    FC_STACKED, /* each question is a heading with its answer space below */
    FC_TABLE,   /* questions are rows (label | answer); for a repeat: columns, one row a row */
    FC_BLOCKS   /* a repeat only: each row is a table of its own, label | answer */
} fc_layout;

struct fc_node {
    fc_node_kind kind;
    fc_span at;               /* the start tag */
    fc_span id_at;            /* the value of id, or the start tag */
    fc_node *parent;          /* NULL at the top */
    FC_ARRAY(fc_node *) kids; /* not the details of a yes/no: they hang on their field */

    fc_str id;     /* empty for notes, headings and prompts without one */
    fc_str path;   /* ids joined by "/": "health/medication/action/intervention" */
    fc_str number; /* "B", "1": text, printed before the label; may be empty */
    fc_str label;  /* a section's or group's title; a repeat's, signature's or field's label */
    fc_str short_label; /* at most 64 characters: the label when that is short enough */
    fc_str full_label;  /* for a screen reader, unique: "1. Medication & Clinical Treatment:
                           Frequency" */
    unsigned level;     /* heading level: 1 for a section at the top; 0 for no heading */
    fc_text *text;      /* FC_NOTE, FC_HEADING, FC_PROMPTS: the words */
    fc_str note_kind;   /* FC_NOTE: purpose, scope, instruction, legal or help */
    fc_text *hint;      /* NULL for none */
    fc_str from;        /* the sources named, as written */
    fc_str lang;        /* of the label and what is inside; empty: the form's */
    fc_layout layout;
    FC_ARRAY(fc_str)
    columns; /* headings of a table's columns; for a repeat: the fields' labels */
    FC_ARRAY(fc_str) column_langs; /* of those; empty: that of the surroundings */

    /* who: inherited downwards */
    fc_party_set owners; /* completed-by */
    fc_party_set with;   /* helps, but does not own */
    bool jointly;        /* every owner has to agree */
    int sensitivity;     /* index, or -1; inherited too */

    fc_str block; /* FC_GROUP: the id of the block that is used here */

    const fc_expr
        *asked;          /* asked only when this is true; NULL: whenever what is around it is */
    const fc_expr *calc; /* FC_FIELD: the answer follows from this; NULL for none */
    const fc_expr *calc_when; /* worked out only when this is true; NULL for always */

    fc_container *container; /* where this node's answers live; for a repeat: its own rows */

    /* FC_REPEAT */
    unsigned min_rows, max_rows, blank_rows;

    /* FC_SIGNATURE */
    int party;                        /* index, or -1 */
    FC_ARRAY(const fc_node *) covers; /* the sections that the mark stands for */

    /* FC_FIELD */
    unsigned ordinal; /* 1 for the form's first field */
    unsigned slot;    /* index of the answer in a row of its container */
    fc_type type;
    const fc_choices *choices; /* FC_CHOICE, FC_CHOICES and FC_YES_NO */
    unsigned first_box;  /* FC_CHOICES: what the ordinal is to a field, for the place of its
                            first  choice; the others follow. Behind all ordinals */
    fc_str pattern;      /* of a local type; empty for none */
    fc_str type_name;    /* as the author wrote it */
    unsigned lines;      /* height of the answer space, in lines of text; at least 1 */
    unsigned max_length; /* in characters; 0 for none */
    bool wide;           /* in a table: label above, answer across the whole width */
    bool heading;        /* the label is a heading (a question that stands alone) */
    unsigned picture;    /* beside the label: 1 for the form's first picture; 0 for none */
    fc_str picture_alt;  /* its words, for people who do not see it */
    fc_node *details;    /* the follow-up of a yes/no, also among fields; or NULL */
    fc_node *details_of; /* the yes/no that this one follows; or NULL */
};

/* Answers live in rows. The plan is the one row of containers[0]. */
struct fc_container {
    unsigned index;
    const fc_node *repeat;      /* NULL for the plan itself */
    FC_ARRAY(fc_node *) fields; /* by slot */
};

typedef enum fc_rule_kind {
    FC_RULE_TYPE, /* the answer can be read as its type (NHS number, date, pattern, length) */
    FC_RULE_REQUIRED, /* required, or required-when */
    FC_RULE_MUST,     /* a check that must be true */
    FC_RULE_ASKED,    /* an answer stands only where the question is asked */
    FC_RULE_HUMAN     /* a question that only a person may answer; nothing is decided */
} fc_rule_kind;

/* <rules>: rules between questions that belong together. */
typedef struct fc_topic {
    fc_span at, id_at;
    fc_str id;    /* "co-production" */
    fc_str title; /* empty for none */
    fc_str from;  /* the sources of those of its rules that name none */
    bool audit; /* good practice: every finding is advice to a reviewer, told by audit alone */
} fc_topic;

typedef struct fc_rule {
    fc_rule_kind kind;
    fc_span at; /* the expression, or the attribute that asks for it */
    fc_str id;  /* "health/medication/action/review.must", "dates/first-review-due" */
    fc_str
        name; /* id as an identifier stem: letters, digits and "_" only; unique in the form */
    const fc_topic *topic; /* of a rule in <rules>; NULL when it is of a question or a repeat */
    const fc_node *where;  /* the field the finding points to; a section or a repeat for a rule
                              about all of it */
    fc_container *scope;   /* evaluated once for each row of this container */
    const fc_expr *when;   /* FC_RULE_REQUIRED: required only when this is true; NULL: always.
                              FC_RULE_ASKED, FC_RULE_HUMAN: asked only when this is true */
    const fc_expr *must;   /* FC_RULE_MUST */
    FC_ARRAY(const fc_node *)
    places; /* FC_RULE_HUMAN: where to look, side by side; the first
               is where */
    fc_severity severity;
    bool made;           /* nobody wrote it: every repeat has its greatest number of rows */
    unsigned stage;      /* index: the rule holds from this stage on; 0 when it always holds */
    fc_text *message;    /* what is wrong, then what to do; never NULL; holds no answer */
    fc_str message_text; /* the same as one line of plain text */
    fc_text *why;        /* NULL for none */
    fc_str from;
} fc_rule;

/* Examples: answers, and what the rules have to say about them. They are not part of the digest
 * and go into no output. */
typedef struct fc_example_answer { /* <set> */
    fc_span at;
    const fc_node *field;
    fc_str row; /* of a repeat: a number, which makes the row, or the id of one in the plan */
    fc_str text, absent;
} fc_example_answer;
typedef struct fc_expectation {
    fc_span at;
    bool clean; /* no finding, of the rule or (rule NULL) of any; else: one of the rule */
    const fc_rule *rule; /* never NULL when a finding is expected */
    fc_str path;         /* where the finding points; empty: anywhere */
} fc_expectation;
typedef struct fc_example {
    fc_span at;
    fc_str id, title;
    fc_str plan; /* a plan beside the form that it starts from; empty for none */
    fc_span plan_at;
    fc_str as_of; /* YYYY-MM-DD, a real day */
    unsigned stage;
    FC_ARRAY(fc_example_answer) answers;
    FC_ARRAY(fc_expectation) expected;
} fc_example;

/* What the author says about ids of earlier versions. Not part of the digest. */
typedef enum fc_migration_kind { FC_RENAME, FC_RETIRE, FC_RETYPE } fc_migration_kind;
typedef struct fc_migration {
    fc_migration_kind kind;
    fc_span at;
    fc_str field;   /* the path in the earlier version */
    fc_str to;      /* FC_RENAME: the path now */
    fc_str because; /* FC_RETIRE, FC_RETYPE */
} fc_migration;

/* The translations of a form into one language that are used: those that are missing, or of
 * words that have changed since, are not among them. */
typedef struct fc_translated {
    fc_str key;   /* which text: "visit/day label"; of formc's own words: "word:page"; of a
                     picture: "visit/day picture" */
    fc_str words; /* its translation, as in a language file, white space folded; of a picture,
                     the digest of its file and its words */
} fc_translated;
typedef struct fc_language {
    fc_str tag; /* "cy" */
    bool rtl;
    size_t texts; /* how many texts of the form can be translated */
    size_t used;  /* how many are */
    FC_ARRAY(fc_translated) list;
} fc_language;

typedef struct fc_form {
    fc_span at;
    fc_str id;       /* "care-plan" */
    fc_str version;  /* "1.0.0" */
    fc_str status;   /* "draft" or "published" */
    fc_str data_ns;  /* namespace of the plans' elements */
    fc_str lang;     /* BCP 47, "en-GB" */
    fc_str own_lang; /* of the definition, when the form speaks another one */
    bool rtl;        /* the language is written from right to left */
    fc_str title;
    fc_str title_lang; /* when the title is in another language than the form */
    fc_str file;       /* the definition's name relative to its folder: "form.xml" */
    fc_str digest;     /* "sha256:<64 hex>" of model.xml without this attribute */

    FC_ARRAY(fc_party) parties;
    FC_ARRAY(fc_stage) stages;
    FC_ARRAY(fc_sensitivity) sensitivities;
    FC_ARRAY(fc_source_ref) sources;
    FC_ARRAY(fc_choices *) choices;
    FC_ARRAY(fc_node *) top;    /* the nodes at the top, in order */
    FC_ARRAY(fc_node *) fields; /* all fields: fields.at[i]->ordinal == i + 1 */
    FC_ARRAY(const fc_node *)
    calcs; /* fields with calc, each behind those that it follows from */
    FC_ARRAY(fc_container *) containers;
    FC_ARRAY(fc_topic *) topics;
    FC_ARRAY(fc_rule *) rules;   /* first what validate checks, then what audit tells */
    size_t n_checks;             /* how many of them are the first kind */
    FC_ARRAY(fc_node *) by_path; /* every node with a path, sorted by it: for fc_form_find */
    FC_ARRAY(fc_example) examples;
    FC_ARRAY(fc_migration) migrations;
    FC_ARRAY(fc_language) languages;    /* of its language files, by tag */
    FC_ARRAY(fc_form_picture) pictures; /* of the language that the form speaks, each once */
    const fc_str *words;                /* runtime/form/words.h; NULL: English */
    fc_str words_lang;                  /* the language that they are in */
    fc_diags *diags;                    /* the sources that spans refer to */
} fc_form;

/* The node with this path, or NULL. Sections, groups, repeats, signatures and fields. Borrowed.
 */
const fc_node *fc_form_find(const fc_form *f, fc_str path);
/* The field with this path, or NULL. */
const fc_node *fc_form_find_field(const fc_form *f, fc_str path);
/* The index of a party, stage or sensitivity, or -1. */
int fc_form_party(const fc_form *f, fc_str id);
int fc_form_stage(const fc_form *f, fc_str id);
int fc_form_sensitivity(const fc_form *f, fc_str id);
/* The id of what a node is sensitive as; empty for nothing. */
fc_str fc_sensitivity_of(const fc_form *f, const fc_node *n);
const fc_choice *fc_choices_find(const fc_choices *c, fc_str id);
/* The index of a choice in its list, or -1. */
int fc_choices_index(const fc_choices *c, fc_str id);
/* The first choice whose label, in any language of the form, is this text (white space folded),
 * or NULL. */
const fc_choice *fc_choices_find_label(const fc_choices *c, fc_str label);
/* Is the language written from right to left? (its script, when the tag names one) */
bool fc_lang_is_rtl(fc_str tag);
/* Is the tag English, of whatever place or kind? */
bool fc_lang_is_english(fc_str tag);
/* The text's words as one plain line: paragraphs joined by a space. In the arena. */
fc_str fc_text_plain(fc_arena *a, const fc_text *t);

#endif
