/* 1 / (1 + exp(1.702 a)): 16 segments, segment i holds a with round(2.7232 a) = i.
 * Row 0 the centres, row 1 c0, then c1 .. c6 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_QUICK_GELU_H
#define FASTACT_TABLE_QUICK_GELU_H
enum { quick_gelu_degree = 6 };
static const float quick_gelu_table[8][16] ALIGNED(64) = {
    {0x0p+0f, 0x1.7af1fp-2f, 0x1.7b87c4p-1f, 0x1.1c44fap+0f, 0x1.7780eep+0f, 0x1.d56074p+0f, 0x1.19bcd2p+1f, 0x1.497de6p+1f, 0x1.78b71cp+1f,
     0x1.a8573ap+1f, 0x1.d4b3ep+1f, 0x1.02d0eap+2f, 0x1.1a140ep+2f, 0x1.320374p+2f, 0x1.4906bap+2f, 0x1.60c31ep+2f},
    {0x1p-1f, 0x1.63e2d4p-2f, 0x1.c3f9d8p-3f, 0x1.0ccd08p-3f, 0x1.37b7dp-4f, 0x1.5a3b4p-5f, 0x1.79d9cp-6f, 0x1.94de8p-7f, 0x1.b2a9p-8f,
     0x1.ceecp-9f, 0x1.010c02p-9f, 0x1.0c7802p-10f, 0x1.216p-11f, 0x1.324ff2p-12f, 0x1.4c402cp-13f, 0x1.618016p-14f},
    {-0x1.b3b646p-2f, -0x1.8b342cp-2f, -0x1.2bbf28p-2f, -0x1.8d73c2p-3f, -0x1.ea2b06p-4f, -0x1.1a30a4p-4f, -0x1.3a229cp-5f, -0x1.54495ep-6f,
     -0x1.6f7148p-7f, -0x1.888e2p-8f, -0x1.b4a2c8p-9f, -0x1.c87746p-10f, -0x1.ec3e92p-11f, -0x1.04987ap-11f, -0x1.1ab356p-12f,
     -0x1.2ccdaep-13f},
    {0x1.cc0268p-24f, 0x1.9a2ff8p-4f, 0x1.1cfd36p-3f, 0x1.f2e42cp-4f, 0x1.61a496p-4f, 0x1.b7b068p-5f, 0x1.fdff52p-6f, 0x1.1a6d8cp-6f,
     0x1.348bb8p-7f, 0x1.4bb46cp-8f, 0x1.721e9ap-9f, 0x1.83a824p-10f, 0x1.a27002p-11f, 0x1.bb464ap-12f, 0x1.e100fep-13f, 0x1.ffe196p-14f},
    {0x1.a4b31ep-4f, 0x1.132cbp-4f, 0x1.2810d6p-8f, -0x1.e4deb4p-6f, -0x1.11a33p-5f, -0x1.9c9da2p-6f, -0x1.065398p-6f, -0x1.308618p-7f,
     -0x1.54c6fcp-8f, -0x1.730bdep-9f, -0x1.a0a9dcp-10f, -0x1.b60e6p-11f, -0x1.d9bc8cp-12f, -0x1.f660cp-13f, -0x1.10b6f8p-13f,
     -0x1.224ebep-14f},
    {0x1.f8cp-14f, -0x1.54ccf4p-5f, -0x1.24c85ap-5f, -0x1.62dde4p-7f, 0x1.aaa542p-9f, 0x1.b4ab4ep-8f, 0x1.6750dep-8f, 0x1.d18e74p-9f,
     0x1.12601ap-9f, 0x1.32c292p-10f, 0x1.5d0d8cp-11f, 0x1.71bc8ep-12f, 0x1.9163a6p-13f, 0x1.aa86e8p-14f, 0x1.cf93a2p-15f, 0x1.edc0d2p-16f},
    {-0x1.fa052ap-6f, -0x1.451fc8p-7f, 0x1.8e6b38p-7f, 0x1.7d1678p-7f, 0x1.1d82a6p-8f, 0x1.dca7eap-14f, -0x1.0c1cbp-10f, -0x1.ef84c2p-11f,
     -0x1.4c45bap-11f, -0x1.8a6258p-12f, -0x1.cd2e76p-13f, -0x1.f0adaap-14f, -0x1.0faef6p-14f, -0x1.22067ep-15f, -0x1.3beefap-16f,
     -0x1.50daa2p-17f},
    {0x1.4a5a44p-8f, 0x1.bb64cep-7f, 0x1.23d99ep-8f, -0x1.a4b344p-9f, -0x1.7566f8p-9f, -0x1.130eep-10f, -0x1.090288p-13f, 0x1.0bf468p-13f,
     0x1.1db6bcp-13f, 0x1.8c126ap-14f, 0x1.d48d2cp-15f, 0x1.0ef0cp-15f, 0x1.2b2942p-16f, 0x1.46a4f2p-17f, 0x1.6306ccp-18f, 0x1.80dc1ep-19f},
};
#endif
