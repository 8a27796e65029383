/* tanh(softplus(x)): 16 segments, segment = round(min(x, 9.2) 0.92 + 0.33 min(x, 0)) + 7.
 * Row 0 the centres, row 1 c0, then c1 .. c7 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_MISH_H
#define FASTACT_TABLE_MISH_H
enum { mish_degree = 7 };
static const float mish_table[9][16] ALIGNED(64) = {
    {-0x1.66535p+2f, -0x1.329b26p+2f, -0x1.fea7c2p+1f, -0x1.a0bdb2p+1f, -0x1.302572p+1f, -0x1.a73688p+0f, -0x1.a7f2dep-1f, 0x1.996f54p-4f,
     0x1.0ecef2p+0f, 0x1.0e47d6p+1f, 0x1.a56078p+1f, 0x1.152b5ap+2f, 0x1.5c9822p+2f, 0x1.a04326p+2f, 0x1.e42c64p+2f, 0x1.1540dcp+3f},
    {0x1.e45a68p-9f, 0x1.0f0e68p-7f, 0x1.2c7252p-6f, 0x1.35b8d2p-5f, 0x1.6af18cp-4f, 0x1.631c3ep-3f, 0x1.63bf9ep-2f, 0x1.4378dcp-1f,
     0x1.c038c4p-1f, 0x1.f432d8p-1f, 0x1.feaf96p-1f, 0x1.ffd3ccp-1f, 0x1.fffb2cp-1f, 0x1.ffff6ap-1f, 0x1.ffffeep-1f, 0x1.fffffep-1f},
    {0x1.e37476p-9f, 0x1.0ded0ap-7f, 0x1.29a43ap-6f, 0x1.2fa5ccp-5f, 0x1.5977aep-4f, 0x1.3f2de8p-3f, 0x1.11c7fp-2f, 0x1.42ffc4p-2f,
     0x1.632434p-3f, 0x1.4cfc22p-5f, 0x1.43f05p-8f, 0x1.5cf94ep-11f, 0x1.33ab06p-14f, 0x1.2b8d08p-17f, 0x1.1fd9d8p-20f, 0x1.ffe94ap-24f},
    {0x1.e1a894p-10f, 0x1.0baa5ep-8f, 0x1.2408cp-7f, 0x1.23862cp-6f, 0x1.36e508p-5f, 0x1.f43774p-5f, 0x1.0962cp-4f, -0x1.e691bep-6f,
     -0x1.7206c2p-4f, -0x1.1034aep-5f, -0x1.31b7b4p-8f, -0x1.560fd6p-11f, -0x1.31ae14p-14f, -0x1.2ae1bep-17f, -0x1.1fa134p-20f,
     -0x1.ffc756p-24f},
    {0x1.3eb5ep-11f, 0x1.5edc56p-10f, 0x1.7670d8p-9f, 0x1.64800cp-8f, 0x1.44425cp-7f, 0x1.45685ap-7f, -0x1.a2161p-7f, -0x1.726ff6p-5f,
     0x1.1dce5p-7f, 0x1.011412p-6f, 0x1.747afp-9f, 0x1.ba69dcp-12f, 0x1.939cd6p-15f, 0x1.8d270cp-18f, 0x1.7f08a6p-21f, 0x1.550c4ap-24f},
    {0x1.39eb88p-13f, 0x1.52cec2p-12f, 0x1.58a0ap-11f, 0x1.24a26ep-10f, 0x1.2df872p-10f, -0x1.080d9cp-9f, -0x1.8dcef4p-7f, 0x1.da864cp-9f,
     0x1.94e4f6p-7f, -0x1.fd386ap-9f, -0x1.427cb6p-10f, -0x1.a614dp-13f, -0x1.8d5fe8p-16f, -0x1.8ace68p-19f, -0x1.7e1b1ap-22f,
     -0x1.54ad8ap-25f},
    {0x1.e6ff64p-16f, 0x1.f78b4ap-15f, 0x1.c849d6p-14f, 0x1.0b6a1cp-13f, -0x1.0ea294p-12f, -0x1.c4ac68p-10f, -0x1.01933ep-9f,
     0x1.06ba44p-7f, -0x1.408b3ep-8f, -0x1.9e410cp-13f, 0x1.94a8f2p-12f, 0x1.3a506ep-14f, 0x1.369a7cp-17f, 0x1.39e16ap-20f, 0x1.31d876p-23f,
     0x1.10aa88p-26f},
    {0x1.30e4e2p-18f, 0x1.1d0786p-17f, 0x1.5fddbp-17f, -0x1.63270ap-17f, -0x1.801bf2p-13f, -0x1.eb038cp-12f, 0x1.16acaap-10f,
     -0x1.0e2afap-13f, -0x1.c5e24ep-11f, 0x1.338bb8p-11f, -0x1.4555dep-14f, -0x1.7d71cep-16f, -0x1.9f0896p-19f, -0x1.ad7ce4p-22f,
     -0x1.a3d15ap-25f, -0x1.76df7ep-28f},
    {0x1.26ff3cp-21f, 0x1.a9434ap-21f, -0x1.2a4ddcp-21f, -0x1.71c4d6p-17f, -0x1.aacc72p-15f, 0x1.255a0cp-19f, 0x1.38e152p-11f,
     -0x1.4c73cep-10f, 0x1.de1fd6p-11f, -0x1.a72be4p-13f, 0x1.1666c8p-19f, 0x1.5a450ep-18f, 0x1.ca8ca6p-21f, 0x1.d1625cp-24f,
     0x1.b68852p-27f, 0x1.9a1eep-30f},
};
#endif
