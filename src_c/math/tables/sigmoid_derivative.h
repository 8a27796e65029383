/* exp(-a) / (1 + exp(-a))^2: 16 segments, segment i holds a with round(1.6 a) = i.
 * Row 0 the centres, row 1 c0, then c1 .. c6 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_SIGMOID_DERIVATIVE_H
#define FASTACT_TABLE_SIGMOID_DERIVATIVE_H
enum { sigmoid_derivative_degree = 6 };
static const float sigmoid_derivative_table[8][16] ALIGNED(64) = {
    {0x1.41c758p-3f, 0x1.3a6b66p-1f, 0x1.3efb98p+0f, 0x1.e0c32cp+0f, 0x1.415ca6p+1f, 0x1.915082p+1f, 0x1.df17a4p+1f, 0x1.18eep+2f,
     0x1.3f0d3ep+2f, 0x1.68da7cp+2f, 0x1.8f13ep+2f, 0x1.b92912p+2f, 0x1.deeba8p+2f, 0x1.04977cp+3f, 0x1.18112ep+3f, 0x1.2bef6cp+3f},
    {0x1.fcda66p-3f, 0x1.d29bb4p-3f, 0x1.634cbcp-3f, 0x1.d72cb8p-4f, 0x1.1c9004p-4f, 0x1.472db4p-5f, 0x1.724eb6p-6f, 0x1.8ca3p-7f,
     0x1.ba1a2cp-8f, 0x1.cf27b2p-9f, 0x1.ff65ep-10f, 0x1.097774p-10f, 0x1.26939p-11f, 0x1.308f9p-12f, 0x1.4b8436p-13f, 0x1.6469dep-14f},
    {-0x1.3f250ap-6f, -0x1.15ddc2p-4f, -0x1.891ea4p-4f, -0x1.5a32fap-4f, -0x1.e39feep-5f, -0x1.2be864p-5f, -0x1.612bf8p-6f, -0x1.82ea5ep-7f,
     -0x1.b418bep-8f, -0x1.cbdec6p-9f, -0x1.fd6614p-10f, -0x1.08edacp-10f, -0x1.263ec6p-11f, -0x1.306242p-12f, -0x1.4b696p-13f,
     -0x1.645a5cp-14f},
    {-0x1.f37872p-5f, -0x1.568146p-5f, -0x1.d13694p-9f, 0x1.23f124p-6f, 0x1.4be426p-6f, 0x1.f18d3ap-7f, 0x1.4016fep-7f, 0x1.6fd496p-8f,
     0x1.a83536p-9f, 0x1.c555ep-10f, 0x1.f96978p-11f, 0x1.07da86p-11f, 0x1.259552p-12f, 0x1.3007bp-13f, 0x1.4b33b6p-14f, 0x1.643b58p-15f},
    {0x1.a5994p-8f, 0x1.412a0cp-6f, 0x1.1b8938p-6f, 0x1.5f3d54p-8f, -0x1.acfa9cp-10f, -0x1.a0789cp-9f, -0x1.5731e8p-9f, -0x1.b8f5p-10f,
     -0x1.0b3258p-10f, -0x1.259472p-11f, -0x1.4ba5eep-12f, -0x1.5cf192p-13f, -0x1.85ae12p-14f, -0x1.946d9ep-15f, -0x1.b90a88p-16f,
     -0x1.daa66p-17f},
    {0x1.43b002p-7f, 0x1.e9e806p-9f, -0x1.18d144p-8f, -0x1.0f1148p-8f, -0x1.7f435p-10f, -0x1.777a0ap-17f, 0x1.7a7a64p-12f, 0x1.5a2198p-12f,
     0x1.d96216p-13f, 0x1.148064p-13f, 0x1.41275p-14f, 0x1.573f52p-15f, 0x1.8233fp-16f, 0x1.9289d2p-17f, 0x1.b7efa4p-18f, 0x1.da035ep-19f},
    {-0x1.5fb6b8p-10f, -0x1.b44fb6p-9f, -0x1.2df57ep-10f, 0x1.9912dap-11f, 0x1.70129ap-11f, 0x1.0999e6p-12f, 0x1.14ecc8p-15f,
     -0x1.09c158p-15f, -0x1.1bd09cp-15f, -0x1.850608p-16f, -0x1.e1744ap-17f, -0x1.0a4528p-17f, -0x1.303154p-18f, -0x1.4015f2p-19f,
     -0x1.5f616ap-20f, -0x1.7b7ae4p-21f},
    {-0x1.5e4a7ap-10f, -0x1.c4725ep-17f, 0x1.a41f54p-11f, 0x1.62f7e2p-13f, -0x1.07ce92p-13f, -0x1.874fd2p-14f, -0x1.170878p-15f,
     -0x1.5ba9ap-18f, 0x1.1ed834p-19f, 0x1.7a3118p-19f, 0x1.0fa03cp-19f, 0x1.4b75aep-20f, 0x1.7b80fap-21f, 0x1.a5c242p-22f, 0x1.ccd0acp-23f,
     0x1.f4ddacp-24f},
};
#endif
