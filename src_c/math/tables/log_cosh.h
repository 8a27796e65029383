/* log(cosh(a)) / a: 16 segments, segment = bits 21..24 of a + 0.625: four per octave; the first has a / 2 taken off.
 * Row 0 the centres, row 1 c0, then c1 .. c6 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_LOG_COSH_H
#define FASTACT_TABLE_LOG_COSH_H
enum { log_cosh_degree = 6 };
static const float log_cosh_table[8][16] ALIGNED(64) = {
    {0x1.9e0de8p+0f, 0x1.126e2cp+1f, 0x1.4cf0f2p+1f, 0x1.8db57cp+1f, 0x1.f4e134p+1f, 0x1.35566p+2f, 0x1.7682ap+2f, 0x1.b80442p+2f,
     0x1.04865ap+3f, 0x0p+0f, 0x1.8b7f7ap-3f, 0x1.3db8b2p-2f, 0x1.009498p-1f, 0x1.7bdb6ep-1f, 0x1.fec4bep-1f, 0x1.3ebac2p+0f},
    {0x1.30cd62p-1f, 0x1.5dba7ep-1f, 0x1.78a448p-1f, 0x1.8e1c24p-1f, 0x1.a55c0ep-1f, 0x1.b694f6p-1f, 0x1.c35a78p-1f, 0x1.cc61a8p-1f,
     0x1.d468b8p-1f, 0x0p+0f, 0x1.89105cp-4f, 0x1.38c032p-3f, 0x1.ed04e4p-3f, 0x1.5d6614p-2f, 0x1.bb622cp-2f, 0x1.03b554p-1f},
    {0x1.a07ffap-3f, 0x1.14dde6p-3f, 0x1.8f11ccp-4f, 0x1.1ff936p-4f, 0x1.70f0dp-5f, 0x1.e5a48cp-6f, 0x1.4b9922p-6f, 0x1.e07e46p-7f,
     0x1.56ab9p-7f, 0x1.d47f68p-37f, 0x1.f69bd6p-2f, 0x1.e85e26p-2f, 0x1.c63128p-2f, 0x1.8f014ap-2f, 0x1.5042eep-2f, 0x1.17584ap-2f},
    {-0x1.4a7264p-4f, -0x1.9e6d2p-5f, -0x1.108daep-5f, -0x1.5db678p-6f, -0x1.72740ap-7f, -0x1.90301p-8f, -0x1.c4f6b6p-9f, -0x1.17822cp-9f,
     -0x1.50b67cp-10f, -0x1.ea2c34p-28f, -0x1.7eb154p-5f, -0x1.241dd8p-4f, -0x1.9eaec8p-4f, -0x1.e77132p-4f, -0x1.e2f1f4p-4f,
     -0x1.b04e8cp-4f},
    {0x1.6a5696p-6f, 0x1.fc41f6p-7f, 0x1.48b0b2p-7f, 0x1.8a63ecp-8f, 0x1.68dbdep-9f, 0x1.46968ep-10f, 0x1.34a214p-11f, 0x1.45032ep-12f,
     0x1.4acf5ep-13f, -0x1.5554a4p-4f, -0x1.34b21p-4f, -0x1.0609dcp-4f, -0x1.47174cp-5f, -0x1.50e71ap-7f, 0x1.6aa834p-7f, 0x1.52656ep-6f},
    {-0x1.fb7176p-10f, -0x1.bf7bc4p-9f, -0x1.4881dp-9f, -0x1.8cfba2p-10f, -0x1.4d2fp-11f, -0x1.053beep-12f, -0x1.a20e8p-14f,
     -0x1.794b6cp-15f, -0x1.45169p-16f, -0x1.7a373cp-16f, 0x1.44bdp-6f, 0x1.cda02cp-6f, 0x1.0ec95ep-5f, 0x1.b7c3cep-6f, 0x1.e50382p-7f,
     0x1.554dacp-8f},
    {-0x1.035e38p-9f, 0x1.cebf32p-13f, 0x1.d2bb92p-12f, 0x1.50cc56p-12f, 0x1.1f5716p-13f, 0x1.97dbb4p-15f, 0x1.1a0ed8p-16f, 0x1.b793p-18f,
     0x1.443c4p-19f, 0x1.71ce0ap-6f, 0x1.1ba076p-6f, 0x1.6492ep-7f, -0x1.e81bcep-13f, -0x1.1738cap-7f, -0x1.2b716ep-7f, -0x1.91afd8p-8f},
    {0x1.5b85a2p-10f, 0x1.13924ap-12f, -0x1.38876p-16f, -0x1.9ccec2p-15f, -0x1.c3d058p-16f, -0x1.1cd408p-17f, -0x1.6837fap-19f,
     -0x1.fb4aaep-21f, -0x1.31d2d2p-22f, -0x1.4732e2p-9f, -0x1.a843eap-8f, -0x1.ca75a4p-7f, -0x1.1b111p-7f, -0x1.57d746p-9f,
     0x1.7209aep-10f, 0x1.2ed406p-9f},
};
#endif
