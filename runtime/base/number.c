#include "runtime/base/number.h"

bool fc_is_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6f0 && c <= 0x6f9);
}

size_t fc_number_end(const uint32_t *text, size_t n, size_t i)
{
    size_t end = i, digits = 0, group = 0, groups = 0, hyphens = 0, others = 0;
    bool inside = false, short_group = false;
    for (size_t k = i; k < n; k++) {
        uint32_t c = text[k], next = k + 1 < n ? text[k + 1] : 0;
        bool hyphen = c == '-', joint = hyphen || c == ' ' || c == 0xa0;
        if (fc_is_digit(c)) {
            digits++;
            group++;
            if (fc_is_digit(next))
                continue;
            short_group = short_group || (group < 2 && !inside);
            group = 0;
            groups++;
        } else if (c == '(' && !inside && fc_is_digit(next)) {
            inside = true;
            others++;
        } else if (c == ')' && inside) {
            inside = false;
        } else if (joint && k > i && (fc_is_digit(next) || (next == '(' && !inside))) {
            hyphens += hyphen;
            others += !hyphen;
            continue;
        } else {
            break;
        }
        bool date = groups == 3 && hyphens == 2 && others == 0 && digits >= 6 && digits <= 8;
        if (!inside && ((digits >= 9 && !short_group) || date))
            end = k + 1;
    }
    return end;
}

size_t fc_number_next(const uint32_t *text, size_t n, size_t i)
{
    for (i++; i < n && fc_is_digit(text[i]) && fc_is_digit(text[i - 1]);)
        i++;
    return i;
}
