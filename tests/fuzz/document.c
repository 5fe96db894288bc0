/* Any bytes as the body of a Word document that came back, of the kitchen-sink form. */
#include "tests/fuzz/returned.h"

#include "runtime/returned/docx.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const fc_form *form;
    if (!form)
        form = fuzz_form(FUZZ_FORM);
    returned_input in = {.form = form, .bytes = {(const char *)data, n}, .look = fc_docx_body};
    returned_check(&in);
    return 0;
}

static const char *const words[] = {"f1",
                                    "f2",
                                    "f3",
                                    "f12_2",
                                    "f9999",
                                    "person/name",
                                    "1",
                                    "0",
                                    "yes",
                                    "no",
                                    "2026-01-31T00:00:00Z",
                                    "2026-02-30",
                                    "31/1/2026",
                                    "\xE2\x98\x92",
                                    "\xE2\x98\x90",
                                    "Choose",
                                    "Click to enter text",
                                    "true",
                                    "F0FC",
                                    "dd/mm/yyyy",
                                    "x",
                                    " ",
                                    "\xC2\xA0",
                                    "&#10;",
                                    NULL};
static const char *const pieces[] = {
    "<w:br/>",
    "<w:tab/>",
    "<w:p><w:r><w:t>x</w:t></w:r></w:p>",
    "<w:bookmarkStart w:id=\"1\" w:name=\"f1\"/>",
    "<w:bookmarkEnd w:id=\"1\"/>",
    "<w:bookmarkStart w:id=\"2\" w:name=\"f2\"/>",
    "<w:bookmarkEnd w:id=\"2\"/>",
    "<w:sdt><w:sdtPr><w:tag w:val=\"person/name\"/></w:sdtPr><w:sdtContent><w:r><w:t>A</w:t>"
    "</w:r></w:sdtContent></w:sdt>",
    "<w:showingPlcHdr/>",
    "<w14:checkbox><w14:checked w14:val=\"1\"/></w14:checkbox>",
    "<w:date w:fullDate=\"2026-01-31T00:00:00Z\"/>",
    "<w15:repeatingSectionItem/>",
    "<w:del><w:r><w:delText>x</w:delText></w:r></w:del>",
    "<w:ins><w:r><w:t>y</w:t></w:r></w:ins>",
    "<mc:AlternateContent><mc:Choice><w:r><w:t>1</w:t></w:r></mc:Choice><mc:Fallback>"
    "<w:r><w:t>2</w:t></w:r></mc:Fallback></mc:AlternateContent>",
    "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
    "<w:sym w:char=\"F0FC\"/>",
    "<w:rPr><w:vanish/></w:rPr>",
    "<w:commentRangeStart/>",
    "<w:drawing/>",
    NULL};
const fuzz_language fuzz_language_here = {FUZZ_XML, words, pieces};
