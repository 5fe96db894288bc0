/* What a walk through the body of a Word document notes, and what is made of it. Nothing else
 * includes it. */
#ifndef FC_RETURNED_DOCX_BODY_H
#define FC_RETURNED_DOCX_BODY_H

#include "runtime/returned/docx.h"

typedef struct fc_docx_piece { /* in `words` */
    uint32_t at, n;
} fc_docx_piece;

typedef struct fc_docx_control {
    fc_docx_piece tag, xpath, date;
    size_t begin, end;    /* of its text in the stream */
    uint32_t first, last; /* numbers of its first and last element, for what it is round */
    uint32_t row;
    fc_tick tick;
    bool placeholder, is_box, is_item, is_round_others, closed;
} fc_docx_control;

typedef struct fc_docx_bookmark {
    fc_docx_piece name, id;
    size_t begin, end;
    uint32_t first, last, row;
    bool closed;
} fc_docx_bookmark;

typedef struct fc_docx_end {
    fc_docx_piece id;
    size_t at;
    uint32_t number;
} fc_docx_end;

typedef struct fc_docx_para {
    size_t end; /* it begins where the one before ends */
    uint32_t row, cell;
} fc_docx_para;

typedef struct fc_docx_remark {
    size_t at;
    unsigned with;
} fc_docx_remark;

/* The document as one stream of text, and what begins and ends where in it. Elements are
 * numbered in the order in which they begin and controls and bookmarks end. */
typedef struct fc_docx_stream {
    fc_buf text, words;                               /* what is shown; tags and names */
    fc_buf controls, bookmarks, ends, remarks, paras; /* arrays of the structs above */
    size_t after_p; /* the end of the text behind the last paragraph */
} fc_docx_stream;

/* Adds what stands in the controls and bookmarks to out->seen, and the paragraphs to
 * out->paras; both in the order of the document. */
void fc_docx_collect(fc_arena *a, fc_docx_stream *s, fc_returned *out);

#endif
