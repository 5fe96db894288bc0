/* Which version of a form a plan was made with: the attributes of its first tag, or a member of
 * its JSON. */
#include "runtime/plan/pin.h"
#include "runtime/base/json.h"
#include "runtime/base/xmlguard.h"
#include "runtime/plan/plan.h"

#include <libxml/xmlreader.h>
#include <limits.h>

#define VERSION_MAX 63 /* bytes; longer ones are no version */

static fc_str json_pin(fc_arena *a, fc_str bytes)
{
    const fc_json *root, *version;
    uint32_t at;
    if (fc_json_read(a, bytes, &root, &at) != FC_JSON_PASSES)
        return (fc_str){0};
    version = fc_json_member(root, "version");
    return version && version->text.n <= VERSION_MAX ? version->text : (fc_str){0};
}

fc_str fc_plan_pin(fc_arena *a, fc_str bytes)
{
    fc_str version = {0};
    size_t at = 0;
    if (fc_json_begins(bytes))
        return json_pin(a, bytes);
    if (!bytes.n || bytes.n > INT_MAX || fc_xml_guard(bytes, &at) != FC_XML_PASSES)
        return version;
    xmlTextReaderPtr r = xmlReaderForMemory(bytes.p, (int)bytes.n, NULL, NULL,
                                            XML_PARSE_NONET | XML_PARSE_IGNORE_ENC |
                                                XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!r)
        return version;
    xmlChar *value = NULL;
    int more = xmlTextReaderRead(r);
    while (more == 1 && xmlTextReaderNodeType(r) != XML_READER_TYPE_ELEMENT)
        more = xmlTextReaderRead(r);
    if (more == 1)
        value = xmlTextReaderGetAttributeNs(r, (const xmlChar *)"version",
                                            (const xmlChar *)FC_PLAN_NS);
    char copy[VERSION_MAX + 1] = "";
    fc_str found = fc_str_of((const char *)value);
    for (size_t i = 0; i < found.n && i + 1 < sizeof copy; i++)
        copy[i] = found.p[i];
    bool whole = found.n < sizeof copy;
    xmlFree(value);
    xmlFreeTextReader(r);
    return whole ? fc_str_copy_z(a, copy) : version; /* after the last foreign handle is gone */
}
