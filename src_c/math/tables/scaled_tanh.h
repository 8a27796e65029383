/* 1.7159 tanh(0.67 a): 16 segments, segment = bits 21..24 of a + 1: four per octave.
 * Row 0 the centres, row 1 c0, then c1 .. c6 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_SCALED_TANH_H
#define FASTACT_TABLE_SCALED_TANH_H
enum { scaled_tanh_degree = 6 };
static const float scaled_tanh_table[8][16] ALIGNED(64) = {
    {0x1.433422p+0f, 0x1.bb8332p+0f, 0x1.1f4bccp+1f, 0x1.5e8658p+1f, 0x1.c1dffap+1f, 0x1.1e9bp+2f, 0x1.5f3746p+2f, 0x1.9f5284p+2f,
     0x1.fc8968p+2f, 0x1.417a66p+3f, 0x1.7feccap+3f, 0x1.a73334p+3f, 0x0p+0f, 0x1.7770bep-2f, 0x1.43c67cp-1f, 0x1.be0892p-1f},
    {0x1.2e9e86p+0f, 0x1.68c43ep+0f, 0x1.8de81ap+0f, 0x1.a16f54p+0f, 0x1.af6d52p+0f, 0x1.b5198ep+0f, 0x1.b6b54ep+0f, 0x1.b71f9ap+0f,
     0x1.b73fep+0f, 0x1.b744e6p+0f, 0x1.b74532p+0f, 0x1.b74536p+0f, 0x0p+0f, 0x1.a72616p-2f, 0x1.5f7268p-1f, 0x1.cd86acp-1f},
    {0x1.3542e2p-1f, 0x1.7f2e46p-2f, 0x1.a68ac4p-3f, 0x1.c8848ap-4f, 0x1.4d5206p-5f, 0x1.736026p-7f, 0x1.81718ep-9f, 0x1.933088p-11f,
     0x1.ca522ap-14f, 0x1.b79102p-18f, 0x1.014feep-21f, 0x1.8981e2p-24f, 0x1.327d44p-3f, 0x1.153dfcp+0f, 0x1.ee6d26p-1f, 0x1.aa2d7ep-1f},
    {-0x1.1d7e1cp-2f, -0x1.a5b30ap-3f, -0x1.0071e4p-3f, -0x1.22a9a8p-4f, -0x1.b6ac7ep-6f, -0x1.ef2ebp-8f, -0x1.01ea7cp-9f, -0x1.0e0bcp-11f,
     -0x1.32feb4p-14f, -0x1.268e08p-18f, -0x1.58c836p-22f, 0x1.7593e4p-17f, 0x1.2c1b4cp-21f, -0x1.65deb2p-3f, -0x1.090922p-2f,
     -0x1.2c0186p-2f},
    {0x1.39bcd2p-5f, 0x1.d57deep-5f, 0x1.71a9e6p-5f, 0x1.d30488p-6f, 0x1.79d31ep-7f, 0x1.b5ecfcp-9f, 0x1.cb8af8p-11f, 0x1.e20f9ep-13f,
     0x1.116054p-15f, 0x1.063b7ap-19f, 0x1.32ebeep-23f, 0x1.4dc194p-23f, -0x1.6056a6p-3f, -0x1.122238p-3f, -0x1.33b80ap-4f,
     -0x1.5f27aep-6f},
    {0x1.89d942p-6f, -0x1.7a34bcp-11f, -0x1.1b6ca4p-7f, -0x1.ed7386p-8f, -0x1.d571dcp-9f, -0x1.1fb236p-10f, -0x1.326716p-12f,
     -0x1.42a22ep-14f, -0x1.702cb4p-17f, -0x1.5dd972p-21f, -0x1.9b969p-25f, -0x1.976d5ep-12f, 0x1.9a0a0ep-14f, 0x1.871ea4p-5f,
     0x1.e24f42p-5f, 0x1.a4f07ap-5f},
    {-0x1.c8ef78p-7f, -0x1.ac156p-8f, -0x1.48da28p-11f, 0x1.0a18ep-10f, 0x1.aa61c4p-11f, 0x1.2bf844p-12f, 0x1.4aba16p-14f, 0x1.5f4302p-16f,
     0x1.a6a69cp-19f, 0x1.95ba9p-23f, 0x1.dc5b7ap-27f, 0x1.dba06ap-20f, 0x1.faab16p-6f, 0x1.18ca3ap-6f, -0x1.6f0222p-13f, -0x1.6b2352p-7f},
    {0x1.a6f49cp-10f, 0x1.619df8p-9f, 0x1.1eb69ap-10f, 0x1.3541b8p-13f, -0x1.e4ecfcp-14f, -0x1.de3352p-15f, -0x1.1ca126p-16f,
     -0x1.33ab2cp-18f, -0x1.5fb1f2p-21f, -0x1.7fe2ap-25f, -0x1.a632dep-29f, 0x1.bbd2f4p-9f, -0x1.32fe1ap-9f, -0x1.5d1394p-7f,
     -0x1.543f82p-7f, -0x1.4f4b56p-8f},
};
#endif
