/* Two states of one plan made into one, with nothing lost: where their histories say which of
 * two answers is the later one, that counts; where they do not, both are kept as a conflict. */
#ifndef FC_PLAN_JOIN_H
#define FC_PLAN_JOIN_H

#include "runtime/plan/plan.h"

typedef struct fc_joined {
    size_t taken; /* answers of the other one that came in */
    FC_ARRAY(fc_change)
    came;                   /* entries for those that its history says nothing of; whoever joins
                               more states adds them when all are joined, since an entry makes
                               an answer the later one */
    FC_ARRAY(fc_str) doubt; /* paths where there is a conflict now */
    FC_ARRAY(fc_str)
    unkept; /* paths where there was one already, so that a third answer was not
               kept */
} fc_joined;

/* Takes into `into` what `other`, a plan of the same form and id, has and it has not. Both live
 * in into->arena; other is not to be used afterwards. as.at and as.by are for the entries that
 * this adds; the rest of it is not looked at. */
void fc_plan_join(fc_plan *into, fc_plan *other, const fc_change *as, fc_joined *out);

#endif
