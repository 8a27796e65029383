/* silu'(-a): 16 segments, segment i holds a with round(1.6 a) = i; segment 2 is centred on the root.
 * Row 0 the centres, row 1 c0, then c1 .. c7 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_SILU_DERIVATIVE_H
#define FASTACT_TABLE_SILU_DERIVATIVE_H
enum { silu_derivative_degree = 7 };
static const float silu_derivative_table[9][16] ALIGNED(64) = {
    {0x0p+0f, 0x1.82dbbep-1f, 0x1.474974p+0f, 0x1.dbe2f4p+0f, 0x1.400584p+1f, 0x1.8d9ffap+1f, 0x1.e06a9cp+1f, 0x1.18a94cp+2f,
     0x1.3f9e06p+2f, 0x1.691a1ep+2f, 0x1.90bd86p+2f, 0x1.b8fa22p+2f, 0x1.df9ae6p+2f, 0x1.03ab2ep+3f, 0x1.185874p+3f, 0x1.2bb81ep+3f},
    {0x1p-1f, 0x1.3e0d28p-3f, -0x1.848b9ep-29f, -0x1.4fef2p-4f, -0x1.97242p-4f, -0x1.5a49cp-4f, -0x1.f478cp-5f, -0x1.4fd28p-5f,
     -0x1.b4dep-6f, -0x1.0b85p-6f, -0x1.47a2p-7f, -0x1.87f804p-8f, -0x1.d91c06p-9f, -0x1.16c4p-9f, -0x1.3edp-10f, -0x1.774004p-11f},
    {-0x1p-1f, -0x1.80a6b2p-2f, -0x1.be141p-3f, -0x1.32e7fcp-4f, 0x1.15b63ap-7f, 0x1.1a4516p-5f, 0x1.21e994p-5f, 0x1.c580aep-6f,
     0x1.40acf6p-6f, 0x1.9f81cep-7f, 0x1.07f96ap-7f, 0x1.448c26p-8f, 0x1.8fae6p-9f, 0x1.decea4p-10f, 0x1.15a01cp-10f, 0x1.4a541ep-11f},
    {0x1.a66204p-28f, 0x1.244ab2p-3f, 0x1.2c5634p-3f, 0x1.862858p-4f, 0x1.3abb52p-5f, 0x1.0d49c6p-7f, -0x1.1b94ecp-8f, -0x1.c5c4a4p-8f,
     -0x1.91e58ep-8f, -0x1.257636p-8f, -0x1.8edcfep-9f, -0x1.0088e2p-9f, -0x1.45d952p-10f, -0x1.8fd2p-11f, -0x1.d8b72cp-12f,
     -0x1.1d5ab4p-12f},
    {0x1.55551p-4f, 0x1.cf4f78p-6f, -0x1.353e4p-6f, -0x1.15a16cp-5f, -0x1.7b20d6p-6f, -0x1.6052b8p-7f, -0x1.9c4f66p-9f, -0x1.d12866p-14f,
     0x1.945004p-11f, 0x1.be0d8ap-11f, 0x1.63a68p-11f, 0x1.f3f18p-12f, 0x1.4f0e16p-12f, 0x1.ab241p-13f, 0x1.03ec6ep-13f, 0x1.40603ap-14f},
    {0x1.0c6234p-18f, -0x1.c0039ep-6f, -0x1.f2d6d6p-7f, 0x1.805122p-11f, 0x1.769a74p-8f, 0x1.0de73cp-8f, 0x1.f077c2p-10f, 0x1.59983ep-11f,
     0x1.2eb6b6p-13f, -0x1.70d988p-15f, -0x1.592512p-14f, -0x1.370a94p-14f, -0x1.d406a6p-15f, -0x1.4009d2p-15f, -0x1.98b552p-16f,
     -0x1.041764p-16f},
    {-0x1.9a92dcp-7f, 0x1.a54b4p-11f, 0x1.b0ec9ep-8f, 0x1.d8273ep-9f, 0x1.384154p-16f, -0x1.946b4p-11f, -0x1.1d2244p-11f, -0x1.0d061ap-12f,
     -0x1.a4265ep-14f, -0x1.ca30cap-16f, -0x1.048fep-19f, 0x1.6ca802p-18f, 0x1.a18756p-18f, 0x1.510b6p-18f, 0x1.d8e2c8p-19f,
     0x1.3f6fb6p-19f},
    {0x1.cf9af2p-14f, 0x1.d7b4c2p-9f, 0x1.3c0fe6p-13f, -0x1.4510d8p-10f, -0x1.0e3992p-11f, -0x1.10b54cp-16f, 0x1.64b764p-14f,
     0x1.ecd216p-15f, 0x1.df635p-16f, 0x1.7321ap-17f, 0x1.a882f8p-19f, 0x1.d3909ap-21f, -0x1.0242e8p-25f, -0x1.a1745ap-22f,
     -0x1.76e988p-22f, -0x1.0f5ed2p-22f},
    {0x1.8bf426p-10f, -0x1.4e54ep-12f, -0x1.a52a5ep-11f, 0x1.497d8p-15f, 0x1.789c68p-13f, 0x1.d6be1ep-15f, 0x1.09febep-19f,
     -0x1.17a1cep-17f, -0x1.88533ep-18f, -0x1.5c4cf2p-19f, -0x1.98c546p-20f, -0x1.742554p-22f, -0x1.65261cp-22f, 0x1.52d354p-26f,
     0x1.001238p-24f, -0x1.09a7fap-27f},
};
#endif
