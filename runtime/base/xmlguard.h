/* A lexical look at XML before any parser sees it: what a parser would choke on is refused by
 * its place. Says nothing about being well-formed. */
#ifndef FC_BASE_XMLGUARD_H
#define FC_BASE_XMLGUARD_H

#include "runtime/base/str.h"

/* One start tag with 200,000 attributes keeps libxml2 busy for more than a minute before any
 * callback; the largest tag seen in real documents has 90 kB. */
#define FC_XML_TAG_MAX ((size_t)256 << 10)
#define FC_XML_DEPTH_MAX 256
/* Elements, comments and the like. libxml2 needs some 300 bytes for an element with a word in
 * it, and a file of 32 MiB could have eight million; a large plan has ten thousand. */
#define FC_XML_PARTS_MAX ((size_t)500000)

typedef enum fc_xml_guard_verdict {
    FC_XML_PASSES,
    FC_XML_NOT_UTF8, /* also a NUL or a control character that XML forbids */
    FC_XML_DOCTYPE,
    FC_XML_LONG_TAG,
    FC_XML_DEEP,
    FC_XML_MANY
} fc_xml_guard_verdict;

/* Looks through bytes; *at is where it was refused. A UTF-8 byte order mark at the start is
 * fine. */
fc_xml_guard_verdict fc_xml_guard(fc_str bytes, size_t *at);
/* The same with another number of parts, for what keeps nothing of them. */
fc_xml_guard_verdict fc_xml_guard_within(fc_str bytes, size_t parts_max, size_t *at);
/* The verdict in words: "document type declarations are not allowed". */
const char *fc_xml_guard_words(fc_xml_guard_verdict v);

#endif
