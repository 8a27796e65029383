/* sigmoid(-2 u(a)): 16 segments, segment i holds a with round(a (0.426 a + 1.6)) = i.
 * Row 0 the centres, row 1 c0, then c1 .. c6 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_GELU_TANH_H
#define FASTACT_TABLE_GELU_TANH_H
enum { gelu_tanh_degree = 6 };
static const float gelu_tanh_table[8][16] ALIGNED(64) = {
    {0x0p+0f, 0x1.22a3a8p-1f, 0x1.fcceb2p-1f, 0x1.67ed62p+0f, 0x1.bf1d9ap+0f, 0x1.072e5p+1f, 0x1.2cbfaep+1f, 0x1.4e80cep+1f, 0x1.6d8cc8p+1f,
     0x1.8e327p+1f, 0x1.a94f42p+1f, 0x1.c5dd16p+1f, 0x1.e0f9ep+1f, 0x1.fb49f8p+1f, 0x1.0aa12cp+2f, 0x1.3316cp+2f},
    {0x1p-1f, 0x1.2406ep-2f, 0x1.4856p-3f, 0x1.47cffp-4f, 0x1.4b194p-5f, 0x1.44a68p-6f, 0x1.2ec3p-7f, 0x1.1a1e02p-8f, 0x1.0465fcp-9f,
     0x1.aad808p-11f, 0x1.7cefe4p-12f, 0x1.2fdf7ep-13f, 0x1.d9827ap-15f, 0x1.6205dap-16f, 0x1.f3cb7p-18f, 0x1.7ef5ccp-23f},
    {-0x1.988454p-2f, -0x1.5b825ep-2f, -0x1.f23b66p-3f, -0x1.306dfp-3f, -0x1.653bc2p-4f, -0x1.8de39cp-5f, -0x1.a094cp-6f, -0x1.ad7514p-7f,
     -0x1.b237bp-8f, -0x1.870992p-9f, -0x1.78e912p-10f, -0x1.45a3e4p-11f, -0x1.11560cp-12f, -0x1.b6ceb6p-14f, -0x1.4bce96p-15f,
     -0x1.39257ep-20f},
    {0x1.6d50c6p-21f, 0x1.8ba348p-4f, 0x1.ee6432p-4f, 0x1.a979a4p-4f, 0x1.35cdd8p-4f, 0x1.97c30cp-5f, 0x1.ec687p-6f, 0x1.1e2cecp-6f,
     0x1.419794p-7f, 0x1.4270b2p-8f, 0x1.52ef2p-9f, 0x1.4016cep-10f, 0x1.23bf8cp-11f, 0x1.fa57dap-13f, 0x1.9cb428p-14f, 0x1.ea5716p-19f},
    {0x1.11a306p-4f, 0x1.387d18p-5f, 0x1.7ab2c6p-14f, -0x1.8a01fep-6f, -0x1.de5d7ap-6f, -0x1.a31a66p-6f, -0x1.37431ep-6f, -0x1.a7d626p-7f,
     -0x1.0fb1fep-7f, -0x1.35f70ap-8f, -0x1.68b6b6p-9f, -0x1.797d44p-10f, -0x1.79da44p-11f, -0x1.65e918p-12f, -0x1.3d1aaap-13f,
     -0x1.d18e28p-18f},
    {0x1.071706p-13f, -0x1.658e2ap-6f, -0x1.4a090ap-6f, -0x1.172d64p-7f, 0x1.93d56ap-12f, 0x1.3ca884p-8f, 0x1.87127ep-8f, 0x1.5eca1ap-8f,
     0x1.113e6ep-8f, 0x1.72de6ep-9f, 0x1.eb0ebcp-10f, 0x1.2358aep-10f, 0x1.4608d4p-11f, 0x1.5609a6p-12f, 0x1.4d6c32p-13f, 0x1.2d4ef2p-17f},
    {-0x1.617c6ap-7f, -0x1.a4f168p-9f, 0x1.10d024p-8f, 0x1.8ba24cp-8f, 0x1.0c1ad2p-8f, 0x1.bc1718p-10f, -0x1.4fecbcp-19f, -0x1.ab5462p-11f,
     -0x1.16e5bap-10f, -0x1.0457p-10f, -0x1.a3ce5ap-11f, -0x1.289f88p-11f, -0x1.7ffbd6p-12f, -0x1.c9c1bep-13f, -0x1.f4fc2cp-14f,
     -0x1.7f14d4p-17f},
    {0x1.62ffdap-10f, 0x1.a9903ap-9f, 0x1.0a39f4p-9f, -0x1.ec0c52p-13f, -0x1.49a536p-10f, -0x1.3df16ep-10f, -0x1.93d54ap-11f,
     -0x1.6d328ap-12f, -0x1.b7b02p-15f, 0x1.b8dep-14f, 0x1.6a4adap-13f, 0x1.698db2p-13f, 0x1.26d27cp-13f, 0x1.a452ep-14f, 0x1.10c0f2p-14f,
     0x1.755cd8p-17f},
};
#endif
