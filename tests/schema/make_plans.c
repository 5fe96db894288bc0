/* make-plans FORM FOLDER N SEED: writes N plans made up from a number into the folder, each as
 * XML and as JSON: 0.xml, 0.json, 1.xml ... */
#include "tests/plans/generate.h"

#include <stdlib.h>

static bool write_one(fc_arena *a, const char *folder, unsigned n, const char *suffix,
                      fc_str bytes)
{
    const char *why = "";
    fc_str path = fc_str_fmt(a, "%s/%u%s", folder, n, suffix);
    if (fc_file_write(path.p, bytes, false, &why) == FC_OK)
        return true;
    fprintf(stderr, "make-plans: %s: %s\n", path.p, why);
    return false;
}

static bool write_plans(fc_arena *a, char **argv)
{
    const fc_form *f = compile_file(a, argv[1]);
    dice d = {strtoull(argv[4], NULL, 10)};
    for (unsigned n = 0; n < strtoul(argv[3], NULL, 10); n++) {
        const fc_plan *p = some_plan(a, f, &d);
        if (!write_one(a, argv[2], n, ".xml", fc_plan_written(a, p)) ||
            !write_one(a, argv[2], n, ".json", plan_json(a, p)))
            return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    fc_arena *a = argc == 5 ? fc_arena_new((size_t)1 << 30) : NULL;
    if (!a) {
        fputs("usage: make-plans FORM FOLDER N SEED\n", stderr);
        return 2;
    }
    bool ok = FC_BOUNDARY(a) && write_plans(a, argv);
    fc_arena_drop(a);
    return ok ? 0 : 1;
}
