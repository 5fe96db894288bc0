/* What can be said about a file that came back: the codes, and their words. R0: why it is not
 * read; R1: about one place; R2: about the whole file; R3: about a file among many. A code is
 * for ever. */
#include "runtime/returned/codes.h"
#include "runtime/returned/take.h"

#include <string.h>

static const fc_code_row refusals[FC_REFUSALS] = {
    [FC_READS] = {"", FC_ERROR, "", "", ""},
    [FC_NO_FORMAT] = {"R001", FC_ERROR, "not a kind of file that formc reads",
                      "this is not a kind of file that formc reads",
                      "ask for the form as it was sent: a Word document (.docx) or a PDF"},
    [FC_OLD_WORD] = {"R002", FC_ERROR, "an old Word document (.doc)",
                     "this is an old Word document (.doc), which cannot hold the form",
                     "open it in Word and save it as a Word document (.docx)"},
    [FC_LOCKED] = {"R003", FC_ERROR, "a file with a password",
                   "this file is locked with a password",
                   "open it, take the password away and save it again"},
    [FC_OPEN_TEXT] =
        {"R004", FC_ERROR, "an OpenDocument text (.odt)",
         "this is an OpenDocument text (.odt), which has lost the form",
         "open it and save it as a Word document (.docx); then check what it says"},
    [FC_OTHER_OFFICE] = {"R005", FC_ERROR, "another kind of office file",
                         "this is an office file, but not a Word document",
                         "ask for the form as it was sent: a Word document (.docx) or a PDF"},
    [FC_PDF_PRINTED] = {"R006", FC_ERROR, "a PDF without fields",
                        "this PDF has pages and no fields: it was printed to a PDF, or made "
                        "into pages",
                        "ask for the file itself, as it was sent and filled in"},
    [FC_BROKEN] = {"R007", FC_ERROR, "a damaged file", "this file is damaged",
                   "ask for it to be sent again"},
    [FC_TOO_LARGE] = {"R008", FC_ERROR, "a file beyond the limits",
                      "this file, or what is packed into it, is larger than formc reads",
                      "take pictures and other files out of it"},
    [FC_BAD_NAMES] = {"R009", FC_ERROR, "a package with names that no package has",
                      "this package has two parts of one name, or a name that leads out of it",
                      "no program that people use makes such a file: do not open it"},
    [FC_DOCTYPE] = {"R010", FC_ERROR, "XML that formc does not read",
                    "a part of this file has a document type declaration, or is built to stop "
                    "who reads it",
                    "no program that people use makes such a file: do not open it"},
    [FC_DIED] = {"R011", FC_ERROR, "reading was stopped",
                 "reading this file was stopped: it took too long or too much memory",
                 "do not trust this file; ask for the form again"},
    [FC_PDF_SCANNED] = {"R012", FC_ERROR, "pictures of pages",
                        "this PDF is pictures of pages: it was scanned or photographed",
                        "ask for the file itself, or type into the form what it says"},
    [FC_PDF_RECORD] = {"R013", FC_ERROR, "a record",
                       "this PDF is a record: it is there to be read, and has no fields",
                       "the plan that it was made from has the answers"},
    [FC_PDF_XFA] = {"R014", FC_ERROR, "another kind of PDF form",
                    "this PDF is a form of another kind (XFA), which only some programs show",
                    "ask for the form as it was sent: a Word document (.docx) or a PDF"},
    [FC_PAGE] =
        {"R015", FC_ERROR, "the page for browsers itself",
         "this is the page for browsers itself; what was typed into it is not in this "
         "file",
         "ask for what its button \"Save the plan\" gives; a page that was closed before "
         "that has kept nothing"},
};

static const fc_code_row told[FC_TOLD_KINDS] = {
    [FC_TOLD_CONFLICT] =
        {"R101", FC_ERROR, "two different answers to one question",
         "two different answers came in; both are in the plan",
         "a record of the plan (formc fill --as record) shows both; choose one "
         "with formc set"},
    [FC_TOLD_NOT_FOUND] = {"R102", FC_ERROR, "the place of an answer is gone",
                           "its place is gone from the document; what it was issued with was "
                           "kept",
                           "ask whether there is an answer"},
    [FC_TOLD_UNKEPT] = {"R103", FC_ERROR, "an answer that could not be kept",
                        "another answer came in, and was not kept: there is a conflict already",
                        "choose with formc set, then read the file again"},
    [FC_TOLD_OUTSIDE] = {"R104", FC_WARNING, "a place that the form does not have",
                         "there are controls that belong to no question of the form; they were "
                         "not read",
                         "look at the document"},
    [FC_TOLD_CONTESTED] = {"R105", FC_WARNING, "a control with the names of two questions",
                           "its names in the document are those of different questions",
                           "look at the document: somebody changed it"},
    [FC_TOLD_SPACES] = {"R106", FC_ADVICE, "only white space differs",
                        "only white space differs from what was issued, as some editors lose "
                        "it; what was issued was kept",
                        ""},
    [FC_TOLD_PLACEHOLDER] =
        {"R107", FC_WARNING, "filled in, and marked as not filled in",
         "the document says that it is not filled in, but there is text; it "
         "was taken for an answer",
         "check it"},
    [FC_TOLD_CHANGES] = {"R108", FC_WARNING, "tracked changes in an answer",
                         "changes are tracked in the answer: what was put in counts, what was "
                         "struck does not",
                         "check it"},
    [FC_TOLD_COMMENT] = {"R109", FC_WARNING, "a comment on an answer",
                         "there is a comment on the answer, which is not read",
                         "look at the document"},
    [FC_TOLD_HIDDEN] = {"R110", FC_WARNING, "hidden text in an answer",
                        "the answer has hidden text; it was read with it", "check it"},
    [FC_TOLD_PICTURE] = {"R111", FC_WARNING, "a picture in an answer",
                         "there is a picture or another object in the answer, which is not "
                         "read",
                         "look at the document"},
    [FC_TOLD_SYMBOL] = {"R112", FC_WARNING, "a sign of a font of its own",
                        "the answer has a sign that only its font knows", "check it"},
    [FC_TOLD_NEW_ROW] = {"R113", FC_ADVICE, "a row that was added",
                         "a row was added to those that were issued", ""},
    [FC_TOLD_UNREADABLE] =
        {"R114", FC_ADVICE, "an answer that was kept as typed",
         "the answer cannot be read as its kind and was kept as it was typed",
         "formc validate says what is wrong"},
    [FC_TOLD_BY_LABEL] = {"R115", FC_WARNING, "an answer that was found by its label",
                          "its place is gone from the document; what stands at its label was "
                          "read",
                          "check it"},
    [FC_TOLD_BESIDE] = {"R116", FC_WARNING, "text outside the places for answers",
                        "there is text behind this question that is in no place for an answer; "
                        "it was not read",
                        "look at the document"},
    [FC_TOLD_LOST_BREAK] = {"R118", FC_WARNING, "line breaks that an editor lost",
                            "LibreOffice has lost line breaks in the answer or written it "
                            "several times; it was read as it stands, or the first of them",
                            "check it"},
    [FC_TOLD_BOXES_GONE] = {"R119", FC_ERROR, "boxes of an answer that are gone",
                            "some of its boxes are gone from the document; those that are "
                            "there were read, the others are as it was issued",
                            "ask whether they were ticked"},
    [FC_TOLD_MORE] = {"R120", FC_ERROR, "more than two answers to one question",
                      "more than two different answers came in; two of them are in the plan",
                      "look at the document before you choose"},
    [FC_TOLD_RICH] = {"R130", FC_WARNING, "an answer with two texts",
                      "the answer is in the PDF a second time, as rich text, and that says "
                      "something else; the plain text was read",
                      "look at the document"},
    [FC_TOLD_FORBIDDEN] =
        {"R131", FC_WARNING, "a character that a plan cannot keep",
         "the answer has a character that a plan cannot keep; it was replaced", "check it"},
    [FC_TOLD_OTHER_FORM] = {"R201", FC_ERROR, "a document of another form",
                            "this is a document of another form",
                            "say the form that it belongs to"},
    [FC_TOLD_OTHER_VERSION] = {"R202", FC_ERROR, "a document of another version",
                               "this document was made with another version of the form",
                               "use the definition of that version"},
    [FC_TOLD_OTHER_DIGEST] = {"R203", FC_ADVICE, "a form that was changed since",
                              "the form's definition has changed since this document was made",
                              ""},
    [FC_TOLD_OTHER_PLAN] = {"R204", FC_ERROR, "a document of another plan",
                            "this document belongs to another plan than the one to read into",
                            "say the plan that it was made from"},
    [FC_TOLD_TWO_PLANS] = {"R205", FC_ERROR, "a document that says it is two",
                           "parts of this document belong to different plans or forms",
                           "no program that people use makes such a file: ask for it again"},
    [FC_TOLD_NO_IDENTITY] = {"R206", FC_ERROR, "a document that does not say what it is",
                             "this document does not say which form it is: it was not made by "
                             "formc, or an editor took that out",
                             "ask for the document as it was sent and filled in"},
    [FC_TOLD_NO_BASE_OF_PLAN] = {"R207", FC_ERROR, "what a document was issued with is gone",
                                 "an editor took out what this document was issued with",
                                 "give the plan that it was made from with --into"},
    [FC_TOLD_NO_BASE] = {"R208", FC_WARNING, "what a document was issued with is gone, told",
                         "an editor took out what this document was issued with, so what was "
                         "changed since is not known; where the plan says something else there "
                         "is a conflict",
                         ""},
    [FC_TOLD_NO_STORE] =
        {"R209", FC_ADVICE, "the store of a document is gone",
         "an editor took out or damaged the document's own data; what it shows "
         "was read",
         ""},
    [FC_TOLD_BAD_BASE] =
        {"R210", FC_ERROR, "what a document was issued with is damaged",
         "what this document was issued with is damaged",
         "ask for it again, or give the plan that it was made from with --into"},
    [FC_TOLD_MACROS] = {"R211", FC_WARNING, "programs in a document",
                        "there are programs (macros) in this document; they were not run",
                        "do not open it in Word before you know why"},
    [FC_TOLD_TEMPLATE] = {"R212", FC_ADVICE, "a template",
                          "this is a Word template, not a document; it was read all the same",
                          ""},
    [FC_TOLD_REMOTE] = {"R213", FC_WARNING, "a document that points outside",
                        "this document points to a template or picture elsewhere; nothing was "
                        "fetched",
                        "do not open it in Word before you know why"},
    [FC_TOLD_EMBEDDED] = {"R214", FC_WARNING, "files in a document",
                          "there are other files in this document; they were not read",
                          "look at the document"},
    [FC_TOLD_LIBREOFFICE] = {"R215", FC_ADVICE, "answers that were typed in LibreOffice",
                             "LibreOffice saved this document; it loses line breaks in answers",
                             "check the answers that have several lines"},
    [FC_TOLD_FLATTENED] = {"R221", FC_ERROR, "a PDF whose fields are gone",
                           "the fields of this PDF were made part of its pages (flattened), so "
                           "no answer can be read",
                           "ask for the file itself, as it was sent and filled in"},
    [FC_TOLD_REPAIRED] = {"R222", FC_WARNING, "a damaged PDF",
                          "this PDF is damaged; what can be read was read",
                          "check the answers, or ask for it to be sent again"},
    [FC_TOLD_EARLIER] = {"R223", FC_ADVICE, "a PDF that still has what it was before",
                         "this PDF was saved by adding to it: earlier answers are still in it; "
                         "the last ones were read",
                         ""},
    [FC_TOLD_SIGNED] = {"R224", FC_WARNING, "a PDF that was changed after it was signed",
                        "this PDF was changed after it was signed; what it says now was read",
                        "ask the signer whether that was meant"},
    [FC_TOLD_XFA] = {"R225", FC_WARNING, "a PDF with a second form in it",
                     "some program has put a form of another kind (XFA) into this PDF; it was "
                     "not read",
                     "check the answers"},
    [FC_TOLD_SCRIPTS] = {"R226", FC_WARNING, "programs in a PDF",
                         "there are programs (JavaScript) in this PDF, which the form does not "
                         "have; they were not run",
                         "do not open it before you know why"},
    [FC_TOLD_OVERLAID] =
        {"R227", FC_WARNING, "notes or text over the pages of a PDF",
         "there are notes, text or drawings over the pages of this PDF, outside "
         "its fields; they were not read",
         "look at the document"},
};

static const fc_code_row pile[FC_PILE_FAULTS] = {
    [FC_PILE_UNOPENED] = {"R301", FC_ERROR, "a file that cannot be opened",
                          "this file cannot be opened, or is larger than formc reads",
                          "look at whether it is a file and may be read"},
    [FC_PILE_STOPPED] =
        {"R302", FC_ERROR, "the work on a file was stopped",
         "the work on this file was stopped: it took too long or too much memory",
         "try it alone with formc read; if it is stopped again, do not trust it"},
    [FC_PILE_CHANGING] = {"R303", FC_ERROR, "a file that was changed meanwhile",
                          "this file was changed while formc was at work",
                          "run formc again when nobody is at work in the folder"},
    [FC_PILE_SAME] = {"R304", FC_ADVICE, "the same file twice",
                      "this is the same file as another one, and was read once", ""},
    [FC_PILE_HALF_PLAN] = {"R305", FC_ERROR, "a plan of which not everything can be read",
                           "not everything in this plan can be read; nothing was made of it",
                           "formc validate says what is wrong, and where"},
    [FC_PILE_TWO_VERSIONS] =
        {"R306", FC_ERROR, "one plan in two versions of the form",
         "files of this plan are of different versions of the form; they were not put together",
         "decide which version goes on, and enter what the other one has"},
    [FC_PILE_LEFT_OUT] =
        {"R307", FC_ERROR, "a plan that other files had a part in",
         "what is there of this plan was made from a file that is not among these; nothing was "
         "overwritten",
         "give all files of the plan, or another folder with -o"},
    [FC_PILE_THERE] = {"R308", FC_ERROR, "an output that is there already",
                       "a file of this name is there that was not made here, or was changed "
                       "since; nothing of this plan was written",
                       "look at that file and move it, or give another folder with -o"},
    [FC_PILE_UNWRITTEN] = {"R309", FC_ERROR, "an output that cannot be written",
                           "not everything of this plan could be written",
                           "look at whether the folder may be written to and the disk is full, "
                           "then run formc again"},
    [FC_PILE_UNMADE] = {"R310", FC_ERROR, "a document that cannot be made",
                        "a document of this plan could not be made; nothing of it was written",
                        "try formc fill with this plan, which says more"},
};

const fc_code_row *fc_refusal_row(fc_refusal r)
{
    return &refusals[r];
}

const fc_code_row *fc_told_row(fc_told_kind k)
{
    return &told[k];
}

const fc_code_row *fc_pile_row(fc_pile_fault f)
{
    return &pile[f];
}

bool fc_returned_code(size_t i, const char **code, const char **title)
{
    if (i + 1 < FC_REFUSALS) {
        *code = refusals[i + 1].code;
        *title = refusals[i + 1].title;
        return true;
    }
    i -= FC_REFUSALS - 1;
    if (i < FC_TOLD_KINDS) {
        *code = told[i].code;
        *title = told[i].title;
        return true;
    }
    i -= FC_TOLD_KINDS;
    if (i >= FC_PILE_FAULTS)
        return false;
    *code = pile[i].code;
    *title = pile[i].title;
    return true;
}
