/* Phi(-a): 16 segments, segment i holds a with round(a (0.305 a + 1.6)) = i.
 * Row 0 the centres, row 1 c0, then c1 .. c6 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_GELU_H
#define FASTACT_TABLE_GELU_H
enum { gelu_degree = 6 };
static const float gelu_table[8][16] ALIGNED(64) = {
    {0x0p+0f, 0x1.28313cp-1f, 0x1.0cd1e2p+0f, 0x1.7d419p+0f, 0x1.e26888p+0f, 0x1.1a54eep+1f, 0x1.4715bep+1f, 0x1.6c74dap+1f, 0x1.93b618p+1f,
     0x1.b4ef1ep+1f, 0x1.d7a32ep+1f, 0x1.f8e32p+1f, 0x1.0ca9f4p+2f, 0x1.1b5bfcp+2f, 0x1.2986a8p+2f, 0x1.4ae708p+2f},
    {0x1p-1f, 0x1.2037dcp-2f, 0x1.2cbb18p-3f, 0x1.175fdp-4f, 0x1.e7814p-6f, 0x1.c0fcp-7f, 0x1.5b9afep-8f, 0x1.20f206p-9f, 0x1.a6303ap-11f,
     0x1.50307ap-12f, 0x1.e04042p-14f, 0x1.4f8028p-15f, 0x1.c408dp-17f, 0x1.3fe544p-18f, 0x1.c0052p-20f, 0x1.f5c504p-24f},
    {-0x1.988454p-2f, -0x1.59928p-2f, -0x1.d6c2a4p-3f, -0x1.0d891ep-3f, -0x1.14cf64p-4f, -0x1.1ef898p-5f, -0x1.f3605p-7f, -0x1.c5dedep-8f,
     -0x1.69aaa4p-9f, -0x1.347314p-10f, -0x1.d75bb4p-12f, -0x1.5dfb86p-13f, -0x1.f2e2c8p-15f, -0x1.72a6ep-16f, -0x1.0f7962p-17f,
     -0x1.4fccf4p-21f},
    {0x1.6a08e2p-21f, 0x1.8fd3d2p-4f, 0x1.ee55b6p-4f, 0x1.916a1ep-4f, 0x1.04cfc2p-4f, 0x1.3c7d0cp-5f, 0x1.3f0532p-6f, 0x1.431408p-7f,
     0x1.1d2c7p-8f, 0x1.073a0cp-9f, 0x1.b23316p-11f, 0x1.591ed8p-12f, 0x1.05c858p-13f, 0x1.9a43b6p-15f, 0x1.3b82a2p-16f, 0x1.b27bep-20f},
    {0x1.104a32p-4f, 0x1.328f88p-5f, -0x1.01a07ep-8f, -0x1.b5b478p-6f, -0x1.d6c2aap-6f, -0x1.71bbe2p-6f, -0x1.cc3ecp-7f, -0x1.0cd05ap-7f,
     -0x1.0dac62p-8f, -0x1.11cecep-9f, -0x1.ee02e6p-11f, -0x1.a8989p-12f, -0x1.5984bcp-13f, -0x1.1f4a54p-14f, -0x1.d2486ep-16f,
     -0x1.65722ap-19f},
    {0x1.003468p-13f, -0x1.632db2p-6f, -0x1.38a722p-6f, -0x1.a2c7acp-8f, 0x1.7f22b8p-9f, 0x1.898b04p-8f, 0x1.776cfcp-8f, 0x1.1302a6p-8f,
     0x1.4a3a58p-9f, 0x1.7b974p-10f, 0x1.7eb1e2p-11f, 0x1.692c04p-12f, 0x1.3eeb6ap-13f, 0x1.1bc3ecp-14f, 0x1.e94d6cp-16f, 0x1.a3e7e8p-19f},
    {-0x1.595e7p-7f, -0x1.95992p-9f, 0x1.287bbcp-8f, 0x1.815b56p-8f, 0x1.a48fccp-9f, 0x1.87581ep-11f, -0x1.aa431cp-11f, -0x1.2ea166p-10f,
     -0x1.fd2d12p-11f, -0x1.62344cp-11f, -0x1.a0a1d4p-12f, -0x1.bc1704p-13f, -0x1.b16102p-14f, -0x1.a26d44p-15f, -0x1.83547p-16f,
     -0x1.aab10ep-19f},
    {0x1.54ca5ap-10f, 0x1.99f8cap-9f, 0x1.cccbb8p-10f, -0x1.0f5732p-11f, -0x1.68dc04p-10f, -0x1.19721ap-10f, -0x1.dc3286p-12f,
     -0x1.11d88ep-16f, 0x1.61dcf4p-13f, 0x1.8ed81ep-13f, 0x1.35035ep-13f, 0x1.89369ap-14f, 0x1.c6501ep-15f, 0x1.ddb452p-16f,
     0x1.dab1aap-17f, 0x1.56cabap-19f},
};
#endif
