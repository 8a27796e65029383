/* Any elementwise function by its name, from a library that is opened while the program runs: what bindings of other languages do.
 *
 *     ./catalog $(python -c "import fastact; print(fastact.get_lib())")/libfastact.so.1 gelu -1 0 2
 *
 * fastact.h is not needed: a call goes through pointers and strides, and what fastact_find returns begins as below. */
#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    const char *name;
    double default_value;
} parameter;

typedef struct {
    const char *name;
    int kind; /* 0: elementwise */
    const char *aliases, *formula, *derivative;
    unsigned passes;
    int backward_takes_output, gate_is_second, parameter_count;
    const parameter *parameters;
} function_head;

typedef const function_head *find_type(const char *name);
typedef int map_type(const void *function, int pass, int dtype, size_t n, char *const *arguments, const ptrdiff_t *strides);
typedef const char *text_type(int status);

static void *symbol(void *library, const char *name) {
    void *found = dlsym(library, name);
    if (found) return found;
    fprintf(stderr, "%s\n", dlerror());
    exit(1);
}

int main(int count, char **given) {
    if (count < 4) return fprintf(stderr, "usage: catalog LIBRARY FUNCTION NUMBER...\n"), 2;
    void *library = dlopen(given[1], RTLD_NOW);
    if (!library) return fprintf(stderr, "%s\n", dlerror()), 1;
    find_type *find = (find_type *)symbol(library, "fastact_find");
    map_type *map = (map_type *)symbol(library, "fastact_map_strided");
    text_type *text = (text_type *)symbol(library, "fastact_status_text");

    const function_head *function = find(given[2]);
    if (!function || function->kind != 0) return fprintf(stderr, "there is no elementwise function %s\n", given[2]), 1;
    printf("%s(x) = %s\n", function->name, function->formula);
    for (int i = 3; i < count; ++i) {
        enum { VALUE = 0, F64 = 1 }; /* fastact_pass, fastact_dtype */
        double x = atof(given[i]), y, defaults[4];
        char *arguments[6] = {(char *)&x}; /* x, a pointer for each parameter, y */
        const ptrdiff_t strides[6] = {0};  /* of one number */
        for (int k = 0; k < function->parameter_count; ++k) {
            defaults[k] = function->parameters[k].default_value;
            arguments[1 + k] = (char *)&defaults[k];
        }
        arguments[1 + function->parameter_count] = (char *)&y;
        const int status = map(function, VALUE, F64, 1, arguments, strides);
        if (status) return fprintf(stderr, "%s: %s\n", function->name, text(status)), 1;
        printf("%.17g\n", y);
    }
    return 0;
}
