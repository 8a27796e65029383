/* What the plain cases of losses share. */
#ifndef FASTACT_LOSS_H
#define FASTACT_LOSS_H
#include "_fastpath.h"

typedef enum { MEAN, SUM, NONE, OTHER } reduction;

reduction fastact_reduction_of(PyObject *object);
PyObject *fastact_scalar_of(double value, int dtype);
/* A parameter by place or by name, as a number, and its bit in `taken`; 0 where the general form refuses it, or takes an array of it. */
int fastact_take_parameter(const callable *self, double *numbers, unsigned *taken, Py_ssize_t place, PyObject *value);
int fastact_take_named(const callable *self, double *numbers, unsigned *taken, PyObject *keyword, PyObject *value);
#endif
