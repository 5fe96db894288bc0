// check-cpp PLAN.xml DATE: the same as check.c, in C++.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "street_party.h"

namespace
{

struct Finding {
    bool error;
    std::string path, message;
};

std::vector<Finding> findings_of(const street_party &plan, fv_date day)
{
    std::vector<Finding> found;
    auto keep = [](void *all, const fv_finding *f) {
        static_cast<std::vector<Finding> *>(all)->push_back(
            {f->severity == FV_ERROR, f->path, f->message});
    };
    fv_report report = fv_report_make(nullptr, 0, keep, &found);
    int stage = street_party_stage_of(plan.pins_.stage);
    street_party_validate(&plan, stage < 0 ? 0 : static_cast<unsigned>(stage), day, &report);
    return found;
}

} // namespace

int main(int argc, char **argv)
{
    street_party *read = nullptr;
    unsigned long line = 0;
    if (argc != 3) {
        std::fputs("usage: check-cpp PLAN.xml DATE\n", stderr);
        return 2;
    }
    fv_date day = fv_date_read(fv_text_of(argv[2]));
    fv_read result = street_party_read_file(&read, argv[1], &line);
    std::unique_ptr<street_party, decltype(&street_party_release)> plan(read,
                                                                        street_party_release);
    if (result != FV_READ_OK || !fv_date_known(day)) {
        std::fprintf(stderr, "%s:%lu: %s\n", argv[1], line,
                     result == FV_READ_OK ? "the date is none" : fv_read_words(result));
        return 3;
    }
    bool errors = false;
    for (const Finding &f : findings_of(*plan, day)) {
        errors |= f.error;
        std::printf("%s: %s\n", f.path.c_str(), f.message.c_str());
    }
    return errors;
}
