/* Inside of the C target: what its files share. */
#ifndef FC_OUTPUT_C_H
#define FC_OUTPUT_C_H

#include "output/target.h"

/* Text to text. Names that were given, and what belongs to a path. */
typedef struct fc_c_map {
    fc_arena *arena;
    struct fc_c_entry {
        fc_str key, value;
        bool used;
    } * at;
    size_t n, room; /* room is a power of two */
} fc_c_map;

/* The value of key, or NULL. */
const fc_str *fc_c_map_find(const fc_c_map *m, fc_str key);
void fc_c_map_put(fc_c_map *m, fc_str key, fc_str value);

/* An id as an identifier of C and of C++: "nhs-number" is nhs_number, "class" is class_. */
fc_str fc_c_name(fc_arena *a, fc_str id);
/* The id with "_" for "-": a piece of a longer identifier. */
fc_str fc_c_piece(fc_arena *a, fc_str id);
/* The same in capitals, for constants. */
fc_str fc_c_constant(fc_arena *a, fc_str id);
/* wanted, or wanted with a number behind it when it was given out before. */
fc_str fc_c_unique(fc_c_map *given, fc_str wanted);
/* Text as a string literal. Everything but plain signs is written in octal, so that nothing in
 * it can end the literal, continue the line or be a trigraph. */
void fc_c_literal(fc_buf *b, fc_str s);
/* A buffer that goes with the arena. */
fc_buf *fc_c_buf(fc_arena *a);
/* Text for the inside of a comment: what is not a letter, digit or one of " _'().,:/-" becomes
 * a dot, so that nothing in it can end the comment. */
void fc_c_comment(fc_buf *b, fc_str s);

/* A block: the struct that all uses of it share, as laid out at the first one. */
struct fc_c_block {
    const fc_node *first;
    fc_str tag;
};

/* Rules that stand in a file of their own, because the form has many. */
typedef struct fc_c_part {
    fc_buf *source;
    fc_buf *declared; /* its functions, for the main file */
} fc_c_part;

/* One generated form: what the emitting functions share. */
typedef struct fc_c_unit {
    fc_arena *arena;
    const fc_form *form;
    fc_str ident;   /* the form's id as an identifier: prefix of all names, stem of all files */
    fc_c_map names; /* identifiers that were given out */
    fc_c_map tags;  /* path of a section, group, signature or repeat -> tag of its struct */
    FC_ARRAY(struct fc_c_block) blocks;
    fc_c_map choices; /* "list/choice" -> constant */
    fc_c_map blank; /* tags of repeats whose rows have a function that says if they are blank */
    FC_ARRAY(fc_c_part) parts; /* none when all rules stand in the main file */
    fc_c_part *part;           /* the one that is being printed, or NULL */
    fc_buf *long_texts;        /* arrays for texts that are too long for a literal */
    unsigned n_long_texts;
} fc_c_unit;

/* Text as an initialiser of a const char pointer: a literal, or the name of an array in
 * u->long_texts. */
void fc_c_text(fc_c_unit *u, fc_buf *b, fc_str s);
/* Ends a declaration that was begun at byte `begin` of b: lines that are too long are broken
 * behind a comma and go on below the open bracket. */
void fc_c_wrap(fc_c_unit *u, fc_buf *b, size_t begin);
/* Prints the structs of the form, innermost first, and fills u->tags. */
void fc_c_structs(fc_c_unit *u, fc_buf *b);
/* The tag of the struct of a section, group, signature or repeat (of one row); of the whole
 * plan for NULL. */
fc_str fc_c_tag(const fc_c_unit *u, const fc_node *n);
/* "person.born": how C reaches a node from the struct of `top` (NULL: the plan). */
fc_str fc_c_member(const fc_c_unit *u, const fc_node *n, const fc_node *top);
/* The use of a block that n stands in, when its struct is shared; or NULL. */
const fc_node *fc_c_shared_group(const fc_c_unit *u, const fc_node *n);
bool fc_c_inside(const fc_node *n, const fc_node *ancestor);

/* A function for each answer that is worked out, and <ident>_work_out, which calls them in
 * order; nothing for a form that works nothing out. */
void fc_c_calcs(fc_c_unit *u, fc_buf *b);
/* The rules, the functions that call them, and validate; many rules go to u->parts. */
void fc_c_rules(fc_c_unit *u, fc_buf *b);
/* A line that stands for a #line directive back to the generated file. */
#define FC_C_LINE_BACK "\x01"
/* <ident>_read.c. */
void fc_c_reader(fc_c_unit *u, fc_buf *b);

/* Where an expression stands: which pointers the generated function has. */
typedef struct fc_c_scope {
    const fc_container *row;  /* its answers are reached by "row"; NULL when there is no row */
    const fc_node *group;     /* the use of a block that "group" points to; NULL for none */
    const fc_container *each; /* the repeat whose rows any() or all() looks at, by "each" */
    fc_str stem;              /* for names of functions that look at all rows */
    fc_buf *before;           /* those functions: they go before the one that calls them */
    unsigned n_before;
    bool uses_plan, uses_group, uses_row, uses_as_of; /* set by what is printed */
} fc_c_scope;

/* How C reaches the answer of a field: "plan->person.born". */
fc_str fc_c_access(const fc_c_unit *u, fc_c_scope *s, const fc_node *field);
/* "const struct x *plan, const struct x_y *group, fv_date as_of", of what s says is used. */
void fc_c_params(const fc_c_unit *u, const fc_c_scope *s, fc_buf *b);
/* True for a row without any answer: prints that function of a repeat, once. */
void fc_c_blank_row(fc_c_unit *u, const fc_container *c, fc_buf *b);
/* The expression as C, of type fv_truth, fv_date, fv_interval, fv_number or (text) fv_text. */
void fc_c_expr(fc_c_unit *u, fc_c_scope *s, const fc_expr *x, fc_buf *b);

#endif
