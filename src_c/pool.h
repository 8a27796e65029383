/* A few threads that help a caller with the parts of one job. */
#ifndef FASTACT_POOL_H
#define FASTACT_POOL_H
#include <stddef.h>
#include <stdint.h>

typedef void fastact_part(void *context, size_t part);

/* run(context, part) once for every part below parts, in any order, by the caller and at most fastact_get_num_threads() - 1 others;
 * all are done on return. By the caller alone while the pool has another job, within a part, and where no thread can be started. */
void fastact_parallel(size_t parts, fastact_part *run, void *context);

/* whether workers still look out for the next job, which then costs less to share */
int fastact_pool_is_awake(void);

/* of a clock that nobody sets */
int64_t fastact_nanoseconds(void);

/* nanoseconds that a job of two threads costs beside its parts while they look out for it, as measured not long ago; up to 1000 */
int fastact_pool_launch(void);
#endif
