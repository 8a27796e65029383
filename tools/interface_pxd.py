"""Text of fastact/__init__.pxd: the C header for Cython."""

import re

PXD_HEAD = '''# The C interface for Cython: `from fastact cimport gelu_f32`; compile with fastact.get_include(), link with
# fastact.get_lib(). Written by tools/write_interfaces.py from src_c/include/fastact.h.
from libc.stdint cimport int64_t, uint16_t

cdef extern from "fastact.h" nogil:
    ctypedef enum fastact_status:
        FASTACT_OK
        FASTACT_ERROR_NULL
        FASTACT_ERROR_OVERLAP
        FASTACT_ERROR_LABEL
        FASTACT_ERROR_ARGUMENT
        FASTACT_ERROR_UNSUPPORTED
        FASTACT_ERROR_MEMORY

    ctypedef uint16_t fastact_f16
    ctypedef uint16_t fastact_bf16

    const char *status_text "fastact_status_text"(fastact_status status)
    const char *version "fastact_version"()
    const char *isa "fastact_isa"()
    fastact_status set_isa "fastact_set_isa"(const char *name)
    int get_num_threads "fastact_get_num_threads"()
    fastact_status set_num_threads "fastact_set_num_threads"(int count)
    int default_num_threads "fastact_default_num_threads"()

'''


def pxd(root):
    header = (root / "src_c" / "include" / "fastact.h").read_text(encoding="utf-8")
    prototypes = re.findall(r"^fastact_status fastact_(\w+_(?:f32|f64|f16|bf16))\(([^)]*)\);", header, re.MULTILINE)
    lines = [f'    fastact_status {name} "fastact_{name}"({" ".join(arguments.split())})' for name, arguments in prototypes]
    return PXD_HEAD + "\n".join(lines) + "\n"
