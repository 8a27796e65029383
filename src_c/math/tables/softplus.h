/* log1p(exp(-a)): 16 segments, segment i holds a with round(1.6 a) = i.
 * Row 0 the centres, row 1 c0, then c1 .. c6 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_SOFTPLUS_H
#define FASTACT_TABLE_SOFTPLUS_H
enum { softplus_degree = 6 };
static const float softplus_table[8][16] ALIGNED(64) = {
    {0x1.48fa4p-3f, 0x1.498706p-1f, 0x1.3e5666p+0f, 0x1.e0a45ap+0f, 0x1.3dd682p+1f, 0x1.8f097ep+1f, 0x1.e044fp+1f, 0x1.18f364p+2f,
     0x1.3f32cep+2f, 0x1.68e13ep+2f, 0x1.8f890ap+2f, 0x1.b8434cp+2f, 0x1.df279p+2f, 0x1.03efecp+3f, 0x1.18074cp+3f, 0x1.2bfa0ap+3f},
    {0x1.3b6b36p-1f, 0x1.b062e4p-2f, 0x1.0375c8p-2f, 0x1.23843p-3f, 0x1.486cp-4f, 0x1.62dap-5f, 0x1.7c1p-6f, 0x1.93e802p-7f, 0x1.bd9ffp-8f,
     0x1.d1701p-9f, 0x1.fd3ffp-10f, 0x1.0d9faep-10f, 0x1.25bfdp-11f, 0x1.36fd38p-12f, 0x1.4bfecep-13f, 0x1.63ff5p-14f},
    {-0x1.d6f74cp-2f, -0x1.60b29cp-2f, -0x1.ca6576p-3f, -0x1.0fb81ep-3f, -0x1.3b99a8p-4f, -0x1.5b469cp-5f, -0x1.77b02ep-6f, -0x1.916d5ap-7f,
     -0x1.bc1cf6p-8f, -0x1.d09cc2p-9f, -0x1.fcc164p-10f, -0x1.0d7c32p-10f, -0x1.25aacp-11f, -0x1.36f16ap-12f, -0x1.4bf814p-13f,
     -0x1.63fb72p-14f},
    {0x1.fcb61ap-4f, 0x1.ce6f66p-4f, 0x1.63cb8ep-4f, 0x1.d7566ap-5f, 0x1.234872p-5f, 0x1.4c8dd8p-6f, 0x1.6f12e2p-7f, 0x1.8c826ap-8f,
     0x1.b91a8p-9f, 0x1.cef724p-10f, 0x1.fbc49ap-11f, 0x1.0d3546p-11f, 0x1.2580a2p-12f, 0x1.36d9ccp-13f, 0x1.4beaap-14f, 0x1.63f3b6p-15f},
    {-0x1.b2e2ccp-9f, -0x1.7fabbp-7f, -0x1.060724p-6f, -0x1.cdb18p-7f, -0x1.4887ccp-7f, -0x1.95d048p-8f, -0x1.d2fc72p-9f, -0x1.01dcccp-9f,
     -0x1.22151ep-10f, -0x1.327438p-11f, -0x1.513252p-12f, -0x1.663448p-13f, -0x1.86e57p-14f, -0x1.9e382ep-15f, -0x1.ba697ap-16f,
     -0x1.da84dep-17f},
    {-0x1.4c95ecp-8f, -0x1.b5969p-9f, -0x1.416402p-12f, 0x1.850b2cp-10f, 0x1.bd43bp-10f, 0x1.4f676cp-10f, 0x1.a792ecp-11f, 0x1.ea4c34p-12f,
     0x1.1a343ap-12f, 0x1.2e1a94p-13f, 0x1.4e99f8p-14f, 0x1.64bc6p-15f, 0x1.860cdcp-16f, 0x1.9dc0dap-17f, 0x1.ba232ep-18f, 0x1.da5c3ap-19f},
    {0x1.580a3ep-12f, 0x1.0375cap-10f, 0x1.c4b7f8p-11f, 0x1.1c3c46p-12f, -0x1.2a09cep-14f, -0x1.4b214ap-13f, -0x1.10fe16p-13f,
     -0x1.612188p-14f, -0x1.ab921cp-15f, -0x1.d6ebfp-16f, -0x1.08482cp-16f, -0x1.1bf53ap-17f, -0x1.379d3ep-18f, -0x1.4b56dep-19f,
     -0x1.629068p-20f, -0x1.7c940ap-21f},
    {0x1.51123cp-12f, 0x1.df8ce8p-14f, -0x1.2ad81ap-13f, -0x1.1dfe9p-13f, -0x1.a291b8p-15f, -0x1.417f78p-20f, 0x1.ae6914p-17f,
     0x1.70dc9p-17f, 0x1.f1818p-18f, 0x1.27d568p-18f, 0x1.4ee7p-19f, 0x1.7318f2p-20f, 0x1.92c1ecp-21f, 0x1.b1a678p-22f, 0x1.d5d582p-23f,
     0x1.f9f658p-24f},
};
#endif
