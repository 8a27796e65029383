/* quick_gelu'(-a): 16 segments, segment i holds a with round(2.7232 a) = i; segment 2 is centred on the root.
 * Row 0 the centres, row 1 c0, then c1 .. c7 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_QUICK_GELU_DERIVATIVE_H
#define FASTACT_TABLE_QUICK_GELU_DERIVATIVE_H
enum { quick_gelu_derivative_degree = 7 };
static const float quick_gelu_derivative_table[9][16] ALIGNED(64) = {
    {0x0p+0f, 0x1.ad49e4p-2f, 0x1.80974ap-1f, 0x1.0e0d1cp+0f, 0x1.77706cp+0f, 0x1.d4817cp+0f, 0x1.19ddc8p+1f, 0x1.47e71ep+1f,
     0x1.790d48p+1f, 0x1.a5d41ep+1f, 0x1.d6c34ap+1f, 0x1.0203ap+2f, 0x1.1a70c6p+2f, 0x1.31af28p+2f, 0x1.488f16p+2f, 0x1.60bf7p+2f},
    {0x1p-1f, 0x1.5eeb58p-3f, 0x1.71d86ep-31f, -0x1.3ad5p-4f, -0x1.9747cp-4f, -0x1.591a2p-4f, -0x1.f6034p-5f, -0x1.55958p-5f,
     -0x1.ae9f8p-6f, -0x1.12808p-6f, -0x1.4822p-7f, -0x1.9164p-8f, -0x1.d23bfap-9f, -0x1.134802p-9f, -0x1.45500ep-10f, -0x1.726ffap-11f},
    {-0x1.b3b646p-1f, -0x1.51a96cp-1f, -0x1.7b9cdap-2f, -0x1.30c8bep-3f, 0x1.c718cap-7f, 0x1.e25056p-5f, 0x1.ee1174p-5f, 0x1.86cd72p-5f,
     0x1.0d8e9cp-5f, 0x1.69f88p-6f, 0x1.c1ed56p-7f, 0x1.1a85aap-7f, 0x1.4f5b5cp-8f, 0x1.9282fcp-9f, 0x1.e1ef36p-10f, 0x1.159234p-10f},
    {0x1.31e3c8p-26f, 0x1.9be8f8p-2f, 0x1.b30226p-2f, 0x1.2dbb5cp-2f, 0x1.cb3ab6p-4f, 0x1.7947bp-6f, -0x1.95f36ap-7f, -0x1.48195p-6f,
     -0x1.20e32cp-6f, -0x1.b12002p-7f, -0x1.21390ap-7f, -0x1.7b6df8p-8f, -0x1.d1b174p-9f, -0x1.1e2be6p-9f, -0x1.5cf274p-10f, -0x1.983c48p-11f},
    {0x1.a4b90ap-2f, 0x1.4c12ep-3f, -0x1.7d2c9ap-4f, -0x1.568df6p-3f, -0x1.d53218p-4f, -0x1.acb63p-5f, -0x1.015e5cp-6f, -0x1.cf0d2ep-11f,
     0x1.f96bbp-9f, 0x1.14b046p-8f, 0x1.b6c63p-9f, 0x1.39a47cp-9f, 0x1.9803bp-10f, 0x1.045e8cp-10f, 0x1.464438p-11f, 0x1.863862p-12f},
    {0x1.17522p-15f, -0x1.d72e0ap-3f, -0x1.05a2d8p-3f, -0x1.0b8596p-8f, 0x1.88e496p-5f, 0x1.18e352p-5f, 0x1.06590ap-6f, 0x1.7c9ac8p-8f,
     0x1.2853ap-10f, -0x1.590a36p-12f, -0x1.6a269cp-11f, -0x1.49772ap-11f, -0x1.e61584p-12f, -0x1.4c838p-12f, -0x1.b3e386p-13f, -0x1.0db9b4p-13f},
    {-0x1.6e7d54p-3f, -0x1.a9c5dep-10f, 0x1.82aaf4p-4f, 0x1.dd53e8p-5f, 0x1.d5e166p-12f, -0x1.695654p-7f, -0x1.ff4b3ep-8f, -0x1.f114ep-9f,
     -0x1.6b1bf8p-10f, -0x1.bbd65ap-12f, -0x1.df66aap-16f, 0x1.3c8b38p-14f, 0x1.72f55cp-14f, 0x1.2bdc84p-14f, 0x1.acec3p-15f, 0x1.19acf2p-15f},
    {0x1.5e36f8p-9f, 0x1.6f62b2p-4f, 0x1.f02e0ep-9f, -0x1.f4d658p-6f, -0x1.9e1c4ep-7f, -0x1.4ef756p-12f, 0x1.12af88p-9f, 0x1.81ea18p-10f,
     0x1.60e26p-11f, 0x1.231f1cp-12f, 0x1.63ba46p-14f, 0x1.0ad5aap-16f, -0x1.ea427ap-19f, -0x1.244568p-17f, -0x1.36fa24p-17f, -0x1.b59b38p-18f},
    {0x1.001394p-4f, -0x1.c28524p-7f, -0x1.161accp-5f, 0x1.776702p-10f, 0x1.e5134ep-8f, 0x1.30537ep-9f, -0x1.e31c76p-18f, -0x1.7a1218p-12f,
     -0x1.c44586p-13f, -0x1.70718ap-14f, -0x1.c89c2p-15f, -0x1.51fe64p-17f, -0x1.23dc4ap-17f, -0x1.abe67cp-19f, 0x1.867eep-20f, 0x1.0d7a2ap-20f},
};
#endif
