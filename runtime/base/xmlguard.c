/* A lexical look at XML before any parser sees it. */
#include "runtime/base/xmlguard.h"

#include <string.h>

static bool at_z(fc_str s, size_t i, const char *z)
{
    size_t n = strlen(z);
    return s.n - i >= n && memcmp(s.p + i, z, n) == 0;
}

/* The offset behind the next z at or after i, or the end. */
static size_t behind(fc_str s, size_t i, const char *z)
{
    for (; i < s.n; i++)
        if (at_z(s, i, z))
            return i + strlen(z);
    return s.n;
}

/* The offset behind the tag that begins at i, quoted ">" passed over; the end when it never
 * closes. */
static size_t behind_tag(fc_str s, size_t i)
{
    for (; i < s.n && s.p[i] != '>'; i++)
        if (s.p[i] == '"' || s.p[i] == '\'') {
            const char *end = memchr(s.p + i + 1, s.p[i], s.n - i - 1);
            if (!end)
                return s.n;
            i = (size_t)(end - s.p);
        }
    return i < s.n ? i + 1 : s.n;
}

fc_xml_guard_verdict fc_xml_guard(fc_str s, size_t *at)
{
    return fc_xml_guard_within(s, FC_XML_PARTS_MAX, at);
}

fc_xml_guard_verdict fc_xml_guard_within(fc_str s, size_t parts_max, size_t *at)
{
    *at = fc_xml_chars(s);
    if (*at < s.n)
        return FC_XML_NOT_UTF8;
    size_t depth = 0, parts = 0;
    const char *tag = NULL;
    for (size_t i = 0; i < s.n && (tag = memchr(s.p + i, '<', s.n - i)) != NULL;) {
        i = (size_t)(tag - s.p);
        *at = i;
        if (!at_z(s, i, "</") && ++parts > parts_max)
            return FC_XML_MANY;
        if (at_z(s, i, "<!--")) {
            i = behind(s, i + 4, "-->");
        } else if (at_z(s, i, "<![CDATA[")) {
            i = behind(s, i, "]]>");
        } else if (at_z(s, i, "<!")) {
            return FC_XML_DOCTYPE;
        } else if (at_z(s, i, "<?")) {
            i = behind(s, i, "?>");
        } else {
            size_t end = behind_tag(s, i);
            if (end - i > FC_XML_TAG_MAX)
                return FC_XML_LONG_TAG;
            if (at_z(s, i, "</"))
                depth -= depth > 0;
            else if (!(end >= 2 && s.p[end - 2] == '/') && ++depth > FC_XML_DEPTH_MAX)
                return FC_XML_DEEP;
            i = end;
        }
    }
    return FC_XML_PASSES;
}

const char *fc_xml_guard_words(fc_xml_guard_verdict v)
{
    static const char *const words[] = {
        [FC_XML_PASSES] = "nothing is wrong",
        [FC_XML_NOT_UTF8] = "this is not text in UTF-8",
        [FC_XML_DOCTYPE] = "document type declarations are not allowed",
        [FC_XML_LONG_TAG] = "this tag is longer than formc reads",
        [FC_XML_DEEP] = "elements stand deeper in each other than formc reads",
        [FC_XML_MANY] = "there are more elements than formc reads",
    };
    return words[v];
}
