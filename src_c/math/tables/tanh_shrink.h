/* a - tanh(a): 16 segments, segment = bits 21..24 of a + 0.75: four per octave; below a = 0.75 1/3 + .. in powers of a^2, times a^3.
 * Row 0 the centres, row 1 c0, then c1 .. c7 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_TANH_SHRINK_H
#define FASTACT_TABLE_TANH_SHRINK_H
enum { tanh_shrink_degree = 7 };
static const float tanh_shrink_table[9][16] ALIGNED(64) = {
    {0x1.6d83f4p+0f, 0x1.f6e452p+0f, 0x1.3b6c04p+1f, 0x1.7b814ep+1f, 0x1.cee1bcp+1f, 0x1.266b7cp+2f, 0x1.6cc536p+2f, 0x1.a9b4d8p+2f,
     0x1.03ae54p+3f, 0x1.44cccap+3f, 0x0p+0f, 0x0p+0f, 0x0p+0f, 0x0p+0f, 0x1.b84f3cp-1f, 0x1.16b7bcp+0f},
    {0x1.12babcp-1f, 0x1.00c452p+0f, 0x1.7a85dcp+0f, 0x1.f85e38p+0f, 0x1.4f111p+1f, 0x1.ccdd96p+1f, 0x1.2cc594p+2f, 0x1.69b4e6p+2f,
     0x1.c75ca8p+2f, 0x1.24cccap+3f, 0x0p+0f, 0x0p+0f, 0x0p+0f, 0x0p+0f, 0x1.4f52eep-3f, 0x1.2b56bp-2f},
    {0x1.96a982p-1f, 0x1.d94308p-1f, 0x1.f163c2p-1f, 0x1.fa954p-1f, 0x1.fe85a6p-1f, 0x1.ffcb12p-1f, 0x1.fffa2p-1f, 0x1.ffff2p-1f,
     0x1.fffff4p-1f, 0x1p+0f, 0x1.555556p-2f, 0x1.555556p-2f, 0x1.555556p-2f, 0x1.555556p-2f, 0x1.f064fp-2f, 0x1.44c09ap-1f},
    {0x1.7783a4p-3f, 0x1.29f36ap-4f, 0x1.cccfb2p-6f, 0x1.58d94ap-7f, 0x1.79cde2p-9f, 0x1.a69926p-12f, 0x1.78117ap-15f, 0x1.c00242p-18f,
     0x1.04aa3ap-18f, 0x1.222728p-24f, -0x1.111108p-3f, -0x1.111108p-3f, -0x1.111108p-3f, -0x1.111108p-3f, 0x1.6f580ep-2f, 0x1.2a414p-2f},
    {-0x1.846d6p-4f, -0x1.6e500ep-5f, -0x1.2a5878p-6f, -0x1.c6e9d6p-8f, -0x1.f643cap-10f, -0x1.19f016p-12f, -0x1.f53c12p-16f,
     -0x1.2aa574p-18f, -0x1.e5fbf4p-21f, -0x1.dd84p-25f, 0x1.ba1682p-5f, 0x1.ba1682p-5f, 0x1.ba1682p-5f, 0x1.ba1682p-5f, -0x1.3f92ecp-4f,
     -0x1.c2d0b4p-4f},
    {0x1.7f4af2p-6f, 0x1.331f9p-6f, 0x1.18e95p-7f, 0x1.bd2c14p-9f, 0x1.f372c2p-11f, 0x1.312cap-13f, 0x1.f17a62p-17f, 0x1.2a503p-19f,
     -0x1.6b2aep-17f, -0x1.88fed8p-23f, -0x1.65d3c2p-6f, -0x1.65d3c2p-6f, -0x1.65d3c2p-6f, -0x1.65d3c2p-6f, -0x1.0b4ccp-4f,
     -0x1.353192p-7f},
    {0x1.97247ap-8f, -0x1.39f74ap-8f, -0x1.8af2b4p-9f, -0x1.54d1dap-10f, -0x1.8c56p-12f, -0x1.04e9f4p-14f, -0x1.8f77cep-18f,
     -0x1.dec568p-21f, 0x1.0ac764p-18f, 0x1.1665e8p-23f, 0x1.1d04ccp-7f, 0x1.1d04ccp-7f, 0x1.1d04ccp-7f, 0x1.1d04ccp-7f, 0x1.eb4a72p-5f,
     0x1.278082p-5f},
    {-0x1.2e9aaap-7f, -0x1.223168p-14f, 0x1.80cc76p-11f, 0x1.a1cb26p-12f, 0x1.01c4c6p-13f, -0x1.bab06ap-16f, 0x1.3cf958p-19f,
     0x1.4cf268p-22f, 0x1.26223p-17f, 0x1.2e9d4ap-23f, -0x1.979ac4p-9f, -0x1.979ac4p-9f, -0x1.979ac4p-9f, -0x1.979ac4p-9f, -0x1.8156b6p-7f,
     -0x1.3558bap-6f},
    {0x1.0753fep-8f, 0x1.7611cep-11f, -0x1.34513cp-14f, -0x1.7f111p-14f, -0x1.c5b364p-16f, 0x1.98dad6p-15f, -0x1.9e8488p-21f,
     -0x1.64a5fep-24f, -0x1.365fc6p-18f, -0x1.ae0c3cp-24f, 0x1.73127cp-11f, 0x1.73127cp-11f, 0x1.73127cp-11f, 0x1.73127cp-11f,
     -0x1.749fe4p-7f, 0x1.66d87ep-10f},
};
#endif
