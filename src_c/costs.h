/* What an element of every pass costs, in picoseconds: a choice of threads, no promise. */
#ifndef FASTACT_COSTS_H
#define FASTACT_COSTS_H
#include "kernels.h"

/* the functions of all kinds in one row: where a kind begins */
enum {
    MAP_AT,
    ROWS_AT = MAP_AT + MAP_COUNT,
    GATED_AT = ROWS_AT + ROWS_COUNT,
    LOSS_AT = GATED_AT + GATED_COUNT,
    ROW_LOSS_AT = LOSS_AT + LOSS_COUNT,
    JOINT_AT = ROW_LOSS_AT + ROW_LOSS_COUNT,
    LEARNED_AT = JOINT_AT + JOINT_COUNT,
    ENTRIES = LEARNED_AT + LEARNED_COUNT
};

/* of functions made while the program runs, and those not measured; of 16 bits at least; gathered into blocks, or one by one */
enum { COST_UNKNOWN = 350, COST_CONVERTED = 350, COST_GATHERED = 1500, COST_ALONE = 50000 };

/* Picoseconds of work from which threads that look out for it are called where a launch costs as usual, and elements up to which they never
 * are. Built-in costs are taken to so many launches as the pool has measured (split.c); one that was set is negative, and its number of
 * elements holds as it is. */
static const double WORTH_SHARING = 1.0e6;
enum { FEW = 1024 };
#define IS_SET(cost) signbit(cost)

/* how many elements of that cost are so much work, more than FEW; SIZE_MAX for never */
size_t fastact_elements_of(double work, double cost);

/* of losses FASTACT_VALUE is without a gradient, FASTACT_BACKWARD with one */
double fastact_cost_of(int entry, fastact_pass pass, fastact_dtype dtype);
double fastact_cost_for(const fastact_function *f, fastact_pass pass, fastact_dtype dtype);

/* What the built-in costs are off by here: the cube root of how many times as long as where they were measured the processor takes for
 * tanh, up to MOST_SLOWNESS and at least 1. The root, as threads save more of a longer time, but their data move more slowly too: on an
 * Emerald Rapids, which takes 2.7 times as long, they are worth it from about 2 us on where a launch costs 0.35 to 0.6 us. */
enum { MOST_SLOWNESS = 3 };
double fastact_slowness(void);
#endif
