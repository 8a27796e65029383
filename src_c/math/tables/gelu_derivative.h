/* gelu'(-a): 16 segments, segment i holds a with round(a (0.174 a + 2.35)) = i; segment 2 is centred on the root.
 * Row 0 the centres, row 1 c0, then c1 .. c7 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_GELU_DERIVATIVE_H
#define FASTACT_TABLE_GELU_DERIVATIVE_H
enum { gelu_derivative_degree = 7 };
static const float gelu_derivative_table[9][16] ALIGNED(64) = {
    {0x1.e5aeaep-4f, 0x1.0320eap-1f, 0x1.80ead2p-1f, 0x1.2a1c84p+0f, 0x1.89f9ecp+0f, 0x1.de3b34p+0f, 0x1.193aecp+1f, 0x1.408d48p+1f,
     0x1.69aba8p+1f, 0x1.8e27ap+1f, 0x1.b420a2p+1f, 0x1.d7ec26p+1f, 0x1.fa3e12p+1f, 0x1.0e641ap+2f, 0x1.1e0dacp+2f, 0x1.55dda2p+2f},
    {0x1.9f92bp-2f, 0x1.07af6p-3f, 0x0p+0f, -0x1.d1c2ep-4f, -0x1.01f62p-3f, -0x1.96b82p-4f, -0x1.07e9ep-4f, -0x1.317c8p-5f, -0x1.2e5cp-6f,
     -0x1.239fp-7f, -0x1.ede4p-9f, -0x1.912804p-10f, -0x1.37cff4p-11f, -0x1.bd4088p-13f, -0x1.470032p-14f, -0x1.5ffadcp-20f},
    {-0x1.92cda8p-1f, -0x1.3960a8p-1f, -0x1.b9d99p-2f, -0x1.0b11fap-3f, 0x1.706e12p-5f, 0x1.a93398p-4f, 0x1.9d6f62p-4f, 0x1.2f6418p-4f,
     0x1.69193ep-5f, 0x1.8d8c9ap-6f, 0x1.7a8c18p-7f, 0x1.52be0ap-8f, 0x1.1e2f9p-9f, 0x1.b919acp-11f, 0x1.5955d8p-12f, 0x1.c47acap-18f},
    {0x1.7f7376p-4f, 0x1.54810ap-2f, 0x1.8d9a94p-2f, 0x1.3f3b9cp-2f, 0x1.39de8ap-3f, 0x1.100c82p-5f, -0x1.09cbcep-5f, -0x1.940b9ep-5f,
     -0x1.53a388p-5f, -0x1.c932dep-6f, -0x1.fead7ap-7f, -0x1.025cecp-7f, -0x1.e2f78p-9f, -0x1.971b42p-10f, -0x1.56f266p-11f,
     -0x1.191b08p-16f},
    {0x1.07cbcp-2f, 0x1.1042cep-3f, 0x1.2a2e84p-6f, -0x1.f915a4p-4f, -0x1.226638p-3f, -0x1.8870f4p-4f, -0x1.3c4296p-5f, -0x1.ae9a4ep-10f,
     0x1.dce57p-7f, 0x1.020322p-6f, 0x1.7998aap-7f, 0x1.c7ed4p-8f, 0x1.e6a0ep-9f, 0x1.ca689cp-10f, 0x1.a56862p-11f, 0x1.b74902p-16f},
    {-0x1.1e0b5cp-5f, -0x1.ce4ba4p-4f, -0x1.d2fa34p-4f, -0x1.8c3954p-5f, 0x1.394dbcp-6f, 0x1.6cbddep-5f, 0x1.3bdc7cp-5f, 0x1.597e9cp-6f,
     0x1.59b5c8p-8f, -0x1.168f5ep-9f, -0x1.1873p-8f, -0x1.de0724p-9f, -0x1.393deep-9f, -0x1.579084p-10f, -0x1.60f944p-11f,
     -0x1.d8ef9ep-16f},
    {-0x1.d322b4p-5f, -0x1.1e4d3ap-6f, 0x1.e498e8p-7f, 0x1.4ef41ep-5f, 0x1.b6c144p-6f, 0x1.220efap-8f, -0x1.39a5b8p-7f, -0x1.7e730ap-7f,
     -0x1.ea03a6p-8f, -0x1.9243cap-9f, -0x1.7295dcp-13f, 0x1.c157a2p-11f, 0x1.e41532p-11f, 0x1.57aed4p-11f, 0x1.9e3fe2p-12f,
     0x1.9c2e42p-16f},
    {0x1.c97f48p-8f, 0x1.7994a2p-6f, 0x1.3da368p-6f, 0x1.77effep-11f, -0x1.6536bep-7f, -0x1.4a6f58p-7f, -0x1.f47488p-9f, 0x1.121074p-10f,
     0x1.62f0d2p-9f, 0x1.20a20ep-9f, 0x1.1378bp-10f, 0x1.0680c4p-12f, -0x1.cd8f18p-14f, -0x1.919b16p-13f, -0x1.48b5fcp-13f,
     -0x1.44ccf4p-16f},
    {0x1.43345p-8f, 0x1.9ac7fep-9f, -0x1.51e38ap-8f, -0x1.aedc1cp-8f, -0x1.db04f4p-10f, 0x1.13db24p-9f, 0x1.78e4acp-9f, 0x1.75b436p-10f,
     0x1.7dadf2p-14f, -0x1.34b73p-11f, -0x1.167fdcp-11f, -0x1.48eeb4p-12f, -0x1.bad93ap-14f, -0x1.97d08p-18f, 0x1.24f968p-15f,
     0x1.1ff696p-17f},
};
#endif
