/* float16 and bfloat16 in functions that are not elementwise: rows, gated pairs and what has a learned parameter are widened to float a
 * block at a time, run by the float kernels and rounded once. A block stays in the first cache; a row longer than one takes room of the
 * caller. */
#include "sixteen.h"

/* gradients of gated functions take five arrays of a block; LEARNED_SIXTEEN is one array, and parameters are laid out anew for each */
enum { BLOCK = 2048, GRADIENTS_BLOCK = 1024, LEARNED_SIXTEEN = 8192 };

/* how many rows fill a block */
static size_t rows_of(size_t rows, size_t columns, size_t block) {
    const size_t fit = columns == 0 ? rows : columns < block ? block / columns : 1;
    return fit < rows ? fit : rows;
}

static size_t longest_of(fastact_row_lengths l) { return l.columns > l.results ? l.columns : l.results; }
size_t fastact_sixteen_room(fastact_row_lengths lengths) {
    const size_t longest = longest_of(lengths);
    return longest <= BLOCK ? 0 : longest < SIZE_MAX / 3 ? 3 * longest : SIZE_MAX;
}

void fastact_rows_sixteen(fastact_rows_kernel *kernel, int backward, fastact_dtype dtype, size_t rows, fastact_row_lengths lengths,
                          const uint16_t *a, const uint16_t *b, uint16_t *out, const double *parameters, float *room) {
    const fastact_kernels *const kernels = fastact_active_kernels();
    const int type = dtype - FASTACT_F16;
    const size_t first = backward ? lengths.results : lengths.columns, last = backward ? lengths.columns : lengths.results;
    const size_t longest = longest_of(lengths), step = rows_of(rows, longest, BLOCK);
    float block[3][BLOCK] ALIGNED(64), *wide[3] = {block[0], block[1], block[2]};
    for (size_t k = 0; room && k < 3; ++k) wide[k] = room + k * longest;
    for (size_t row = 0; row < rows; row += step) {
        const size_t count = rows - row < step ? rows - row : step;
        kernels->widen[type](count * first, a + row * first, wide[0]);
        if (backward) kernels->widen[type](count * lengths.columns, b + row * lengths.columns, wide[1]);
        kernel(count, lengths.columns, wide[0], backward ? wide[1] : NULL, wide[2], parameters);
        kernels->narrow[type](count * last, wide[2], out + row * last);
    }
}

void fastact_gated_sixteen(fastact_gated_kernel *kernel, int backward, fastact_dtype dtype, size_t rows, size_t columns,
                           const sixteen_rows *arrays, const float *parameters) {
    const fastact_kernels *const kernels = fastact_active_kernels();
    const int type = dtype - FASTACT_F16, inputs = backward ? 3 : 2, outputs = inputs - 1;
    const size_t block = backward ? GRADIENTS_BLOCK : BLOCK;
    const size_t step = rows_of(rows, columns, block), width = columns < block ? columns : block;
    float room[3 * BLOCK] ALIGNED(64), *wide[5] = {NULL};
    for (int k = 0; k < inputs + outputs; ++k) wide[k] = room + (size_t)k * block;
    const void *const from[3] = {wide[0], wide[1], wide[2]};
    void *const to[2] = {wide[inputs], wide[inputs + 1]};
    for (size_t row = 0; row < rows; row += step) {
        const size_t count = rows - row < step ? rows - row : step;
        for (size_t at = 0; at < columns; at += width) {
            const size_t part = columns - at < width ? columns - at : width;
            for (int k = 0; k < inputs; ++k)
                for (size_t r = 0; r < count; ++r)
                    kernels->widen[type](part, arrays[k].at + (row + r) * arrays[k].step + at, wide[k] + r * part);
            kernel(count * part, from, to, parameters);
            for (int k = 0; k < outputs; ++k) {
                const sixteen_rows y = arrays[inputs + k];
                for (size_t r = 0; r < count; ++r) kernels->narrow[type](part, wide[inputs + k] + r * part, y.at + (row + r) * y.step + at);
            }
        }
    }
}

/* Long runs with one parameter, a float as all of them are, are the elementwise function's; others whole rows at a time, or parts of a row:
 * of its channels, each with `inner` elements, fewer than LEARNED_RUN. */
void fastact_learned_sixteen(fastact_learned_kernel *kernel, fastact_map_kernel *map, fastact_dtype dtype, const learned_task *task) {
    const fastact_kernels *const kernels = fastact_active_kernels();
    const int type = dtype - FASTACT_F16;
    const size_t channels = task->channels, inner = task->inner, features = channels * inner;
    const uint16_t *const x = task->x;
    const float *const parameter = task->parameter;
    uint16_t *const y = task->out;
    if (channels == 1 || inner >= LEARNED_RUN) {
        const size_t run = channels == 1 ? task->outer * inner : inner;
        for (size_t at = 0; at < task->outer * features; at += run) map(run, x + at, NULL, y + at, parameter + at / run % channels);
        return;
    }
    float wide[LEARNED_SIXTEEN] ALIGNED(64);
    learned_task part = *task;
    const size_t rows = features < LEARNED_SIXTEEN ? LEARNED_SIXTEEN / features : 1, few = LEARNED_SIXTEEN / inner;
    part.x = part.out = wide;
    for (size_t row = 0; row < task->outer; row += part.outer)
        for (size_t first = 0; first < channels; first += part.channels) {
            part.outer = task->outer - row < rows ? task->outer - row : rows;
            part.channels = channels - first < few ? channels - first : few;
            part.parameter = parameter + first;
            const size_t at = row * features + first * inner, n = part.outer * part.channels * inner;
            kernels->widen[type](n, x + at, wide);
            kernel(&part);
            kernels->narrow[type](n, wide, y + at);
        }
}
