/* gelu_tanh'(-a): 16 segments, segment i holds a with round(a (0.2498 a + 2.35)) = i; segment 2 is centred on the root.
 * Row 0 the centres, row 1 c0, then c1 .. c7 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_GELU_TANH_DERIVATIVE_H
#define FASTACT_TABLE_GELU_TANH_DERIVATIVE_H
enum { gelu_tanh_derivative_degree = 7 };
static const float gelu_tanh_derivative_table[9][16] ALIGNED(64) = {
    {0x1.06a988p-3f, 0x1.ecec8cp-2f, 0x1.8142ap-1f, 0x1.1f8912p+0f, 0x1.76eda2p+0f, 0x1.cc0314p+0f, 0x1.0ba4a4p+1f, 0x1.31439p+1f,
     0x1.532fbp+1f, 0x1.7574dap+1f, 0x1.97684ep+1f, 0x1.b642dap+1f, 0x1.d5abd6p+1f, 0x1.f2c7d4p+1f, 0x1.093212p+2f, 0x1.3d499p+2f},
    {0x1.97c9c4p-2f, 0x1.2757a8p-3f, 0x0p+0f, -0x1.b8444p-4f, -0x1.07512p-3f, -0x1.b7244p-4f, -0x1.38956p-4f, -0x1.840b8p-5f,
     -0x1.c4ae8p-6f, -0x1.d961p-7f, -0x1.c03ep-8f, -0x1.9d6p-9f, -0x1.552806p-10f, -0x1.12100cp-11f, -0x1.6e8024p-13f, -0x1.0ff686p-19f},
    {-0x1.91ce66p-1f, -0x1.415f7ep-1f, -0x1.b8baccp-2f, -0x1.4291dcp-3f, 0x1.261154p-6f, 0x1.8abcacp-4f, 0x1.b53068p-4f, 0x1.6543bp-4f,
     0x1.f7ec6ap-5f, 0x1.35f4b8p-5f, 0x1.529cbp-6f, 0x1.5fd1d6p-7f, 0x1.453cfp-8f, 0x1.208d02p-9f, 0x1.ab7c08p-11f, 0x1.ae390ap-17f},
    {0x1.9ff69cp-4f, 0x1.4a9a9p-2f, 0x1.8cd1a2p-2f, 0x1.4c05d8p-2f, 0x1.7abc7ap-3f, 0x1.d526a6p-5f, -0x1.e1ca6ep-7f, -0x1.75e1bp-5f,
     -0x1.8ca4d6p-5f, -0x1.3de004p-5f, -0x1.a8a576p-6f, -0x1.01709p-6f, -0x1.119d96p-7f, -0x1.111aaep-8f, -0x1.c76accp-10f,
     -0x1.4302f4p-15f},
    {0x1.077a8ap-2f, 0x1.24beeep-3f, 0x1.0295f2p-6f, -0x1.d4f42ep-4f, -0x1.24d5e8p-3f, -0x1.b32f82p-4f, -0x1.d1c396p-5f, -0x1.0399dcp-6f,
     0x1.a57016p-8f, 0x1.fec0f2p-7f, 0x1.01ccfep-6f, 0x1.8f4d94p-7f, 0x1.01abbep-7f, 0x1.2b51e6p-8f, 0x1.206a3ap-9f, 0x1.2d1b86p-14f},
    {-0x1.3b8a42p-5f, -0x1.cb7488p-4f, -0x1.d2b592p-4f, -0x1.bc41bcp-5f, 0x1.2bdfep-7f, 0x1.47fbfp-5f, 0x1.4d0356p-5f, 0x1.c9c2c8p-6f,
     0x1.d45fc2p-7f, 0x1.cf9c3cp-9f, -0x1.461c8p-9f, -0x1.20c14cp-8f, -0x1.0f9694p-8f, -0x1.8ecf4ap-9f, -0x1.d44c88p-10f, -0x1.7d8b7p-14f},
    {-0x1.d979dep-5f, -0x1.4d1d26p-6f, 0x1.106ae8p-6f, 0x1.4e3408p-5f, 0x1.e30c6ap-6f, 0x1.00fe3ep-7f, -0x1.6d6a42p-8f, -0x1.55f83ep-7f,
     -0x1.39147p-7f, -0x1.9e06dp-8f, -0x1.74b2ap-9f, -0x1.09fa04p-11f, 0x1.8af82p-11f, 0x1.1a44eep-10f, 0x1.d9667cp-11f, 0x1.6ba646p-14f},
    {0x1.11216ap-7f, 0x1.83c062p-6f, 0x1.40b4p-6f, 0x1.5ad2d2p-10f, -0x1.4d9e44p-7f, -0x1.424f18p-7f, -0x1.4db014p-8f, -0x1.aa7c4p-11f,
     0x1.92584ep-10f, 0x1.25cfa2p-9f, 0x1.0b2674p-9f, 0x1.4f4426p-10f, 0x1.04b85ap-11f, 0x1.2de37cp-16f, -0x1.afabd8p-13f, -0x1.1c925p-14f},
    {0x1.d2a3ccp-8f, 0x1.c27be8p-9f, -0x1.6ad85ap-8f, -0x1.bfe3f8p-8f, -0x1.fcea5ap-10f, 0x1.ed866ap-10f, 0x1.514756p-9f, 0x1.8c906p-10f,
     0x1.57138ap-11f, 0x1.c8bf96p-15f, -0x1.18d5cp-11f, -0x1.4823dp-11f, -0x1.ab0dd8p-12f, -0x1.caaf88p-13f, -0x1.3158e6p-14f,
     0x1.044692p-15f},
};
#endif
