/* Which version of a form a plan was made with: the attributes of its first tag, or a member of
 * its JSON. */
#include "runtime/plan/pin.h"
#include "runtime/base/json.h"
#include "runtime/base/xmlguard.h"
#include "runtime/plan/plan.h"

#include <libxml/xmlreader.h>
#include <limits.h>

#if LIBXML_VERSION >= 21200
static void on_error(void *no_memory, const xmlError *e)
#else
static void on_error(void *no_memory, xmlError *e)
#endif
{
    if (e->code == XML_ERR_NO_MEMORY)
        *(bool *)no_memory = true;
}

static void on_words(void *no_memory, const char *message, ...)
{
    (void)no_memory;
    (void)message;
}

/* The attribute's value, cut to room with its NUL; empty when there is none. False: no memory.
 */
static bool find_attribute(fc_str bytes, const char *name, char *copy, size_t room)
{
    xmlTextReaderPtr r =
        xmlReaderForMemory(bytes.p, (int)bytes.n, NULL, NULL,
                           XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC);
    if (!r)
        return false;
    int more = xmlTextReaderRead(r);
    while (more == 1 && xmlTextReaderNodeType(r) != XML_READER_TYPE_ELEMENT)
        more = xmlTextReaderRead(r);
    xmlChar *value = NULL;
    if (more == 1)
        value =
            xmlTextReaderGetAttributeNs(r, (const xmlChar *)name, (const xmlChar *)FC_PLAN_NS);
    fc_str found = fc_str_slice(fc_str_of((const char *)value), 0, room - 1);
    for (size_t i = 0; i < found.n; i++)
        copy[i] = found.p[i];
    xmlFree(value);
    xmlFreeTextReader(r);
    return true;
}

#define PIN_MAX 64 /* bytes, with a NUL; a longer one is none of ours */

static fc_str json_pin(fc_arena *a, fc_str bytes, const char *member)
{
    const fc_json *root, *pin;
    uint32_t at;
    if (fc_json_read(a, bytes, &root, &at) != FC_JSON_PASSES)
        return (fc_str){0};
    pin = fc_json_member(root, member);
    return pin && pin->text.n < PIN_MAX ? pin->text : (fc_str){0};
}

/* What the plan says of itself: an attribute in XML, a member in JSON. */
static fc_str find_pin(fc_arena *a, fc_str bytes, const char *attribute, const char *member)
{
    char pin[PIN_MAX + 1] = "";
    size_t at = 0;
    if (fc_json_begins(bytes))
        return json_pin(a, bytes, member);
    if (!bytes.n || bytes.n > INT_MAX || fc_xml_guard(bytes, &at) != FC_XML_PASSES)
        return (fc_str){0};
    /* What libxml2 would print quotes the plan. */
    xmlStructuredErrorFunc func = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlGenericErrorFunc words = xmlGenericError;
    void *words_context = xmlGenericErrorContext;
    bool no_memory = false;
    xmlSetStructuredErrorFunc(&no_memory, on_error);
    xmlSetGenericErrorFunc(NULL, on_words);
    bool found_out = find_attribute(bytes, attribute, pin, sizeof pin);
    xmlSetGenericErrorFunc(words_context, words);
    xmlSetStructuredErrorFunc(context, func);
    if (no_memory || !found_out)
        fc_arena_give_up(a);
    fc_str found = fc_str_of(pin);
    return found.n < PIN_MAX ? fc_str_copy(a, found) : (fc_str){0};
}

fc_str fc_plan_pin(fc_arena *a, fc_str bytes)
{
    return find_pin(a, bytes, "version", "version");
}

fc_str fc_plan_pinned_id(fc_arena *a, fc_str bytes)
{
    return find_pin(a, bytes, "id", "plan");
}
