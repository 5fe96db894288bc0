/* XML of a returned file, walked through once. Nothing else includes it but the formats. */
#ifndef FC_RETURNED_XML_H
#define FC_RETURNED_XML_H

#include "runtime/base/buf.h"

typedef struct fc_walk_attrs {
    const unsigned char **at; /* five a piece, as libxml2 has them */
    size_t n;
} fc_walk_attrs;

/* What is called on the way. Names and texts are gone after the call. Nothing may be allocated
 * from an arena in these: libxml2 is on the stack. uri is "" for no namespace. Pointers of
 * local and uri are the same for the same text during one walk. */
typedef struct fc_walk {
    void (*start)(void *data, const char *local, const char *uri, const fc_walk_attrs *attrs);
    void (*end)(void *data);
    void (*text)(void *data, const char *p, size_t n);
} fc_walk;

typedef enum fc_walk_verdict { FC_WALKED, FC_WALK_BROKEN, FC_WALK_REFUSED } fc_walk_verdict;

/* UTF-8 or UTF-16 (ECMA-376 part 2, 6.2.5). FC_WALK_REFUSED: a document type declaration, or
 * beyond a limit of runtime/base/xmlguard.h. FC_WALK_BROKEN: not well-formed; what was called
 * before is void. Gives up like the arena when memory runs out. */
FC_NODISCARD fc_walk_verdict fc_xml_walk(fc_arena *a, fc_str bytes, const fc_walk *walk,
                                         void *data);
/* An attribute's value, whatever its namespace; empty when there is none. Borrowed. */
fc_str fc_walk_attr(const fc_walk_attrs *attrs, const char *local);

#endif
