/* quick_gelu'(-a): 16 segments, segment i holds a with round(2.9785 a) = i; segment 2 is centred on the root.
 * Row 0 the centres, row 1 c0, then c1 .. c7 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_QUICK_GELU_DERIVATIVE_H
#define FASTACT_TABLE_QUICK_GELU_DERIVATIVE_H
enum { quick_gelu_derivative_degree = 7 };
static const float quick_gelu_derivative_table[9][16] ALIGNED(64) = {
    {0x0p+0f, 0x1.7468b6p-2f, 0x1.80974ap-1f, 0x1.e65be4p-1f, 0x1.5630d2p+0f, 0x1.b04c36p+0f, 0x1.014e48p+1f, 0x1.2c4268p+1f,
     0x1.574db8p+1f, 0x1.8330e8p+1f, 0x1.aefbfcp+1f, 0x1.d8f0bp+1f, 0x1.0203ap+2f, 0x1.16c8cap+2f, 0x1.2c760ap+2f, 0x1.42227ep+2f},
    {0x1p-1f, 0x1.ac6c68p-3f, 0x0p+0f, -0x1.d986p-5f, -0x1.95d6cp-4f, -0x1.78a8ap-4f, -0x1.2bb92p-4f, -0x1.b1714p-5f, -0x1.28f1p-5f,
     -0x1.85b3p-6f, -0x1.f363p-7f, -0x1.409p-7f, -0x1.9164p-8f, -0x1.fa1bfcp-9f, -0x1.361cp-9f, -0x1.795ffap-10f},
    {-0x1.b3b646p-1f, -0x1.67b166p-1f, -0x1.7b9cdap-2f, -0x1.baadfep-3f, -0x1.5f652cp-6f, 0x1.8fdd98p-5f, 0x1.01513ep-4f, 0x1.ca5b6p-5f,
     0x1.5f5004p-5f, 0x1.ee91b2p-6f, 0x1.4c0aeap-6f, 0x1.b82ea8p-7f, 0x1.1a85aap-7f, 0x1.6afb8ep-8f, 0x1.c3ea3ap-9f, 0x1.1692b4p-9f},
    {0x1.49b39cp-27f, 0x1.7be57ep-2f, 0x1.b30222p-2f, 0x1.62a4cep-2f, 0x1.4ad1dcp-3f, 0x1.96c7c6p-5f, 0x1.9b63d2p-11f, -0x1.1cfe96p-6f,
     -0x1.46112p-6f, -0x1.11489p-6f, -0x1.93d106p-7f, -0x1.1baa18p-7f, -0x1.7b6dfap-8f, -0x1.f5de48p-9f, -0x1.3fc1f2p-9f, -0x1.91816ep-10f},
    {0x1.a4b92cp-2f, 0x1.b407cep-3f, -0x1.7d2c28p-4f, -0x1.44717cp-3f, -0x1.1c2f7cp-3f, -0x1.2ea348p-4f, -0x1.fe98a2p-6f, -0x1.05deeep-7f,
     0x1.720022p-10f, 0x1.0ee73p-8f, 0x1.0d395cp-8f, 0x1.b09a42p-9f, 0x1.39a466p-9f, 0x1.b48adap-10f, 0x1.20c61cp-10f, 0x1.74d23cp-11f},
    {0x1.6fb638p-16f, -0x1.cd98dep-3f, -0x1.059964p-3f, -0x1.44f508p-5f, 0x1.67959p-5f, 0x1.55f8c6p-5f, 0x1.938d8ep-6f, 0x1.6a2d8p-7f,
     0x1.f5378ep-9f, 0x1.5076fep-11f, -0x1.e255e2p-12f, -0x1.6b1a6p-11f, -0x1.496c36p-11f, -0x1.004b72p-11f, -0x1.6c00c4p-12f,
     -0x1.ec874ap-13f},
    {-0x1.6e3f2p-3f, -0x1.0c9014p-5f, 0x1.82a45p-4f, 0x1.3a962p-4f, 0x1.aae708p-7f, -0x1.3b18fp-7f, -0x1.4a4c38p-7f, -0x1.8ae0f4p-8f,
     -0x1.73d928p-9f, -0x1.1d7546p-10f, -0x1.465dfp-12f, -0x1.525e62p-16f, 0x1.3e4dc4p-14f, 0x1.74c9eep-14f, 0x1.4042bep-14f,
     0x1.db7d2p-15f},
    {0x1.11dd52p-9f, 0x1.86f19ep-4f, 0x1.4ac8d8p-9f, -0x1.bcf9fp-6f, -0x1.4596e8p-6f, -0x1.cc3fbcp-9f, 0x1.a8cf4cp-10f, 0x1.fd6d5cp-10f,
     0x1.366bc6p-10f, 0x1.2aa458p-11f, 0x1.e3fc5ep-13f, 0x1.3033cap-14f, 0x1.bc4f9p-17f, -0x1.019da4p-18f, -0x1.1896b6p-17f,
     -0x1.5ba666p-17f},
    {0x1.0489bcp-4f, -0x1.341742p-8f, -0x1.39bf06p-5f, -0x1.65e594p-8f, 0x1.0f31ccp-7f, 0x1.1c79eap-8f, 0x1.a5c788p-11f, -0x1.34a78ap-12f,
     -0x1.3cc6f4p-12f, -0x1.a18eeep-13f, -0x1.d11b54p-14f, -0x1.6ec4c6p-15f, -0x1.85d762p-16f, 0x1.49a72cp-18f, -0x1.5c029ap-17f,
     -0x1.0ee482p-21f},
};
#endif
