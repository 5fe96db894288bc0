/* The definition as a tree of elements that know where they stand.
 *
 * Positions come from a scanner over the raw bytes; names, nesting and decoded text come from
 * libxml2, one to one with it (docs/decisions/0002-positions.md). */
#ifndef FC_COMPILER_SOURCE_H
#define FC_COMPILER_SOURCE_H

#include "runtime/base/diag.h"

#define FC_DEFINITION_MAX                                                                      \
    ((size_t)8 << 20) /* bytes; the largest form known to us has 0.2 MiB */
#define FC_START_TAG_MAX                                                                       \
    ((size_t)256 << 10)     /* bytes; libxml2 takes seconds for longer ones                    \
                             */
#define FC_ATTRS_MAX 64     /* attributes in a tag; the language has 20 for one element */
#define FC_XML_NAME_MAX 256 /* bytes of an element's or attribute's name */
#define FC_DEPTH_MAX 64     /* the language nests 9 deep */
#define FC_ELEMENTS_MAX 200000u

typedef struct fc_xelem fc_xelem;

typedef struct fc_xattr {
    fc_str name;  /* as written, with its prefix: "id", "xml:lang" */
    fc_str value; /* decoded */
    fc_span name_at;
    fc_span value_at; /* between the quotes, as written */
} fc_xattr;

typedef struct fc_xkid { /* an element or a piece of text */
    fc_xelem *elem;
    fc_str text; /* when elem is NULL; decoded */
} fc_xkid;

struct fc_xelem {
    fc_str name; /* without a prefix */
    fc_str ns;
    fc_span at;      /* the start tag */
    fc_span name_at; /* the name in it */
    uint32_t end;    /* offset behind the end tag */
    int kind;        /* its row in the table of elements; -1 for one that is passed over */
    fc_str lang; /* of its own words, once a translation stands in their place; else empty */
    unsigned picture;   /* of the language, beside its label: 1 for the first; 0 for none */
    fc_str picture_alt; /* its words */
    fc_xelem *parent;
    fc_xattr *attrs;
    size_t n_attrs;
    FC_ARRAY(fc_xkid) kids;
};

/* Reads and checks the bytes of a definition. bytes are borrowed and must live as long as the
 * tree. FC_OK; FC_REFUSED: reported in d. *source is the number of the text in d; *text are the
 * bytes that spans count in (without a byte order mark). */
FC_NODISCARD fc_status fc_source_read(fc_arena *a, fc_str name, fc_str bytes, fc_diags *d,
                                      fc_xelem **root, uint32_t *source, fc_str *text);

/* Where the bytes [from, to) of a decoded attribute value stand in the source. */
fc_span fc_source_in_attr(fc_str text, const fc_xattr *attr, size_t from, size_t to);
/* Where kid number i of x, a piece of text, begins: its first character that is no white space.
 */
fc_span fc_source_of_text(fc_str text, const fc_xelem *x, size_t i);

#endif
