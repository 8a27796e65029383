/* 1 - exp(-a): 16 segments, segment = bits 21..24 of a + 1.5: four per octave.
 * Row 0 the centres, row 1 c0, then c1 .. c6 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_EXPM1_H
#define FASTACT_TABLE_EXPM1_H
enum { expm1_degree = 6 };
static const float expm1_table[8][16] ALIGNED(64) = {
    {0x1.7772d8p-1f, 0x1.44e336p+0f, 0x1.c6355cp+0f, 0x1.21b8d8p+1f, 0x1.853d2ap+1f, 0x1.007c68p+2f, 0x1.409ee4p+2f, 0x1.81d568p+2f,
     0x1.e4f44ep+2f, 0x1.2f63acp+3f, 0x1.6cf10ap+3f, 0x1.aea3aap+3f, 0x1.fe2804p+3f, 0x1.fe2804p+3f, 0x0p+0f, 0x1.74722cp-2f},
    {0x1.0a1334p-1f, 0x1.701566p-1f, 0x1.a928d6p-1f, 0x1.cac1bap-1f, 0x1.e78802p-1f, 0x1.f6b17ep-1f, 0x1.fc955ep-1f, 0x1.fec448p-1f,
     0x1.ffbce8p-1f, 0x1.fff6p-1f, 0x1.fffe8ap-1f, 0x1.ffffdp-1f, 0x1.fffffcp-1f, 0x1.fffffcp-1f, 0x0p+0f, 0x1.383ad8p-2f},
    {0x1.ebd998p-2f, 0x1.1fd534p-2f, 0x1.5b5ca8p-3f, 0x1.a9f23p-4f, 0x1.877fe6p-5f, 0x1.29d046p-6f, 0x1.b5510ap-8f, 0x1.3bb806p-9f,
     0x1.0c6116p-11f, 0x1.4001cep-14f, 0x1.76016cp-17f, 0x1.8001fcp-20f, 0x1.000d8cp-23f, 0x1.000d8cp-23f, -0x1.9ddf3p-36f, 0x1.63e294p-1f},
    {-0x1.ebd998p-3f, -0x1.1fd534p-3f, -0x1.5b5caap-4f, -0x1.a9f23p-5f, -0x1.87801ap-6f, -0x1.29d04cp-7f, -0x1.b5510ep-9f, -0x1.3bb82p-10f,
     -0x1.0c6564p-12f, -0x1.3ffffcp-15f, -0x1.75faaap-18f, -0x1.7ffe2p-21f, -0x1.0007a2p-24f, -0x1.0007a2p-24f, -0x1p-1f, -0x1.63e294p-2f},
    {0x1.47e632p-4f, 0x1.7fc6cp-5f, 0x1.cf25fep-6f, 0x1.1bf6a4p-6f, 0x1.04fc6ap-7f, 0x1.8d0f48p-9f, 0x1.23866ap-10f, 0x1.a4eeecp-12f,
     0x1.65855cp-14f, 0x1.aa3734p-17f, 0x1.f241a4p-20f, 0x1.ff7c26p-23f, 0x1.53b432p-26f, 0x1.53b432p-26f, 0x1.55554ap-3f, 0x1.da836cp-4f},
    {-0x1.47e754p-6f, -0x1.7fc48cp-7f, -0x1.cf1ddep-8f, -0x1.1bf584p-8f, -0x1.04e22p-9f, -0x1.8d08cep-11f, -0x1.2382dep-12f,
     -0x1.a4d404p-14f, -0x1.646b4cp-16f, -0x1.aa9728p-19f, -0x1.f3ef5ap-22f, -0x1.002dfep-24f, -0x1.542d04p-28f, -0x1.542d04p-28f,
     -0x1.554f98p-5f, -0x1.da83bp-6f},
    {0x1.06e508p-8f, 0x1.33a17p-9f, 0x1.733a3p-10f, 0x1.c74916p-11f, 0x1.a5803ep-12f, 0x1.40f0bp-13f, 0x1.d75b5cp-15f, 0x1.541eecp-16f,
     0x1.293abcp-18f, 0x1.63bc7ap-21f, 0x1.9dae2p-24f, 0x1.aa757p-27f, 0x1.29c7p-30f, 0x1.29c7p-30f, 0x1.101eecp-7f, 0x1.7bce0cp-8f},
    {-0x1.5b7796p-11f, -0x1.a026dep-12f, -0x1.fd8a6cp-13f, -0x1.328996p-13f, -0x1.248446p-14f, -0x1.aec086p-16f, -0x1.3c0abp-17f,
     -0x1.d14644p-19f, -0x1.ab49c8p-21f, -0x1.d0cfa4p-24f, -0x1.f8797ep-27f, -0x1.10bde4p-29f, -0x1.87ee0cp-33f, -0x1.87ee0cp-33f,
     -0x1.4b476ap-10f, -0x1.f74fecp-11f},
};
#endif
