# What the library is made of and how each part is compiled; the Makefile includes this file and setup.py reads it.
VERSION = 0.1.0
ABI = 1
CFLAGS_COMMON = -std=c11 -O3 -fPIC -pthread -fvisibility=hidden -ffp-contract=off -fno-math-errno -fno-trapping-math -Wall -Wextra
SOURCES = along.c api.c catalog.c costs.c cpu.c dispatch.c made.c named.c pool.c sixteen.c split.c strided.c turn.c
ISA_x86_64 = scalar avx2 avx512
ISA_aarch64 = scalar neon
ISA_other = scalar
CFLAGS_scalar = -fno-tree-vectorize -fno-tree-slp-vectorize
CFLAGS_avx2 = -mavx2 -mfma -mf16c
CFLAGS_avx512 = -mavx512f -mavx512dq -mavx512bw -mavx512vl -mavx2 -mfma -mf16c -mprefer-vector-width=512
# For GCC alone, whose flags they are: the four vectors that a loop runs side by side are interleaved, where there are 32 registers.
# One after the other their chains of sixty cycles fill the scheduler: gelu takes 0.84 of the time, mish backward 0.68, no bit changes.
CFLAGS_GCC_avx512 = -fschedule-insns -fsched-pressure --param=sched-pressure-algorithm=2
