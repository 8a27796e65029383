/* gelu'(-a): 16 segments, segment i holds a with round(a (0.0643 a + 2.45)) = i; segment 2 is centred on the root.
 * Row 0 the centres, row 1 c0, then c1 .. c7 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_GELU_DERIVATIVE_H
#define FASTACT_TABLE_GELU_DERIVATIVE_H
enum { gelu_derivative_degree = 7 };
static const float gelu_derivative_table[9][16] ALIGNED(64) = {
    {0x1.e9cddp-4f, 0x1.bdbe2ep-2f, 0x1.80ead2p-1f, 0x1.371dfp+0f, 0x1.9bd3bep+0f, 0x1.fdee88p+0f, 0x1.2bd6d4p+1f, 0x1.58c45cp+1f,
     0x1.88094ap+1f, 0x1.b420a2p+1f, 0x1.e261d8p+1f, 0x1.0520d6p+2f, 0x1.1a7428p+2f, 0x1.3049eap+2f, 0x1.455d22p+2f, 0x1.6a71cp+2f},
    {0x1.9ec33p-2f, 0x1.63c3cp-3f, 0x0p+0f, -0x1.e9ab4p-4f, -0x1.f4386p-4f, -0x1.60aecp-4f, -0x1.9e118p-5f, -0x1.9a188p-6f, -0x1.4bc6p-7f,
     -0x1.ede4p-9f, -0x1.2f48p-10f, -0x1.86a01ap-12f, -0x1.9e009ep-14f, -0x1.77fe84p-16f, -0x1.4000fep-18f, -0x1.fecd2p-23f},
    {-0x1.92b4dcp-1f, -0x1.5062acp-1f, -0x1.b9d99p-2f, -0x1.9867e2p-4f, 0x1.0767f4p-4f, 0x1.ba3c62p-4f, 0x1.6e9d48p-4f, 0x1.c88b4cp-5f,
     0x1.bb0a64p-6f, 0x1.7a8c18p-7f, 0x1.06eaaap-8f, 0x1.73c2bcp-10f, 0x1.af0384p-12f, 0x1.a974d6p-14f, 0x1.85cadcp-16f, 0x1.5da04p-20f},
    {0x1.82a2b4p-4f, 0x1.342dcap-2f, 0x1.8d9a94p-2f, 0x1.2b46a6p-2f, 0x1.fce1e4p-4f, 0x1.ce01f4p-10f, -0x1.6e435ap-5f, -0x1.7cd6dep-5f,
     -0x1.ee9e28p-6f, -0x1.fead7ap-7f, -0x1.9e374p-8f, -0x1.476e0ep-9f, -0x1.a52246p-11f, -0x1.c89fc8p-13f, -0x1.c5db02p-15f,
     -0x1.ce616cp-19f},
    {0x1.07a6cp-2f, 0x1.4f9c98p-3f, 0x1.2a2e5cp-6f, -0x1.0e827p-3f, -0x1.14f6ccp-3f, -0x1.2cd33ep-4f, -0x1.2d6bfp-6f, 0x1.52ca38p-7f,
     0x1.077098p-6f, 0x1.7998a8p-7f, 0x1.7db2dap-8f, 0x1.5c25fp-9f, 0x1.fbabf4p-11f, 0x1.32ef44p-12f, 0x1.4e77f2p-14f, 0x1.87a2fcp-18f},
    {-0x1.206c6cp-5f, -0x1.ae0498p-4f, -0x1.d2f9fcp-4f, -0x1.372b3ap-5f, 0x1.c4d602p-6f, 0x1.7168e4p-5f, 0x1.f6c9f4p-6f, 0x1.65aafap-7f,
     -0x1.5869fap-10f, -0x1.187394p-8f, -0x1.ad8ff8p-9f, -0x1.e355bap-10f, -0x1.9f389ap-11f, -0x1.1eae0ep-12f, -0x1.5bb736p-14f,
     -0x1.d7af1cp-18f},
    {-0x1.d2caa2p-5f, -0x1.b97e22p-6f, 0x1.e4ab5ep-7f, 0x1.4dca24p-5f, 0x1.691784p-6f, -0x1.2f2502p-9f, -0x1.7f5f94p-7f, -0x1.39af26p-7f,
     -0x1.e8b676p-9f, -0x1.71f13cp-13f, 0x1.ee2accp-11f, 0x1.ab9094p-11f, 0x1.d7a2eep-12f, 0x1.8402cap-13f, 0x1.0c025p-14f,
     0x1.b51824p-18f},
    {0x1.d7bcfap-8f, 0x1.60b6ccp-6f, 0x1.3d5e92p-6f, -0x1.9f2828p-10f, -0x1.7b76eap-7f, -0x1.04d4ccp-7f, -0x1.34d5d4p-10f, 0x1.3de11ep-9f,
     0x1.366fdp-9f, 0x1.13f7aep-10f, 0x1.b42096p-14f, -0x1.61b0a2p-13f, -0x1.5ed79ep-13f, -0x1.7ce9d8p-14f, -0x1.39a02p-15f,
     -0x1.60c898p-18f},
    {0x1.498a1cp-8f, 0x1.b63ba8p-9f, -0x1.504288p-8f, -0x1.a4ded4p-8f, -0x1.480d1cp-10f, 0x1.4ee098p-9f, 0x1.3cda7ep-9f, 0x1.66666p-11f,
     -0x1.9d10aep-12f, -0x1.1c6cfep-11f, -0x1.0e408cp-12f, -0x1.ad2166p-15f, 0x1.b8fe8ap-16f, 0x1.001316p-15f, 0x1.2ae834p-16f,
     0x1.8c8bc4p-19f},
};
#endif
