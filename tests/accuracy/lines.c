/* What comes out: a line of text a case, and a line of JSON for report.py. */
#include "sweep.h"
#include <math.h>
#include <string.h>

#define LARGEST_WRITTEN 1e18 /* JSON has no infinity */

static void format_input(char *text, size_t size, fastact_dtype dtype, double x) {
    if (dtype == FASTACT_F32) {
        const float narrow = (float)x;
        uint32_t bits;
        memcpy(&bits, &narrow, sizeof bits);
        snprintf(text, size, "\"%.9g\", \"0x%08X\"", x, (unsigned)bits);
    } else {
        uint64_t bits;
        memcpy(&bits, &x, sizeof bits);
        snprintf(text, size, "\"%.17g\", \"0x%016llX\"", x, (unsigned long long)bits);
    }
}

static void write_json(FILE *file, const sweep_line *line, const sweep_result *r, int ok) {
    char worst[80], worst_subnormal[80], first_special[80];
    format_input(worst, sizeof worst, line->dtype, r->worst);
    format_input(worst_subnormal, sizeof worst_subnormal, line->dtype, r->worst_subnormal);
    format_input(first_special, sizeof first_special, line->dtype, r->first_special);
    fprintf(file,
            "{\"function\": \"%s\", \"dtype\": \"%s\", \"pass\": \"%s\", \"gradient\": %.9g, \"parameters\": \"%s\", \"is_default\": %s, "
            "\"all\": %s, \"isa\": \"%s\", \"inputs\": %llu, \"max_ulp\": %.5f, \"worst\": [%s], \"max_subnormal_ulp\": %.5f, "
            "\"worst_subnormal\": [%s], \"wrongly_rounded\": %llu, \"special\": %llu, \"first_special\": [%s], \"bound\": ",
            line->function, line->dtype == FASTACT_F32 ? "f32" : "f64", line->pass, line->gradient,
            line->parameters ? line->parameters : "",
            line->is_default ? "true" : "false", line->all ? "true" : "false", fastact_isa(), (unsigned long long)r->inputs,
            fmin(r->max_ulp, LARGEST_WRITTEN), worst, fmin(r->max_subnormal_ulp, LARGEST_WRITTEN), worst_subnormal,
            (unsigned long long)r->wrongly_rounded, (unsigned long long)r->special, first_special);
    fprintf(file, line->bound >= 0 ? "%g" : "null", line->bound);
    if (line->worst_place)
        fprintf(file, ", \"place\": \"%s\", \"excused\": %llu, \"share\": %.4f", line->worst_place, (unsigned long long)line->excused,
                line->share);
    fprintf(file, ", \"ok\": %s}\n", ok ? "true" : "false");
    fflush(file);
}

int sweep_report(const sweep_line *line, const sweep_result *r, FILE *file) {
    const int ok = r->special == 0 && (line->bound < 0 || (r->max_ulp <= line->bound && r->max_subnormal_ulp <= line->bound));
    char pass[80];
    snprintf(pass, sizeof pass, "%s%s", line->pass, line->label);
    printf("%-18s %s %-31s max %.5f at %.9g (%a), subnormal %.5f at %.9g, wrongly rounded %llu of %llu, special %llu", line->function,
           line->dtype == FASTACT_F32 ? "f32" : "f64", pass, r->max_ulp, r->worst, r->worst, r->max_subnormal_ulp, r->worst_subnormal,
            (unsigned long long)r->wrongly_rounded, (unsigned long long)r->inputs, (unsigned long long)r->special);
    if (r->special) printf(" first at %.9g (%a)", r->first_special, r->first_special);
    if (r->special && line->special_place) printf(", %s", line->special_place);
    if (line->worst_place) printf("; worst in %s", line->worst_place);
    if (line->excused) printf("; %llu held to %.3f of their allowance", (unsigned long long)line->excused, line->share);
    printf("%s\n", ok ? "" : "  BOUND MISSED");
    fflush(stdout);
    if (file) write_json(file, line, r, ok);
    return ok;
}
