/* e^(t^2 / 2) Phi(-t), t = a / 0.282095: 16 segments, segment = bits 21..24 of a + 0.3125: four per octave.
 * Row 0 the centres, row 1 c0, then c1 .. c6 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_LAPLACE_H
#define FASTACT_TABLE_LAPLACE_H
enum { laplace_degree = 6 };
static const float laplace_table[8][16] ALIGNED(64) = {
    {0x1.f1b8cap+0f, 0x1.36dde4p+1f, 0x1.770966p+1f, 0x1.b6a3p+1f, 0x1.0d858cp+2f, 0x0p+0f, 0x1.8198a4p-4f, 0x1.3df18cp-3f, 0x1.f90b9ap-3f,
     0x1.811148p-2f, 0x1.0197eap-1f, 0x1.3f19c2p-1f, 0x1.a07a44p-1f, 0x1.1179eep+0f, 0x1.505818p+0f, 0x1.8e20a2p+0f},
    {0x1.d0c69p-5f, 0x1.76ad62p-5f, 0x1.37d04ap-5f, 0x1.0b3e1ap-5f, 0x1.b3e5cp-6f, 0x1p-1f, 0x1.8fd07ep-2f, 0x1.5ac24ep-2f, 0x1.1e9cfcp-2f,
     0x1.c67106p-3f, 0x1.76499ap-3f, 0x1.3f2b68p-3f, 0x1.0153c8p-3f, 0x1.96319p-4f, 0x1.50844ap-4f, 0x1.1f7bd8p-4f},
    {-0x1.cbd222p-6f, -0x1.2cbc06p-6f, -0x1.a2237cp-7f, -0x1.33d938p-7f, -0x1.9a64e4p-8f, -0x1.6a09d6p+0f, -0x1.e7968ap-1f, -0x1.81d5dp-1f,
     -0x1.17fb5ap-1f, -0x1.766d0cp-2f, -0x1.08fa42p-2f, -0x1.8c9abap-3f, -0x1.09f018p-3f, -0x1.53c896p-4f, -0x1.d94a8ap-5f,
     -0x1.5ca22ep-5f},
    {0x1.becefep-7f, 0x1.dcf0d8p-8f, 0x1.15f4eep-8f, 0x1.605b66p-9f, 0x1.80b776p-10f, 0x1.921f7ap+1f, 0x1.e3d2a8p+0f, 0x1.64820cp+0f,
     0x1.d299c2p-1f, 0x1.0f7f8cp-1f, 0x1.5239b8p-2f, 0x1.c450fcp-3f, 0x1.01a3cp-3f, 0x1.0f85bap-4f, 0x1.41b72p-5f, 0x1.9be59cp-6f},
    {-0x1.aabb36p-8f, -0x1.75c0fcp-9f, -0x1.6e71a4p-10f, -0x1.90c3dcp-11f, -0x1.670e3cp-12f, -0x1.7b1b12p+2f, -0x1.9f34ccp+1f,
     -0x1.2020b6p+1f, -0x1.5964b4p+0f, -0x1.64899p-1f, -0x1.8d251cp-2f, -0x1.e074a4p-3f, -0x1.d82994p-4f, -0x1.a08ca8p-5f, -0x1.a7f582p-6f,
     -0x1.daed2ep-7f},
    {0x1.91000ap-9f, 0x1.21a24ep-10f, 0x1.df3272p-12f, 0x1.c51ebap-13f, 0x1.4d8036p-14f, 0x1.3b56cap+3f, 0x1.3e9774p+2f, 0x1.a37e62p+1f,
     0x1.d16f48p+0f, 0x1.afb148p-1f, 0x1.b2cb9ap-2f, 0x1.e047fp-3f, 0x1.9c22e2p-4f, 0x1.33f142p-5f, 0x1.0f6c94p-6f, 0x1.0ba85ap-7f},
    {-0x1.7b4efep-10f, -0x1.c302e4p-12f, -0x1.39c676p-13f, -0x1.00461ep-14f, -0x1.3be986p-16f, -0x1.d017eep+3f, -0x1.bf7d14p+2f,
     -0x1.18c0bp+2f, -0x1.23f054p+1f, -0x1.eb1d5cp-1f, -0x1.c2a088p-2f, -0x1.c95b9ap-3f, -0x1.5df3d2p-4f, -0x1.be7776p-6f, -0x1.554c84p-7f,
     -0x1.291678p-8f},
    {0x1.5af1ecp-11f, 0x1.5252f8p-13f, 0x1.8f6e74p-15f, 0x1.13dbf2p-16f, 0x1.303ab8p-18f, 0x1.f8ef18p+3f, 0x1.232f5p+3f, 0x1.55ea2ep+2f,
     0x1.489e58p+1f, 0x1.08ae5ep+0f, 0x1.c30ff8p-2f, 0x1.998174p-3f, 0x1.15f4f6p-4f, 0x1.35fb3cp-6f, 0x1.a2c1e4p-8f, 0x1.386b08p-9f},
};
#endif
