/* Where each function stands in the catalog, so that no call has to look for its own name. Inside the library only. */
#ifndef FASTACT_CATALOG_H
#define FASTACT_CATALOG_H
#include "include/fastact.h"

enum {
#define ELEMENTWISE(name, ...) AT_##name,
#define ROWWISE ELEMENTWISE
#define GATED ELEMENTWISE
#define LOSS ELEMENTWISE
#define ROW_LOSS ELEMENTWISE
#define JOINT_LOSS ELEMENTWISE
#define LEARNED ELEMENTWISE
#include "registry.h"
    CATALOG_COUNT
};
extern const fastact_function fastact_catalog[CATALOG_COUNT];
#define FUNCTION(name) (fastact_catalog + AT_##name)
#endif
