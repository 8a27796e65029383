"""Turns the sweep's JSON lines into docs/accuracy.md.

    python report.py sweep-f32.jsonl sweep-f64.jsonl --command "make -C tests/accuracy docs" > docs/accuracy.md

Of several lines about the same case the one with the most inputs counts, and of equals the last.
"""

import argparse
import json
import sys

PASS_TITLES = {
    "value": "value",
    "derivative": "derivative",
    "backward": "backward",
    "from_output": "backward from output",
}


def read_rows(paths):
    """Rows of all files, one per case, in the order of the first file they are in."""
    rows = {}
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                gradient = row["gradient"] if row["pass"] in ("backward", "from_output") else None
                key = (row["function"], row["dtype"], row["pass"], gradient, row["parameters"])
                if key not in rows or row["inputs"] >= rows[key]["inputs"]:
                    rows[key] = row
    return list(rows.values())


def label(row):
    """The pass as the table names it, with the gradient and parameters that are not the defaults."""
    text = PASS_TITLES[row["pass"]]
    if row["pass"] in ("backward", "from_output"):
        text += f", gradient {row['gradient']:.4g}"
    if not row["is_default"]:
        text += f", {row['parameters']}"
    return text


def table(rows):
    """Lines of the markdown table."""
    yield "| function | pass | max ulp, normal results | at x | hex of x | max ulp, subnormal results | wrongly rounded | inputs | bound |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for row in rows:
        decimal, pattern = row["worst"] if row["max_ulp"] > 0 else ("-", "-")
        subnormal = f"{row['max_subnormal_ulp']:.4f}" if row["max_subnormal_ulp"] > 0 else "0"
        inputs = "all" if row["all"] and row["is_default"] else f"{row['inputs']}"
        bound = "-" if row["bound"] is None else f"{row['bound']:g}"
        error = f"{row['max_ulp']:.4f}" if row["max_ulp"] > 0 else "0"
        yield (
            f"| {row['function']} | {label(row)} | {error} | {decimal} | {pattern} | {subnormal} | {row['wrongly_rounded']} | {inputs} | "
            f"{bound} |"
        )


def section(rows, dtype):
    """The tables of one dtype: stated bounds first, then backward passes and other parameters."""
    chosen = [row for row in rows if row["dtype"] == dtype and "place" not in row]
    stated = [row for row in chosen if row["is_default"] and row["pass"] in ("value", "derivative")]
    others = [row for row in chosen if row not in stated]
    yield from table(stated)
    if others:
        yield ""
        yield "Backward passes (the gradient times the derivative, rounded once) and other parameters:"
        yield ""
        yield from table(others)


def excused(row):
    """How many results were held to an allowance, and the part of it that their largest error takes."""
    return f"{row['excused']}: {row['share']:.2f}" if row["excused"] else "-"


def rows_table(rows):
    """Lines of the markdown table of row-wise functions and losses."""
    yield (
        "| function | dtype | pass | max ulp, normal results | in the row | at x | max ulp, subnormal results | wrongly rounded | results "
        "| excused: error | bound |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for row in rows:
        decimal = row["worst"][0] if row["max_ulp"] > 0 else "-"
        dtype = {"f32": "float32", "f64": "float64"}[row["dtype"]]
        errors = [f"{row[name]:.4f}" if row[name] > 0 else "0" for name in ("max_ulp", "max_subnormal_ulp")]
        yield (
            f"| {row['function']} | {dtype} | {row['pass']} | {errors[0]} | {row['place']} | {decimal} | {errors[1]} | "
            f"{row['wrongly_rounded']} | {row['inputs']} | {excused(row)} | {row['bound']:g} |"
        )


def rows_section(rows):
    """What is asked of rows and losses, and the table."""
    yield "## Rows and losses"
    yield ""
    yield (
        "Rows of 1 to 50257 columns of many kinds: normal, uniform, constant, nearly equal, with one peak, with one element that outweighs "
        "the others, of large numbers, of every exponent, with subnormal results, with -inf, NaN and inf. Every number of a row is judged. "
        "The references are the definitions in 113-bit arithmetic. Losses: value is the loss of an element or a row, mean is the sum over "
        "the sum of the weights, gradient is that of the scores or predictions; half of the labels are the largest score, so that losses "
        "come close to 0. Targets of pointwise losses are normal, within a few ulp of the prediction, or of every exponent; where a loss "
        "asks for it -1 or 1, from 0 to 1, or not negative. Their gradients and Hessians are judged at 1 / n and, with weights, at another "
        "scale."
    )
    yield ""
    yield (
        "Some results cannot be held to ulp of their own (`excused`: how many, and their largest error as a part of the allowance). A "
        "backward pass and the gradient with label smoothing are differences, and where these cancel, the error is allowed to be a part "
        "of their terms: softmax 2^-45 (float64: 2^-100) of y sum(abs(g y)); log_softmax 2^-26 (2^-54) of exp(y) abs(sum(g)); "
        "l2_normalize 2^-45 (2^-100) of its two terms; sparsemax 2^-48 (2^-100), entmax15 and entmax 2^-46 (2^-51) of s (abs(g) + the "
        "mean of abs(g)); label smoothing 2^-23 (2^-52) of the larger term. So are the gradients of binary_cross_entropy_with_logits and "
        "exponential_loss for targets between 0 and 1, values and gradients of half_poisson, half_gamma, half_tweedie and poisson_nll, "
        "and the Hessian of mean_squared_logarithmic_error: 2^-30 (2^-53) of the larger term, float gradients of those but "
        "half_tweedie, and but poisson_nll with log_input=False, 2^-45; 2^-30 holds for gradients of losses of rows with several "
        "targets too, for generalized_kl, and, at 2^-52 (2^-75), where margin and scores of a hinge cancel. No other gradient cancels. "
        "Values: logsumexp 2^-54 where its terms cancel; entries of sparsemax and its kin that are next to tau 2^-52 (2^-95; entmax "
        "2^-46, 2^-53) of their slope. Losses, gradients and Hessians with weights may be wrong by two units in the last place of a "
        "subnormal number, times 1 + weight (and pos_weight; of losses of rows the sum of targets and what else multiplies an "
        "exponential). Joint losses, where terms cancel: cosine_similarity_loss, triplet_margin, tversky, dice, jaccard and the gradient "
        "by var of gaussian_nll 2^-45 (2^-95) of the larger term, which for the cosine is 1; the logarithm in gaussian_nll 2^-30 "
        "(2^-60); what x1 - x2 and eps or margin cancel 2^-51 (2^-101). Which of two distances, or of several largest differences, is "
        "taken is not judged where they are equal to 2^-52 (2^-100). A weighted mean is a quotient of two rounded sums: 2.5 ulp."
    )
    yield ""
    yield from rows_table(rows)


def report(rows, command):
    """The whole document."""
    missed = [row for row in rows if not row["ok"]]
    yield "# Accuracy"
    yield ""
    yield (
        "Written by `tests/accuracy/report.py` from a run of `tests/accuracy/`, a C program that compares every function with references "
        "that share nothing with the kernels: closed forms in double, and in 113-bit arithmetic next to the roots of derivatives and for "
        "float64."
    )
    yield ""
    yield f"    {command}"
    yield ""
    yield (
        "The error is |result - exact| in units in the last place (ulp) of the exact value's binade, 2^-149 (float64: 2^-1074) for "
        "subnormal "
        'values. "Wrongly rounded" counts results that are not the nearest number. "all" inputs means all 2^32; other counts are '
        "stratified: for elementwise functions every exponent of both signs, the neighbourhoods of kinks, roots and range ends, and random "
        "ones. Infinities, NaN (always the canonical quiet one) and named signs of zero are checked too: "
        f"{sum(row['special'] for row in rows)} mismatches. "
        + ("Every stated bound holds." if not missed else f"**{len(missed)} rows miss their bound.**")
    )
    yield ""
    sets = ", ".join(sorted({row["isa"] for row in rows}))
    yield f"Instruction set of this run: {sets}. The others give the same bits (`tests/c/bits_*.c`)."
    yield ""
    yield "float16 and bfloat16: [accuracy_sixteen.md](accuracy_sixteen.md) counts the results that are not the exact value rounded once."
    for dtype, title in (("f32", "float32"), ("f64", "float64")):
        if any(row["dtype"] == dtype for row in rows):
            yield ""
            yield f"## {title}"
            yield ""
            yield from section(rows, dtype)
    placed = [row for row in rows if "place" in row]
    if placed:
        yield ""
        yield from rows_section(placed)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", help="JSON lines written by sweep --json")
    parser.add_argument("--command", default="make -C tests/accuracy docs", help="the command to print as the proof")
    arguments = parser.parse_args()
    sys.stdout.write("\n".join(report(read_rows(arguments.files), arguments.command)) + "\n")


if __name__ == "__main__":
    main()
