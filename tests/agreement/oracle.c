/* Runs a printed stylesheet over plans. Plans are read by libxml2 here, not by formc. */
#include "tests/agreement/agree.h"

#include <libxml/parser.h>
#include <libxslt/transform.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>

#include <stdio.h>
#include <stdlib.h>

struct oracle {
    xsltStylesheetPtr sheet;
};

/* Beside semantics.xsl, which it includes. Tests run in the top folder. */
#define PLACE "tests/agreement/printed.xsl"

oracle *oracle_new(fc_str sheet)
{
    xmlDocPtr doc = xmlReadMemory(sheet.p, (int)sheet.n, PLACE, NULL, XML_PARSE_NONET);
    xsltStylesheetPtr s = doc ? xsltParseStylesheetDoc(doc) : NULL;
    if (!s || s->errors) {
        fprintf(stderr, "the stylesheet does not compile\n");
        if (s)
            xsltFreeStylesheet(s);
        else
            xmlFreeDoc(doc);
        return NULL;
    }
    oracle *o = calloc(1, sizeof *o);
    if (o)
        o->sheet = s;
    return o;
}

fc_str oracle_findings(oracle *o, fc_arena *a, fc_str plan, unsigned stage, fv_date as_of)
{
    char number[16], day[16];
    const char *params[] = {"stage", number, "as-of", day, NULL};
    snprintf(number, sizeof number, "%u", stage);
    snprintf(day, sizeof day, "'%04d%02d%02d'", (int)as_of.year, as_of.month, as_of.day);
    xmlDocPtr doc = xmlReadMemory(plan.p, (int)plan.n, "plan.xml", "UTF-8", XML_PARSE_NONET);
    xmlDocPtr result = doc ? xsltApplyStylesheet(o->sheet, doc, params) : NULL;
    xmlChar *text = NULL;
    int n = 0;
    if (!result || xsltSaveResultToString(&text, &n, result, o->sheet) != 0) {
        fprintf(stderr, "the stylesheet does not run\n");
        exit(2);
    }
    fc_str found = fc_str_copy(a, (fc_str){(const char *)text, (size_t)n});
    xmlFree(text);
    xmlFreeDoc(result);
    xmlFreeDoc(doc);
    return found;
}

void oracle_drop(oracle *o)
{
    if (o)
        xsltFreeStylesheet(o->sheet);
    free(o);
}
