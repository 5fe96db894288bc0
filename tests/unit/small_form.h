/* A small form that shows every shape of the model, for tests that need one. */
#ifndef FC_TESTS_SMALL_FORM_H
#define FC_TESTS_SMALL_FORM_H

#include "tests/unit/unit.h"

#include "compiler/compile.h"

static const char small_form[] =
    "<form xmlns='urn:formc:form:1' id='tool-loan' version='0.1.0' status='draft'\n"
    "      xml:lang='en-GB' data-ns='urn:formc:data:tool-loan'>\n"
    "  <title>Tool loan</title>\n"
    "  <stages><stage id='draft'>Draft</stage><stage id='agreed'>Agreed</stage></stages>\n"
    "  <parties><party id='member' kind='person'>Member</party></parties>\n"
    "  <choices id='kinds'><choice id='hand'>Hand tool</choice>"
    "<choice id='power'>Power tool</choice></choices>\n"
    "  <section id='who' number='A' title='Who' layout='table'>\n"
    "    <field id='name' label='Full name' type='person-name'/>\n"
    "    <field id='from' label='From' type='date'/>\n"
    "    <field id='kind' label='Kind' type='choice' choices='kinds'/>\n"
    "    <field id='trained' label='Trained?' type='yes-no'>"
    "<details id='training' label='Which training'/></field>\n"
    "  </section>\n"
    "  <section id='what' title='What' layout='stacked'>\n"
    "    <repeat id='tool' label='Tools' min='0' max='5' blank-rows='2' layout='table'>\n"
    "      <field id='item' label='Tool' type='line'/>\n"
    "      <field id='note' label='Note' type='prose'/>\n"
    "    </repeat>\n"
    "    <field id='care' label='Care' type='choices' choices='kinds'/>\n"
    "  </section>\n"
    "</form>\n";

static inline const fc_form *compile_small_form(fc_arena *a)
{
    fc_diags *d = fc_diags_new(a);
    const fc_form *f = NULL;
    fc_status s =
        fc_compile(a, FC_S("small.xml"), FC_S("small.xml"), fc_str_of(small_form), d, &f);
    if (s != FC_OK || d->list.n) {
        fc_buf b;
        fc_buf_init(&b, 1 << 20);
        fc_diags_print(d, &b);
        fail_msg("the small form does not compile:\n%.*s", FC_ARG(fc_buf_view(&b)));
    }
    return f;
}

static inline const fc_node *field_at(const fc_form *f, const char *path)
{
    const fc_node *n = fc_form_find_field(f, fc_str_of(path));
    if (!n)
        fail_msg("no field %s", path);
    return n;
}

#endif
