/* What the parts of the front end share. The order of work (compile.c):
 *
 *   source.c      bytes -> elements with positions
 *   grammar.c     which element, attribute and text may stand where: one table
 *   head.c        title, language and the lists: choices, types, blocks, parties, stages,
 * sources text.c        words and texts build.c       elements -> nodes, blocks expanded
 *   resolve.c     paths, containers, ordinals; every reference by path; names in expressions
 *   expr_parse.c  expressions -> typed trees
 *   conditions.c  when questions are asked
 *   check.c       rules with their messages
 *   reach.c       conditions that can never be true
 *   examples.c    what the rules are tried on
 *   model_write.c the model as XML
 *   language.c    language files: read, held against the definition, put in its place
 *   language_pictures.c their pictures
 *   language_write.c a language file brought up to date
 *   theme.c       themes: what they say, and whether it can be read
 *
 * Mistakes are reported and passed over; what depends on something already reported stays quiet
 * (fc_built.broken, fc_front.lost). */
#ifndef FC_COMPILER_FRONT_H
#define FC_COMPILER_FRONT_H

#include "compiler/codes.h"
#include "compiler/compile.h"
#include "compiler/source.h"
#include "runtime/form/expr.h"
#include "runtime/form/words.h"

#define FC_FORM_NS "urn:formc:form:1"
#define FC_LANGUAGE_NS "urn:formc:language:1"
#define FC_ID_MAX                                                                              \
    40 /* characters; a path of five such ids fits a bookmark table and a log line */
#define FC_LABEL_MAX 64  /* characters; Word's limit for the title of a content control */
#define FC_ROWS_MAX 999u /* rows of a repeat; ids in documents have room for 9999 */
#define FC_ROWS_DEFAULT 50u
#define FC_PLACES_MAX                                                                          \
    200000u /* ids in documents are 31 bits: the number of a place times 10,000, and a row */
#define FC_CHOICES_MAX 64u    /* of a list of which several can be chosen: FV_CHOICES_MAX */
#define FC_LINES_MAX 60u      /* lines of an answer space: more than a page */
#define FC_LENGTH_MAX 100000u /* characters of an answer that a form may ask for */
#define FC_EXPR_MAX 4096u     /* bytes of an expression */
#define FC_EXPR_DEPTH 32u     /* brackets and nots inside each other */
#define FC_NODES_MAX                                                                           \
    100000u /* nodes after blocks are expanded: a use costs as much as its block */

/* The elements of the language; the same order as the table in grammar.c. */
typedef enum fc_el {
    FC_EL_FORM,
    FC_EL_TITLE,
    FC_EL_SOURCES,
    FC_EL_SOURCE,
    FC_EL_STAGES,
    FC_EL_STAGE,
    FC_EL_PARTIES,
    FC_EL_PARTY,
    FC_EL_SENSITIVITIES,
    FC_EL_SENSITIVITY,
    FC_EL_CHOICES,
    FC_EL_CHOICE,
    FC_EL_TYPE,
    FC_EL_BLOCK,
    FC_EL_PARAM,
    FC_EL_SLOT,
    FC_EL_USE,
    FC_EL_SET,
    FC_EL_PROMPTS,
    FC_EL_P,
    FC_EL_TICKS, /* <prompts tickable="yes">: a question */
    FC_EL_TICK,  /* <p> in it: a choice */
    FC_EL_SECTION,
    FC_EL_COLUMNS,
    FC_EL_COLUMN,
    FC_EL_NOTE,
    FC_EL_HEADING,
    FC_EL_FIELD,
    FC_EL_DETAILS,
    FC_EL_REPEAT,
    FC_EL_SIGNATURE,
    FC_EL_RULES,
    FC_EL_RULE,
    FC_EL_MIGRATIONS,
    FC_EL_RENAME,
    FC_EL_RETIRE,
    FC_EL_RETYPE,
    FC_EL_EXAMPLES,
    FC_EL_EXAMPLE,
    FC_EL_ANSWER, /* <set> in an example; FC_EL_SET is that of a use */
    FC_EL_EXPECT,
    FC_EL_EXPECT_CLEAN,
    FC_EL_HINT,
    FC_EL_WHY,
    FC_EL_MESSAGE,
    FC_EL_LIST,
    FC_EL_ITEM,
    FC_EL_EM,
    FC_EL_STRONG,
    FC_EL_REF,
    FC_EL_COUNT,
    /* of language files, in a table of their own */
    FC_EL_LANGUAGE = FC_EL_COUNT,
    FC_EL_TEXTS,
    FC_EL_ALL_WORDS,
    FC_EL_OBSOLETE,
    FC_EL_TEXT,
    FC_EL_WORD,
    FC_EL_WAS,
    FC_EL_ORIGINAL,
    FC_EL_TRANSLATION,
    FC_EL_PICTURE,
    FC_EL_COMMENT,
    FC_EL_ALL
} fc_el;

/* A node and where it came from. The node is the first member, so that a node of ours is also
 * the address of its fc_built. */
typedef struct fc_built {
    fc_node node;
    const fc_xelem *x;
    const fc_node *block; /* the group it was written for; NULL outside blocks */
    bool broken;  /* a mistake here was reported: say nothing about what follows from it */
    size_t index; /* in fc_front.nodes */
    int walk;     /* of conditions.c */
} fc_built;

/* Where names in an expression or a path are looked up. */
typedef struct fc_scope {
    const fc_node *inner;     /* the innermost node that holds ids; NULL: the form */
    const fc_node *block;     /* names may not leave this group; NULL: no such limit */
    const fc_container *rows; /* answers of this repeat may be named; NULL: of none */
    const fc_node *each; /* the repeat of any() or all(): names are looked up there first */
    const fc_node *use;  /* then in this use of a block, for any(block/repeat, ...); or NULL */
    bool all_rows;       /* earliest() and latest(): answers of every repeat may be named */
} fc_scope;

typedef struct fc_pending_ref { /* <ref to="..."/> */
    fc_text *text;
    size_t para, run;
    const fc_xelem *x;
    const fc_node *inner, *block;
} fc_pending_ref;

typedef struct fc_local_type {
    fc_str id;
    const fc_xelem *x;
    fc_type base;
    fc_str pattern;
    unsigned max_length;
    bool used;
} fc_local_type;

typedef struct fc_block {
    fc_str id;
    const fc_xelem *x;
    bool used;
} fc_block;

/* One text of the definition that a language file may translate. */
typedef enum fc_wording_kind { FC_WORDS_PLAIN, FC_WORDS_RUNS, FC_WORDS_RICH } fc_wording_kind;
typedef struct fc_wording {
    fc_str key;     /* the path and what it is: "visit/day label" */
    fc_xelem *x;    /* where it stands: */
    fc_xattr *attr; /* in this attribute; NULL: it is what x holds */
    fc_wording_kind kind;
    bool names;   /* a label without a short one: its translation may bring one */
    fc_str words; /* as a language file has it, white space folded */
    fc_span at;
} fc_wording;

/* An entry of a language file: a text of the form or one of formc's own words. */
typedef struct fc_entry {
    fc_str key; /* as in fc_wording; of a word, its id */
    const fc_xelem *x, *was, *original, *translation, *picture, *comment;
    fc_str was_words, original_words, words; /* as in fc_wording; empty: none */
} fc_entry;
typedef FC_ARRAY(fc_entry) fc_entries;

typedef struct fc_language_file {
    struct fc_front *c; /* its own tree */
    const fc_language_source *source;
    fc_str tag;
    bool rtl, partial;
    bool own; /* of the form's own language: only words */
    fc_entries texts, words, obsolete, obsolete_words;
    const fc_entry **used;     /* by index of fc_front.wordings: its translation, or NULL */
    const fc_entry **pictured; /* the same: the entry that has its picture, or NULL */
    FC_ARRAY(fc_form_picture) pictures; /* those that were looked into, each once */
    const fc_str *said;                 /* FC_WORD_COUNT: its words; empty where it has none */
    unsigned guessed;                   /* names that were looked for among those of the form */
} fc_language_file;

typedef struct fc_front {
    fc_arena *a;
    fc_diags *d;
    fc_form *f;
    const fc_definition *def; /* what is compiled; NULL in a language file */
    uint32_t source;
    fc_str text; /* the bytes that spans count in */
    const fc_xelem *root;
    FC_ARRAY(fc_local_type) types;
    FC_ARRAY(fc_block) blocks;
    fc_choices *yes_no; /* the words for yes and no; NULL when there are none */
    bool *choices_used; /* by index in form->choices; NULL before they are read */
    size_t n_lists;     /* those of form->choices that the head has; those of prompts follow */
    FC_ARRAY(struct fc_ticks {
        const fc_xelem *x;
        fc_choices *list;
    })
    ticks; /* the lists of prompts to tick, one an element however often its block is used */
    FC_ARRAY(fc_built *) nodes; /* every node that has an id, in document order */
    FC_ARRAY(fc_pending_ref) refs;
    FC_ARRAY(fc_str) lost; /* ids inside elements that were passed over */
    FC_ARRAY(struct fc_seen {
        fc_code code;
        fc_span at;
        fc_str text;
    })
    seen;
    size_t n_nodes;
    size_t n_assumed;                   /* work done by reach.c */
    const fc_language_file *translated; /* the tree speaks its language now; or NULL */
    bool translating; /* a language file is made: it may be the one with the form's own words */
    FC_ARRAY(fc_wording) wordings;          /* language.c, in the order of the form */
    FC_ARRAY(fc_language_file *) languages; /* those that could be read, by tag */
    size_t n_in_uses; /* answers and repeats named in every use of a block */
} fc_front;

/* ---- reporting (grammar.c) ---- */

/* As many mistakes are known as will be shown. */
bool fc_enough(const fc_front *c);

/* Reports the same thing once for a place: a block that is used sixteen times has its mistakes
 * told once. Returns the diagnostic; for a repetition one that nobody will see. */
fc_diag *fc_wrong(fc_front *c, fc_code code, fc_span at, const char *fmt, ...) FC_PRINTF(4, 5);
/* Words are missing at this place. */
void fc_empty(fc_front *c, fc_span at, const char *fmt, ...) FC_PRINTF(3, 4);
/* An element of this name is missing inside x. */
void fc_no_child(fc_front *c, const fc_xelem *x, fc_str name);
fc_diag *fc_warn(fc_front *c, fc_code code, fc_span at, const char *fmt, ...) FC_PRINTF(4, 5);

/* A set of names that were possible, for "did you mean" and for the list of what is allowed. */
typedef struct fc_names {
    fc_front *c;
    FC_ARRAY(fc_str) list;
} fc_names;
/* Adds nothing once as many mistakes are known as will be shown: a file full of mistakes must
 * not cost more than a good one. */
void fc_names_add(fc_names *n, fc_str name);
/* The nearest name, when it is near enough to be a slip; else the empty string. */
fc_str fc_names_nearest(const fc_names *n, fc_str to);
/* Gives g a help: the nearest name, or all of them when they are few. what: "the parties are".
 */
void fc_help_names(fc_front *c, fc_diag *g, const fc_names *n, fc_str given, const char *what);

/* ---- grammar.c ---- */

const char *fc_el_name(fc_el el);
/* Checks the whole tree and sets the kind of every element. */
void fc_grammar_check(fc_front *c, fc_xelem *root);
const fc_xattr *fc_attr(const fc_xelem *x, const char *name); /* NULL when it is not given */
fc_str fc_attr_value(const fc_xelem *x, const char *name); /* trimmed; empty when not given */
/* The span of the attribute's value, or of the element's start tag. */
fc_span fc_attr_at(const fc_xelem *x, const char *name);
const fc_xelem *fc_child(const fc_xelem *x, fc_el el); /* the first, or NULL */
/* Cuts the next word (a list of names, separated by white space) from an attribute's value.
 * *pos is where to go on. False at the end. */
bool fc_next_word(fc_front *c, const fc_xattr *attr, size_t *pos, fc_str *word, fc_span *at);
/* A word of a fixed list, ended by NULL; `or_else` when the attribute is not given or wrong. */
int fc_one_of(fc_front *c, const fc_xelem *x, const char *attr, const char *const *words,
              int or_else);
unsigned fc_number(fc_front *c, const fc_xelem *x, const char *attr, unsigned min, unsigned max,
                   unsigned or_else);

/* Calls of this walk over the kids of one kind. */
#define FC_EACH(x, k, el)                                                                      \
    for (size_t i_##k = 0; i_##k < (x)->kids.n; i_##k++)                                       \
        for (const fc_xelem *k = (x)->kids.at[i_##k].elem; k && k->kind == (int)(el); k = NULL)

/* ---- text.c ---- */

/* White space folded: a line break is a space, none stands at the ends. */
fc_str fc_words_of(fc_front *c, fc_str s);
fc_str fc_attr_words(fc_front *c, const fc_xelem *x, const char *name);
/* All characters directly in x, folded. */
fc_str fc_text_words(fc_front *c, const fc_xelem *x);
/* The language that x is said to be in; empty: the form's. */
fc_str fc_lang_of(const fc_front *c, const fc_xelem *x);
/* The shape of a language tag (RFC 5646, 2.1), without looking into the registry. */
bool fc_is_language(fc_str tag);
/* The text of a note, hint, message or the like: paragraphs and list items. */
fc_text *fc_build_text(fc_front *c, const fc_xelem *x, const fc_node *inner,
                       const fc_node *block);
/* The <p> of x, one paragraph each. */
fc_text *fc_build_prompts(fc_front *c, const fc_xelem *x, const fc_node *inner,
                          const fc_node *block);
/* One paragraph of plain words. */
fc_text *fc_plain_text(fc_front *c, fc_span at, fc_str words);

/* ---- head.c ---- */

/* The head is read before the body. */
void fc_head_read(fc_front *c);
/* Warns of blocks, types and choices that the body did not use. */
void fc_head_warn_unused(fc_front *c);
/* The id of x, its shape checked; a bad shape is reported and the id used all the same.
 * in_expressions: it may not be a word of the expression language. */
fc_str fc_id_of(fc_front *c, const fc_xelem *x, bool in_expressions);
/* The index in fc_types of a name, or -1. */
int fc_builtin_type(fc_str name);
/* Adds the kids of x of this kind to a list of choices; two of one id are reported. */
void fc_read_choices(fc_front *c, const fc_xelem *x, fc_el el, fc_choices *list);
/* Is an answer of this type nothing but text, which a pattern or a length can limit? */
bool fc_is_text_type(fc_type t);

/* ---- build.c ---- */

void fc_build_form(fc_front *c);
const fc_built *fc_built_of(const fc_node *n);

/* ---- resolve.c ---- */

void fc_resolve_form(fc_front *c);
/* Fills in the labels of every <ref> met so far; after the rules have their messages. */
void fc_resolve_refs(fc_front *c);
/* Finds the node that a path means. Reports when there is none, or when it may not be named;
 * then NULL. at(from, to) of attr is where the path stands. */
const fc_node *fc_resolve(fc_front *c, const fc_scope *scope, fc_str path, fc_span at);
/* Does a path through the block that n stands in lead to it? "need/action" is the repeat
 * "action" in every use of the block "need". */
bool fc_in_use_of(const fc_node *n, fc_str path);
/* The nodes that a path into a block means: one in each use, of the kind. None when the path is
 * that of something else, or inside a block, whose uses are not known to it. */
typedef FC_ARRAY(const fc_node *) fc_nodes;
fc_nodes fc_resolve_uses(fc_front *c, const fc_scope *scope, fc_str path, fc_node_kind kind);
fc_scope fc_scope_of(const fc_node *n);
int fc_find_stage(fc_front *c, const fc_xattr *attr);

/* ---- expr_parse.c ---- */

/* The expression of an attribute. It must come to true or false. NULL: reported. */
const fc_expr *fc_expr_parse(fc_front *c, const fc_xattr *attr, const fc_scope *scope);
/* The expression of `calc` on a field: it must come to an answer of the field's type, follow
 * from other answers, and not look at the day. NULL: reported. */
const fc_expr *fc_calc_parse(fc_front *c, const fc_xattr *attr, const fc_scope *scope,
                             const fc_node *field);
/* Does it, or anything in it, look at the day? */
bool fc_expr_uses_day(const fc_expr *x);
/* The field named first. */
const fc_node *fc_expr_first_field(const fc_expr *x);

/* ---- conditions.c ---- */

/* Reads when nodes are asked and how answers are worked out, reports circles, and puts what is
 * worked out in an order in which it can be. */
void fc_read_conditions(fc_front *c);
/* When a field is asked: its own condition and those around it; NULL for always. */
const fc_expr *fc_asked_when(fc_front *c, const fc_node *n);
/* a and b, a or b; a or b alone when the other is NULL. */
const fc_expr *fc_expr_join(fc_front *c, fc_expr_op op, const fc_expr *a, const fc_expr *b);
/* not a; NULL for NULL. */
const fc_expr *fc_expr_not(fc_front *c, const fc_expr *a);

/* ---- check.c ---- */

void fc_check_rules(fc_front *c);

/* ---- reach.c ---- */

/* Warns of conditions that can never be true and checks that can never fail. */
void fc_check_reach(fc_front *c);

/* ---- examples.c ---- */

void fc_check_examples(fc_front *c);

/* ---- language.c ---- */

/* Reads the language files, and takes the words of the form's own language from its file.
 * Before the head is read, when only the tree is there. */
void fc_languages_read(fc_front *c, const fc_definition *def);
/* Lists what can be translated, in fc_front.wordings. */
void fc_languages_find(fc_front *c);
/* The tree and the entries of one file; NULL when they cannot be used, which is reported. */
fc_language_file *fc_language_read(fc_front *form, const fc_language_source *s);
/* Holds them against the form: what is missing, has changed or does not fit. Gives choices
 * their labels in every language and the form its list of languages. */
void fc_languages_check(fc_front *c);
/* What a digest covers of them. */
void fc_languages_put(const fc_form *f, fc_buf *out);
/* Puts the translations in the place of the words in the tree. */
void fc_language_apply(fc_front *c, const fc_language_file *l);
/* Has the entry anything of its own: words, or a picture? */
bool fc_entry_says(const fc_entry *e);
/* What x holds, or an attribute says, as a language file has it: white space folded, with
 * markup, each paragraph and item in tags. In the arena. */
fc_str fc_wording_of(fc_front *c, const fc_xelem *x, const fc_xattr *attr);

/* ---- language_pictures.c ---- */

/* Can the picture of entry e stand beside text t of the form? Reports when it cannot. */
bool fc_picture_fits(fc_front *form, fc_language_file *l, size_t t, const fc_entry *e);
/* What a digest covers of the pictures of a language. */
void fc_pictures_list(fc_front *form, const fc_language_file *l, fc_language *out);
/* Puts them beside the questions in the tree. */
void fc_pictures_apply(fc_front *c, const fc_language_file *l);

/* ---- compile.c ---- */

/* The form in the definition's own language; c is what it was made from. */
fc_status fc_compile_own(fc_front *c, fc_arena *a, const fc_definition *def, fc_diags *d);

/* ---- changes.c ---- */

void fc_check_migrations(fc_front *c);

#endif
