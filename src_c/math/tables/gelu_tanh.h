/* sigmoid(-2 u(a)): 16 segments, segment i holds a with round(a (0.4763 a + 0.5)) = i.
 * Row 0 the centres, row 1 c0, then c1 .. c7 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_GELU_TANH_H
#define FASTACT_TABLE_GELU_TANH_H
enum { gelu_tanh_degree = 7 };
static const float gelu_tanh_table[9][16] ALIGNED(64) = {
    {0x0p+0f, 0x1.1118cep+0f, 0x1.a64ca2p+0f, 0x1.0c0454p+1f, 0x1.3c7b58p+1f, 0x1.65e96ap+1f, 0x1.8e327p+1f, 0x1.b0a9acp+1f, 0x1.d14a14p+1f,
     0x1.f0d306p+1f, 0x1.07a074p+2f, 0x1.15d2b2p+2f, 0x1.2357d6p+2f, 0x1.3034dp+2f, 0x1.3d073cp+2f, 0x1.4908aep+2f},
    {0x1p-1f, 0x1.254598p-3f, 0x1.9666p-5f, 0x1.27bap-6f, 0x1.ac3dfep-8f, 0x1.3d0a04p-9f, 0x1.aad808p-11f, 0x1.2ecp-12f, 0x1.9bff74p-14f,
     0x1.07fdecp-15f, 0x1.3ffd04p-17f, 0x1.800dcep-19f, 0x1.c0649ep-21f, 0x1.005aa2p-22f, 0x1.0f2f7p-24f, 0x1.210e9cp-26f},
    {-0x1.988456p-2f, -0x1.ce3104p-3f, -0x1.a4aabap-4f, -0x1.6ff75ep-5f, -0x1.34ea96p-6f, -0x1.0282a2p-7f, -0x1.870992p-9f,
     -0x1.31cf22p-10f, -0x1.c7a996p-12f, -0x1.3e26b8p-13f, -0x1.a236d6p-15f, -0x1.0e426ep-16f, -0x1.52139cp-18f, -0x1.9c3a28p-20f,
     -0x1.d04cap-22f, -0x1.061876p-23f},
    {0x1.a190bep-20f, 0x1.ebe72p-4f, 0x1.58833ap-4f, 0x1.805b54p-5f, 0x1.82740cp-6f, 0x1.753938p-7f, 0x1.4270b2p-8f, 0x1.196f5ap-9f,
     0x1.cfd5cap-11f, 0x1.63fe0ap-12f, 0x1.ff5162p-14f, 0x1.660eep-15f, 0x1.e27e02p-17f, 0x1.3b22d6p-18f, 0x1.7b7e5p-20f, 0x1.c76a4ep-22f},
    {0x1.119c86p-4f, -0x1.6bfbdap-8f, -0x1.da232p-6f, -0x1.96c42ep-6f, -0x1.079fb6p-6f, -0x1.318a7ap-7f, -0x1.35f706p-8f, -0x1.33abfp-9f,
     -0x1.1ca48ap-10f, -0x1.e63902p-12f, -0x1.81785ep-13f, -0x1.26f39ep-14f, -0x1.af2398p-16f, -0x1.2f73a4p-17f, -0x1.88bc4ep-19f,
     -0x1.f726dep-21f},
    {0x1.f1500ap-14f, -0x1.2e5f0ap-6f, -0x1.d19128p-10f, 0x1.4fe28ap-8f, 0x1.7d0b8ap-8f, 0x1.25e0d4p-8f, 0x1.72dd0ap-9f, 0x1.b10834p-10f,
     0x1.cceae6p-11f, 0x1.be772ep-12f, 0x1.8ca37cp-13f, 0x1.4f8a3ep-14f, 0x1.0c8ec4p-15f, 0x1.9a8dd2p-17f, 0x1.1f755ap-18f,
     0x1.8b54c4p-20f},
    {-0x1.5a78dep-7f, 0x1.46d6a2p-8f, 0x1.3c2186p-8f, 0x1.7646cap-10f, -0x1.e81f0ap-12f, -0x1.10f22ap-10f, -0x1.046eeap-10f,
     -0x1.84597p-11f, -0x1.f3b054p-12f, -0x1.1be858p-12f, -0x1.21b0d2p-13f, -0x1.13d6e8p-14f, -0x1.ea35a2p-16f, -0x1.9b5ccp-17f,
     -0x1.3a356cp-18f, -0x1.d38e12p-20f},
    {0x1.402838p-11f, 0x1.9784aap-10f, -0x1.34f59ep-10f, -0x1.289e6cp-10f, -0x1.15d1b4p-11f, -0x1.b5080cp-14f, 0x1.cf945p-14f,
     0x1.6c1ffp-13f, 0x1.4ee9ccp-13f, 0x1.e56642p-14f, 0x1.2b5b98p-14f, 0x1.4ae458p-15f, 0x1.4d2c62p-16f, 0x1.390296p-17f, 0x1.08852p-18f,
     0x1.abce36p-20f},
    {0x1.a45c88p-11f, -0x1.ad7762p-11f, -0x1.7c6018p-12f, 0x1.6e7df4p-13f, 0x1.c191a8p-13f, 0x1.2e389ep-13f, 0x1.421064p-15f,
     0x1.0971b8p-19f, -0x1.459a02p-16f, -0x1.cc6c4ap-16f, -0x1.8e1758p-16f, -0x1.1f50b6p-16f, -0x1.678484p-17f, -0x1.7dcb46p-18f,
     -0x1.83f47cp-19f, -0x1.5cdf76p-20f},
};
#endif
