/* softmax and log_softmax of rows longer than SHORT, in groups, so that the reciprocals or logarithms of several sums are taken side by
 * side; included by rows/rows.h for float and for double. The largest element of a row is found beside the exponentials of an earlier
 * one, and a row takes its last step beside those of a later one: neither is waited for. */

/* the exponentials of a row and their sum less 1 */
typedef double_pair ROW_(row_sum)(const SCALAR *x, SCALAR *y, size_t columns, SCALAR m, ROW_(row_beside) *beside);
/* what the last step needs, of `count` rows with these largest elements */
typedef void ROW_(row_factors)(size_t count, const SCALAR *m, const double_pair *sum, ROW_(row_factor) *by);

/* a row that awaits its last step, which may be taken beside another */
INLINE ROW_(row_beside) ROW_(row_left)(const SCALAR *from, SCALAR *y, size_t columns, double_pair sum, ROW_(row_factor) by) {
    ROW_(row_beside) beside = {0, columns, OP(set)(0), from, y, by};
    if (UNLIKELY(sum.high != sum.high)) {
        ROW_(row_fill)(y, columns, (SCALAR)NAN);
        beside.left = 0;
    }
    return beside;
}

/* from: x or y, what the last step starts from */
INLINE void ROW_(row_groups)(size_t rows, size_t columns, const SCALAR *x, const SCALAR *from, SCALAR *y, ROW_(row_sum) *sum_of,
                             ROW_(row_factors) *factors_of, ROW_(row_last) *last) {
    const size_t fit = GROUP_ELEMENTS / GROUP_ROWS;
    const size_t most = columns <= fit ? GROUP_ROWS : columns <= 2 * fit ? GROUP_ROWS / 2 : columns <= 4 * fit ? GROUP_ROWS / 4 : 1;
    /* so many rows ahead the largest element is looked for: one short row takes less time than what is made of that element */
    const size_t reach = columns <= ROW_BLOCK ? 2 : 1;
    SCALAR m[GROUP_ROWS], largest[2];
    double_pair sum[GROUP_ROWS];
    ROW_(row_factor) by[GROUP_ROWS];
    for (size_t i = 0; i < reach && i < rows; ++i) largest[i] = ROW_(row_max)(x + i * columns, columns);
    for (size_t first = 0; first < rows; first += most) {
        const size_t count = rows - first < most ? rows - first : most;
        for (size_t k = 0; k < count; ++k) {
            const size_t row = first + k, at = row * columns;
            ROW_(row_beside) beside = {0, 0, OP(set)(0), from, y, {OP(set)(0), OP(set)(0)}};
            if (first > 0) beside = ROW_(row_left)(from + (row - most) * columns, y + (row - most) * columns, columns, sum[k], by[k]);
            if (row + reach < rows) beside.ahead = reach * columns;
            m[k] = largest[row & (reach - 1)];
            sum[k] = sum_of(x + at, y + at, columns, m[k], &beside);
            if (beside.ahead) largest[row & (reach - 1)] = OP(reduce_max)(beside.largest);
        }
        factors_of(count, m, sum, by);
    }
    for (size_t row = rows < most ? 0 : rows - most, k = row & (most - 1); row < rows; ++row, k = (k + 1) & (most - 1)) {
        ROW_(row_beside) end = ROW_(row_left)(from + row * columns, y + row * columns, columns, sum[k], by[k]);
        ROW_(row_finish_left)(&end, last);
    }
}
