/* What the verbs that handle plans share. */
#include "cli/plans.h"
#include "runtime/base/file.h"

#include <string.h>
#include <time.h>

fc_plan_format fc_plan_format_of(const char *path)
{
    return fc_str_ends(fc_str_of(path), ".json") ? FC_PLAN_JSON : FC_PLAN_XML;
}

fc_status fc_save_plan_as(const fc_plan *plan, fc_plan_format format, const char *path,
                          bool force)
{
    void (*const write[])(const fc_plan *, fc_buf *) = {
        [FC_PLAN_XML] = fc_plan_write, [FC_PLAN_JSON] = fc_plan_write_json};
    const char *why = "";
    fc_buf b;
    fc_buf_init(&b, FC_BUF_MAX);
    write[format](plan, &b);
    fc_status s = b.failed ? FC_INTERNAL : fc_file_write(path, fc_buf_view(&b), force, &why);
    if (s != FC_OK)
        fc_complain("%s: %s", path, b.failed ? "memory ran out" : why);
    fc_buf_release(&b);
    return s;
}

fc_status fc_save_plan(const fc_plan *plan, const char *path, bool force)
{
    return fc_save_plan_as(plan, fc_plan_format_of(path), path, force);
}

bool fc_read_day(const char *option, const char *text, fv_date *day)
{
    char back[11];
    *day = fv_date_read(fv_text_of(text));
    fv_date_write(*day, back);
    if (fv_date_known(*day) && strcmp(back, text) == 0)
        return true;
    fc_complain("%s is a day like 2026-01-31", option);
    return false;
}

bool fc_read_as_of(const char *as_of, fv_date *day)
{
    if (!as_of)
        fc_complain("say on which day: --as-of YYYY-MM-DD");
    return as_of && fc_read_day("--as-of", as_of, day);
}

bool fc_read_asked(const char *as_of, const char *format, fv_date *day, bool *json)
{
    if (!fc_read_as_of(as_of, day))
        return false;
    *json = format && strcmp(format, "json") == 0;
    if (!format || *json || strcmp(format, "text") == 0)
        return true;
    fc_complain("--format is text or json");
    return false;
}

bool fc_read_stage(const fc_form *f, const char *id, unsigned *stage)
{
    int i = fc_form_stage(f, fc_str_of(id));
    if (i < 0)
        fc_complain("--stage: the form has no stage \"%s\"", id);
    *stage = i < 0 ? 0 : (unsigned)i;
    return i >= 0;
}

bool fc_read_party(const fc_form *f, const char *id, size_t *party)
{
    int i = fc_form_party(f, fc_str_of(id));
    if (i < 0)
        fc_complain("--party: the form has no party \"%s\"", id);
    *party = i < 0 ? 0 : (size_t)i;
    return i >= 0;
}

fc_str fc_moment(fc_arena *a, const char *at)
{
    char room[32];
    time_t now = time(NULL);
    struct tm tm;
    if (at)
        return fc_str_of(at);
    if (now == (time_t)-1 || !gmtime_r(&now, &tm) ||
        !strftime(room, sizeof room, "%Y-%m-%dT%H:%M:%SZ", &tm))
        return (fc_str){0};
    return fc_str_copy_z(a, room);
}

bool fc_is_plan_id(const char *id)
{
    static const char shape[] = "urn:uuid:xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (strlen(id) != sizeof shape - 1)
        return false;
    for (size_t i = 0; shape[i]; i++) {
        bool hex = (id[i] >= '0' && id[i] <= '9') || (id[i] >= 'a' && id[i] <= 'f');
        if (i >= sizeof "urn:uuid:" - 1 && shape[i] == 'x' ? !hex : id[i] != shape[i])
            return false;
    }
    return true;
}
