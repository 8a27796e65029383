/* tanh(a): 16 segments, segment = bits 21..24 of a + 0.625: four per octave.
 * Row 0 the centres, row 1 c0, then c1 .. c6 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_TANH_H
#define FASTACT_TABLE_TANH_H
enum { tanh_degree = 6 };
static const float tanh_table[8][16] ALIGNED(64) = {
    {0x1.a5699ep+0f, 0x1.10b39p+1f, 0x1.4e2318p+1f, 0x1.9050dp+1f, 0x1.f52988p+1f, 0x1.36efd6p+2f, 0x1.754d8p+2f, 0x1.b8bf2p+2f,
     0x1.03ae5ap+3f, 0x0p+0f, 0x1.7e54fap-3f, 0x1.43c442p-2f, 0x1.044768p-1f, 0x1.85c80ep-1f, 0x1.ffba8ep-1f, 0x1.428d1ap+0f},
    {0x1.db4d9ap-1f, 0x1.f1c0eep-1f, 0x1.fa7f6p-1f, 0x1.fe0966p-1f, 0x1.ff97ep-1f, 0x1.fff034p-1f, 0x1.fffdcp-1f, 0x1.ffffbap-1f,
     0x1.fffffap-1f, 0x0p+0f, 0x1.79f38ep-3f, 0x1.396476p-2f, 0x1.dfe988p-2f, 0x1.489ee6p-1f, 0x1.85d27ep-1f, 0x1.b3bd6ep-1f},
    {0x1.1b0dd8p-3f, 0x1.c18a9p-5f, 0x1.5e4394p-6f, 0x1.f5a358p-8f, 0x1.a05736p-10f, 0x1.f97ae8p-13f, 0x1.20008cp-15f, 0x1.180148p-18f,
     0x1.801dc8p-22f, 0x1.cff5fap-34f, 0x1.ee9006p-1f, 0x1.d00b26p-1f, 0x1.8f8a88p-1f, 0x1.2d1438p-1f, 0x1.ae66ap-2f, 0x1.1a52bp-2f},
    {-0x1.06c4p-3f, -0x1.b50858p-5f, -0x1.5a7fdep-6f, -0x1.f3b6ecp-8f, -0x1.a00908p-10f, -0x1.f9672ap-13f, -0x1.1ffa82p-15f,
     -0x1.18021p-18f, -0x1.7fc86p-22f, -0x1.e5bc46p-25f, -0x1.6d1454p-3f, -0x1.1c09dap-2f, -0x1.76806p-2f, -0x1.827cdp-2f, -0x1.47b1eap-2f,
     -0x1.e08b66p-3f},
    {0x1.2b316ep-4f, 0x1.130898p-5f, 0x1.c4087p-7f, 0x1.4a91bap-8f, 0x1.14ab42p-10f, 0x1.508372p-13f, 0x1.7fa4f4p-16f, 0x1.74f4cep-19f,
     0x1.fcd894p-23f, -0x1.5553f8p-2f, -0x1.28056ap-2f, -0x1.bcddb6p-3f, -0x1.6b64a6p-4f, 0x1.7ab944p-5f, 0x1.a81f2p-4f, 0x1.b982c2p-4f},
    {-0x1.9abcfap-6f, -0x1.e6dbcp-7f, -0x1.b06baap-8f, -0x1.4578ap-9f, -0x1.12f59ap-11f, -0x1.50cf98p-14f, -0x1.80c93ap-17f,
     -0x1.74aa7p-20f, -0x1.0250f4p-23f, -0x1.74e1aap-13f, 0x1.cdfea6p-4f, 0x1.45716ep-3f, 0x1.4ee582p-3f, 0x1.89e6aap-4f, 0x1.c80c7ep-6f,
     -0x1.bb491cp-7f},
    {0x1.be7518p-10f, 0x1.22d6eep-8f, 0x1.3c529cp-9f, 0x1.fcd47ap-11f, 0x1.c6ccb8p-13f, 0x1.183ccep-15f, 0x1.3eca62p-18f, 0x1.370512p-21f,
     0x1.c35f1cp-25f, 0x1.16b8a2p-3f, 0x1.8cc466p-4f, 0x1.677952p-5f, -0x1.dce892p-6f, -0x1.048c2ep-4f, -0x1.7b627ep-5f, -0x1.2d668ap-6f},
    {0x1.13fa24p-8f, -0x1.171b48p-11f, -0x1.4db1fcp-11f, -0x1.3e2882p-12f, -0x1.4291ecp-14f, -0x1.68de54p-17f, -0x1.8891c2p-20f,
     -0x1.a6fe34p-23f, -0x1.046e42p-26f, -0x1.452a14p-6f, -0x1.009fe2p-4f, -0x1.164632p-4f, -0x1.a01006p-5f, -0x1.66458ap-10f,
     0x1.337f5cp-6f, 0x1.f26638p-7f},
};
#endif
