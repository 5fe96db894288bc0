/* The layout of a document as boxes: what docs/layout.md describes, read from the XML that a
 * stylesheet made, and then measured and drawn. All of it lives in the document's arena. */
#ifndef FC_PDF_LAYOUT_H
#define FC_PDF_LAYOUT_H

#include "output/pdf/text.h"
#include "runtime/base/diag.h"

#define FC_LAYOUT_NS "urn:formc:layout:1"

typedef enum fc_face_kind { FC_REGULAR, FC_BOLD, FC_ITALIC, FC_FACE_KINDS } fc_face_kind;

#define FC_NO_COLOUR 0xff000000u

typedef struct fc_look {
    fc_str name;
    fc_face_kind face;
    double size, leading; /* points */
    uint32_t colour;
    double before, after; /* space; the larger of two neighbours' counts */
    double indent;        /* from the start edge */
    bool keep_next;       /* stays on the page of what follows */
    bool at_end;          /* set against the end edge */
    uint32_t rule;        /* colour of a line below, or FC_NO_COLOUR */
} fc_look;

typedef struct fc_box fc_box;

/* Words that lead to another place of the document. */
typedef struct fc_link {
    fc_str to;       /* the id of the place */
    fc_str words;    /* of the link */
    uint32_t colour; /* or FC_NO_COLOUR: that of the text */
    const fc_box *target;
    struct fc_tag *tag; /* set when it was first drawn */
} fc_link;

typedef enum fc_span_kind { FC_SPAN_TEXT, FC_SPAN_PAGE, FC_SPAN_PAGES } fc_span_kind;
typedef struct fc_span_box {
    fc_span_kind kind;
    fc_face_kind face;
    fc_str text;
    fc_link *link; /* that they are part of, or NULL */
} fc_span_box;

typedef enum fc_box_kind {
    FC_BOX_HEADING,
    FC_BOX_PARA,
    FC_BOX_LIST,
    FC_BOX_ITEM,
    FC_BOX_TABLE,
    FC_BOX_ROW,
    FC_BOX_CELL,
    FC_BOX_FIELD,
    FC_BOX_LETTERHEAD, /* a line with a picture at its end */
    FC_BOX_FIGURE,     /* a picture, with boxes beside it */
    FC_BOX_KEEP        /* a group that stays on one page when it fits on one */
} fc_box_kind;

typedef enum fc_field_kind {
    FC_FIELD_TEXT,        /* one line */
    FC_FIELD_PROSE,       /* lines */
    FC_FIELD_DATE,        /* one line */
    FC_FIELD_CHOICE,      /* one of a list */
    FC_FIELD_OPEN_CHOICE, /* one of a list, or text */
    FC_FIELD_MARK,        /* a signature: one line over a rule */
    FC_FIELD_SIGNATURE,   /* a place for a digital signature (ISO 32000-1, 12.7.4.5) */
    FC_FIELD_CHECK        /* a check box before the words of an item; stored is its value */
} fc_field_kind;

typedef struct fc_option {
    fc_str value;
    fc_str label;
} fc_option;

typedef struct fc_field_box {
    fc_field_kind kind;
    fc_str name;  /* a.b.c */
    fc_str label; /* for a screen reader */
    fc_str help;  /* printed small at the end of the empty place: "dd/mm/yyyy" */
    unsigned lines;
    unsigned max_length; /* in characters; 0 for none */
    fc_str shown;        /* the answer as people read it */
    fc_str stored;       /* as it is stored: what a choice's value is */
    fc_str lang;
    FC_ARRAY(fc_option) options;
    double width; /* share of the text's width when it stands alone, 0 to 1 */
    bool on;      /* FC_FIELD_CHECK: it is ticked */
    bool framed;  /* draws its own border; in a table the cell is the border */
    /* found while measuring */
    bool held;    /* longer than a form can hold: read-only, and says so */
    bool shaped;  /* in letters that viewers may not be able to draw again */
    bool grown;   /* one line that needs more than one */
    bool clipped; /* taller than a page */
    fc_text_set text;
} fc_field_box;

struct fc_box {
    fc_box_kind kind;
    fc_str id; /* what a link to it calls it; most have none */
    const fc_look *look;
    FC_ARRAY(fc_box *) kids;
    FC_ARRAY(fc_span_box) spans; /* heading, paragraph, item */
    fc_str lang;
    fc_dir dir;               /* of its text; auto: that of its words */
    bool rtl;                 /* begins at the right edge */
    unsigned level;           /* heading */
    bool outline;             /* heading: in the bookmarks */
    bool new_page;            /* heading: begins a page */
    fc_str marker;            /* list */
    fc_field_box *field;      /* a field; of an item: its check box, or NULL */
    FC_ARRAY(double) columns; /* table: shares of the width */
    unsigned picture;         /* letterhead, figure: its number; letterhead: 0, the logo */
    fc_str alt;               /* of the picture; empty: there is none */
    double picture_width, picture_height;
    uint32_t rule, fill;        /* table: line colour; cell: background */
    double pad, side;           /* table: space inside the cells, above and beside */
    bool header;                /* row: repeated on the next page */
    bool keep_next;             /* row: stays on the page of the next one */
    bool keep;                  /* table: on one page when it fits on one */
    bool head_column, head_row; /* cell: a heading of its column, of its row */
    unsigned span;              /* cell: columns it takes */
    /* found while measuring */
    bool measured;
    double x, width, height;
    double words_height; /* figure: of what stands beside the picture */
    fc_text_set text, marker_text;
    struct fc_tag *tag; /* set when it was first drawn */
    size_t page;        /* where it begins: the page's number, and points from its top; kept
                           only of a box with an id */
    double y;
};

typedef struct fc_line_template { /* header or footer */
    const fc_look *look;
    uint32_t rule;
    bool first;                             /* also on the first page */
    bool first_end;                         /* there, what stands at the end only */
    FC_ARRAY(fc_span_box) start, end, more; /* more: below the two */
} fc_line_template;

typedef struct fc_page_layout {
    fc_str lang, title, held, shaped;
    bool rtl;
    bool logo;         /* a letterhead has it */
    unsigned pictures; /* the greatest number of a figure's picture */
    double page_width, page_height, top, right, bottom, left;
    uint32_t box_rule, box_fill; /* of answer boxes */
    const fc_look *answer;       /* how answers are set */
    const fc_look *help;
    FC_ARRAY(fc_look *) looks;
    fc_line_template *header, *footer; /* or NULL */
    FC_ARRAY(fc_box *) body;
    FC_ARRAY(fc_box *) places; /* boxes with an id, in the order of these */
    FC_ARRAY(fc_link *) links;
} fc_page_layout;

/* Reads layout XML. What is wrong in it is reported in d (a stylesheet of a theme may be). NULL
 * when it cannot be used. */
fc_page_layout *fc_layout_read(fc_arena *a, fc_str xml, fc_diags *d);

#endif
