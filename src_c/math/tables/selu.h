/* 1.7580993408 (1 - exp(-a)): 16 segments, segment = bits 21..24 of a + 1.5: four per octave; the first has 2 a taken off.
 * Row 0 the centres, row 1 c0, then c1 .. c6 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_SELU_H
#define FASTACT_TABLE_SELU_H
enum { selu_degree = 6 };
static const float selu_table[8][16] ALIGNED(64) = {
    {0x1.78960ap-1f, 0x1.43e2bcp+0f, 0x1.c165fcp+0f, 0x1.1e85b2p+1f, 0x1.85f4cep+1f, 0x1.02998ep+2f, 0x1.3ff62p+2f, 0x1.7dc56ap+2f,
     0x1.e033b2p+2f, 0x1.32d6cap+3f, 0x1.6f326ap+3f, 0x1.ae7d9cp+3f, 0x1.053ff6p+4f, 0x1.32ccccp+4f, 0x0p+0f, 0x1.81062p-2f},
    {0x1.d4beecp-1f, 0x1.431154p+0f, 0x1.7449d8p+0f, 0x1.9215dp+0f, 0x1.acaf36p+0f, 0x1.ba288p+0f, 0x1.bf09fep+0f, 0x1.c0eb14p+0f,
     0x1.c1d346p+0f, 0x1.c20ae8p+0f, 0x1.c2119ap+0f, 0x1.c212a2p+0f, 0x1.c212cap+0f, 0x1.c212ccp+0f, 0x0p+0f, 0x1.1a1a98p-1f},
    {0x1.af66acp-1f, 0x1.fc05e2p-2f, 0x1.3723d2p-2f, 0x1.7fe7e4p-3f, 0x1.56396cp-4f, 0x1.fa932p-6f, 0x1.84673ap-7f, 0x1.27b86ap-8f,
     0x1.fc35eap-11f, 0x1.f91aecp-14f, 0x1.3265c4p-16f, 0x1.532234p-19f, 0x1.325f84p-23f, 0x1.19001ep-27f, -0x1.ef699cp-3f, 0x1.35058p+0f},
    {-0x1.af66acp-2f, -0x1.fc05e2p-3f, -0x1.3723d2p-3f, -0x1.7fe7e4p-4f, -0x1.56399ap-5f, -0x1.fa9362p-7f, -0x1.846738p-8f, -0x1.27b84ep-9f,
     -0x1.fc356ap-12f, -0x1.f92446p-15f, -0x1.3263bp-17f, -0x1.531e5cp-20f, -0x1.31a83ap-24f, 0x1.8bbd64p-22f, -0x1.c212f8p-1f,
     -0x1.350586p-1f},
    {0x1.1f9a7ap-3f, 0x1.52adfp-4f, 0x1.9ed94cp-5f, 0x1.ffddc6p-6f, 0x1.c8464cp-7f, 0x1.51b304p-8f, 0x1.02eb44p-9f, 0x1.8a4526p-11f,
     0x1.5271a4p-13f, 0x1.5073dap-16f, 0x1.9817bp-19f, 0x1.c3b782p-22f, 0x1.91f946p-26f, 0x1.801f82p-29f, 0x1.2c1776p-2f, 0x1.9c0a5cp-3f},
    {-0x1.1f9aep-5f, -0x1.52adfap-6f, -0x1.9ed958p-7f, -0x1.ffdb9p-8f, -0x1.c8165p-9f, -0x1.51915ep-10f, -0x1.02ebe4p-11f, -0x1.8a615cp-13f,
     -0x1.52754ep-15f, -0x1.4f4094p-18f, -0x1.988908p-21f, -0x1.c49306p-24f, -0x1.9cce6ep-28f, -0x1.81e10ep-20f, -0x1.2df11ap-4f,
     -0x1.9bbf0cp-5f},
    {0x1.cbba1p-8f, 0x1.0fe99ap-8f, 0x1.4d52bcp-9f, 0x1.9bd89p-10f, 0x1.70719ep-11f, 0x1.10abd2p-12f, 0x1.a2948ep-14f, 0x1.3e8fa2p-15f,
     0x1.1a797p-17f, 0x1.17688cp-20f, 0x1.548d58p-23f, 0x1.788ff2p-26f, 0x1.7a9a82p-30f, 0x1.35c25p-29f, 0x1.11f8cap-6f, 0x1.40251cp-7f},
    {-0x1.2f6e96p-10f, -0x1.6a264cp-11f, -0x1.bbe3cp-12f, -0x1.15e11ap-12f, -0x1.0056a6p-13f, -0x1.7a6556p-15f, -0x1.16d424p-16f,
     -0x1.9c6076p-18f, -0x1.78adc6p-20f, -0x1.968cecp-23f, -0x1.baa9bep-26f, -0x1.df7a42p-29f, -0x1.aebe6cp-33f, 0x1.758f3cp-20f,
     -0x1.6eb51cp-8f, -0x1.ad4bc8p-9f},
};
#endif
