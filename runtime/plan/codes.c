#include "runtime/plan/codes.h"

#include <string.h>

const fc_plan_code fc_plan_codes[] = {
    {"P001", "a file that formc does not read as a plan"},
    {"P002", "a file that is damaged"},
    {"P003", "a plan of another form"},
    {"P004", "a plan of another version of the form"},
    {"P005", "a form that was changed under the same version"},
    {"P006", "a stage that the form does not have"},
    {"P007", "synthetic, with another word than yes"},
    {"P101", "text that is no answer"},
    {"P102", "an answer to a question that the form does not have"},
    {"P103", "something that is no part of a plan"},
    {"P110", "two answers to one question"},
    {"P111", "an answer that is more than text"},
    {"P112", "a reason that does not exist"},
    {"P113", "an answer, and a reason for having none"},
    {"P114", "a reason for something that is no question"},
    {"P115", "a character that a plan cannot keep, replaced"},
    {"P116", "a language of an answer that is not there"},
    {"P120", "more rows or conflicts than formc can hold"},
    {"P121", "two rows with one id"},
    {"P122", "an id that no row can have"},
    {"P131", "an attribute that does not belong there"},
    {"P132", "not a time in UTC"},
    {"P133", "nobody who is a party of the form"},
    {"P134", "not a digest"},
    {"P135", "a path to nothing in the plan"},
    {"P136", "a conflict without two sides"},
    {"P137", "an entry that does not say what was done"},
    {"P138", "a gap in the history"},
    {"P140", "a value of another kind"},
    {"P141", "a name that is no part of a plan"},
    {"P142", "no answers"},
    {"P143", "a character that a plan cannot keep, refused"},
    {0},
};

const char *fc_plan_code_title(const char *code)
{
    for (const fc_plan_code *c = fc_plan_codes; c->code; c++)
        if (strcmp(c->code, code) == 0)
            return c->title;
    return NULL;
}
