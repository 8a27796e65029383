/* (sqrt(a^2 + 4) - a) / 2: 16 segments, segment = bits 21..24 of a + 1: four per octave.
 * Row 0 the centres, row 1 c0, then c1 .. c6 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_SQUAREPLUS_H
#define FASTACT_TABLE_SQUAREPLUS_H
enum { squareplus_degree = 6 };
static const float squareplus_table[8][16] ALIGNED(64) = {
    {0x1.3e948p+0f, 0x1.c0737ep+0f, 0x1.1f1b2p+1f, 0x1.60f0ep+1f, 0x1.c29f4ep+1f, 0x1.21b008p+2f, 0x1.6192c8p+2f, 0x1.9fe84p+2f,
     0x1.012378p+3f, 0x1.4139bep+3f, 0x1.816632p+3f, 0x1.c08a88p+3f, 0x0p+0f, 0x1.8775d8p-2f, 0x1.4136a4p-1f, 0x1.be2c5cp-1f},
    {0x1.1c718p-1f, 0x1.d059c8p-2f, 0x1.863abp-2f, 0x1.4c451p-2f, 0x1.0e9p-2f, 0x1.b04ccp-3f, 0x1.674cp-3f, 0x1.3404cp-3f, 0x1.f613p-4f,
     0x1.9411p-4f, 0x1.51c8p-4f, 0x1.22bfp-4f, 0x1p+0f, 0x1.a76774p-1f, 0x1.77fe08p-1f, 0x1.4f6764p-1f},
    {-0x1.e3041cp-3f, -0x1.5d4e94p-3f, -0x1.03b44ap-3f, -0x1.862e4ep-4f, -0x1.0b4afcp-4f, -0x1.5d6fbcp-5f, -0x1.e9379p-6f, -0x1.6a68dp-6f,
     -0x1.e50d92p-7f, -0x1.3bd00ep-7f, -0x1.baad7cp-8f, -0x1.488d8p-8f, -0x1p-1f, -0x1.9fe00ap-2f, -0x1.66c182p-2f, -0x1.337bdap-2f},
    {0x1.396264p-4f, 0x1.b3e57ap-5f, 0x1.2dd73ap-5f, 0x1.9e89fep-6f, 0x1.eda96p-7f, 0x1.0e687ap-7f, 0x1.431cfp-8f, 0x1.a0f90ep-9f,
     0x1.cdac1p-10f, 0x1.e8e968p-11f, 0x1.201d82p-11f, 0x1.716a02p-12f, 0x1.fffffep-4f, 0x1.e52b7p-4f, 0x1.bcc3bap-4f, 0x1.8a7c9ep-4f},
    {-0x1.19250ep-6f, -0x1.b019bep-7f, -0x1.2bde36p-7f, -0x1.8a0bep-8f, -0x1.a80998p-9f, -0x1.8fd9b2p-10f, -0x1.9dabaap-11f,
     -0x1.d4e504p-12f, -0x1.b0c26ep-13f, -0x1.76bc1ap-14f, -0x1.747adcp-15f, -0x1.9d41b6p-16f, 0x1.3cdf28p-22f, -0x1.65dee4p-7f,
     -0x1.fc1262p-7f, -0x1.20eadep-6f},
    {0x1.655ab6p-10f, 0x1.20c2dp-9f, 0x1.dd471ep-10f, 0x1.4549acp-10f, 0x1.4eddd6p-11f, 0x1.19240cp-12f, 0x1.00170cp-13f, 0x1.0164cep-14f,
     0x1.8f648cp-16f, 0x1.1c5c64p-17f, 0x1.de28ep-19f, 0x1.cbfc8ep-20f, -0x1.002278p-7f, -0x1.819076p-8f, -0x1.bf019p-9f, -0x1.0c3ffep-10f},
    {0x1.aab30ap-11f, -0x1.a40148p-17f, -0x1.da3c5ap-13f, -0x1.aee08cp-13f, -0x1.dd08c4p-14f, -0x1.780bccp-15f, -0x1.33d3dap-16f,
     -0x1.151adcp-17f, -0x1.725bb4p-19f, -0x1.b1b49p-21f, -0x1.339b9ep-22f, -0x1.00b32ep-23f, 0x1.a57774p-16f, 0x1.d9939p-10f,
     0x1.121426p-9f, 0x1.c87e2p-10f},
    {-0x1.988bep-12f, -0x1.3cec48p-13f, -0x1.9f6706p-17f, 0x1.4f4d4cp-16f, 0x1.1c395cp-16f, 0x1.dd6f24p-18f, 0x1.69960ap-19f,
     0x1.2125e2p-20f, 0x1.4d8d98p-22f, 0x1.472c2ap-24f, 0x1.8f6a74p-26f, 0x1.19b7f2p-27f, 0x1.dff0e8p-11f, 0x1.e2159ap-12f,
     -0x1.53e7fcp-14f, -0x1.78231p-12f},
};
#endif
