/* 1 / (1 + exp(a)): 16 segments, segment i holds a with round(1.6 a) = i.
 * Row 0 the centres, row 1 c0, then c1 .. c6 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_SIGMOID_H
#define FASTACT_TABLE_SIGMOID_H
enum { sigmoid_degree = 6 };
static const float sigmoid_table[8][16] ALIGNED(64) = {
    {0x0p+0f, 0x1.3eed6p-1f, 0x1.3cdac8p+0f, 0x1.dbc9acp+0f, 0x1.3f885cp+1f, 0x1.908354p+1f, 0x1.de96f6p+1f, 0x1.16e328p+2f, 0x1.3f61ep+2f,
     0x1.68d7acp+2f, 0x1.905e58p+2f, 0x1.b8f52ep+2f, 0x1.dfc42cp+2f, 0x1.036efep+3f, 0x1.17d556p+3f, 0x1.2c84ecp+3f},
    {0x1p-1f, 0x1.658p-2f, 0x1.cc75e8p-3f, 0x1.143818p-3f, 0x1.37c3ep-4f, 0x1.57762p-5f, 0x1.7c89p-6f, 0x1.9e6ap-7f, 0x1.bad9p-8f,
     0x1.d0e202p-9f, 0x1.f62ffcp-10f, 0x1.0a93fep-10f, 0x1.22dff6p-11f, 0x1.3bdfcp-12f, 0x1.4dffep-13f, 0x1.5dff9ap-14f},
    {-0x1p-2f, -0x1.d160ep-3f, -0x1.64eeeap-3f, -0x1.ddedfp-4f, -0x1.200908p-4f, -0x1.490fb2p-5f, -0x1.73b264p-6f, -0x1.992c4ap-7f,
     -0x1.b7daeep-8f, -0x1.cf3be8p-9f, -0x1.f539b4p-10f, -0x1.0a4e98p-10f, -0x1.22b6a6p-11f, -0x1.3bc764p-12f, -0x1.4df242p-13f,
     -0x1.5df82p-14f},
    {0x1.3d990cp-25f, 0x1.18dcf2p-5f, 0x1.88dceap-5f, 0x1.5d029ap-5f, 0x1.e86042p-6f, 0x1.2d77f4p-6f, 0x1.626e48p-7f, 0x1.8ed2cep-8f,
     0x1.b1e924p-9f, 0x1.cbf2b2p-10f, 0x1.f34e12p-11f, 0x1.09c3eep-11f, 0x1.22640cp-12f, 0x1.3b96aap-13f, 0x1.4dd706p-14f, 0x1.5de93p-15f},
    {0x1.555042p-6f, 0x1.c2ffbep-7f, 0x1.5c2218p-10f, -0x1.7e37fp-8f, -0x1.bc0542p-8f, -0x1.4d0264p-8f, -0x1.ac2376p-9f, -0x1.f8b0ap-10f,
     -0x1.196d82p-10f, -0x1.2e45dep-11f, -0x1.4a50bp-12f, -0x1.60e8f2p-13f, -0x1.82537cp-14f, -0x1.a4468ap-15f, -0x1.bcd54cp-16f,
     -0x1.d263aap-17f},
    {0x1.e16914p-17f, -0x1.434bd6p-8f, -0x1.1dbe06p-8f, -0x1.74590ep-10f, 0x1.966c32p-12f, 0x1.a06e0ap-11f, 0x1.57e896p-11f,
     0x1.c412fap-12f, 0x1.09fadcp-12f, 0x1.25a0c8p-13f, 0x1.453df8p-14f, 0x1.5e09fap-15f, 0x1.80a55ap-16f, 0x1.a35002p-17f, 0x1.bc47d8p-18f,
     0x1.d20b34p-19f},
    {-0x1.1b715p-9f, -0x1.78687ap-11f, 0x1.b425ccp-11f, 0x1.b7e2d6p-11f, 0x1.3ff60ep-12f, 0x1.852114p-18f, -0x1.2b6428p-14f,
     -0x1.18b6fap-14f, -0x1.799abap-15f, -0x1.bb7926p-16f, -0x1.f9abeep-17f, -0x1.144b4cp-17f, -0x1.31f60ep-18f, -0x1.4ed886p-19f,
     -0x1.63cb3cp-20f, -0x1.75a00cp-21f},
    {0x1.b2f414p-13f, 0x1.23ebc6p-11f, 0x1.7e2466p-13f, -0x1.145decp-13f, -0x1.ea3e88p-14f, -0x1.6880aep-15f, -0x1.5b809ep-18f,
     0x1.604ecap-18f, 0x1.775e94p-18f, 0x1.03afe2p-18f, 0x1.3977dcp-19f, 0x1.64389cp-20f, 0x1.888cd4p-21f, 0x1.acbd7ep-22f, 0x1.d391bp-23f,
     0x1.fa5e66p-24f},
};
#endif
