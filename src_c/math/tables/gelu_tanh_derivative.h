/* gelu_tanh'(-a): 16 segments, segment i holds a with round(a (0.1181 a + 2.45)) = i; segment 2 is centred on the root.
 * Row 0 the centres, row 1 c0, then c1 .. c7 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_GELU_TANH_DERIVATIVE_H
#define FASTACT_TABLE_GELU_TANH_DERIVATIVE_H
enum { gelu_tanh_derivative_degree = 7 };
static const float gelu_tanh_derivative_table[9][16] ALIGNED(64) = {
    {0x1.cc177cp-4f, 0x1.c6cacp-2f, 0x1.8142ap-1f, 0x1.326ff4p+0f, 0x1.90f4p+0f, 0x1.ede654p+0f, 0x1.221bfep+1f, 0x1.4cf66ap+1f,
     0x1.7574dap+1f, 0x1.9c1718p+1f, 0x1.c600fap+1f, 0x1.ea934ap+1f, 0x1.0917d6p+2f, 0x1.1a88bp+2f, 0x1.2d9f3cp+2f, 0x1.4e0bbp+2f},
    {0x1.a49c9cp-2f, 0x1.581dp-3f, 0x0p+0f, -0x1.e0dbp-4f, -0x1.fff12p-4f, -0x1.7fbc8p-4f, -0x1.dd9ecp-5f, -0x1.f7928p-6f, -0x1.d961p-7f,
     -0x1.90eap-8f, -0x1.0c9c08p-9f, -0x1.65aff4p-11f, -0x1.713f76p-13f, -0x1.820108p-15f, -0x1.2bfa7ap-17f, -0x1.80023ep-22f},
    {-0x1.935ca2p-1f, -0x1.4d5e3p-1f, -0x1.b8baccp-2f, -0x1.c90582p-4f, 0x1.a32c6cp-5f, 0x1.b3864cp-4f, 0x1.8dfff6p-4f, 0x1.0f681p-4f,
     0x1.35f4b8p-5f, 0x1.349172p-6f, 0x1.e46812p-8f, 0x1.6e63fp-9f, 0x1.ae6908p-11f, 0x1.f4e84ap-13f, 0x1.b32028p-15f, 0x1.4c3f32p-19f},
    {0x1.6d6106p-4f, 0x1.394eb8p-2f, 0x1.8cd1a2p-2f, 0x1.3067dep-2f, 0x1.233094p-3f, 0x1.3e3ef4p-6f, -0x1.33229ap-5f, -0x1.929384p-5f,
     -0x1.3de002p-5f, -0x1.8cb386p-6f, -0x1.7cd4a2p-7f, -0x1.4fc4a6p-8f, -0x1.ca3206p-10f, -0x1.2cfd3p-11f, -0x1.27cf18p-13f,
     -0x1.11c89p-17f},
    {0x1.09d73p-2f, 0x1.465664p-3f, 0x1.0295cep-6f, -0x1.06b76ap-3f, -0x1.176d7ep-3f, -0x1.5883aep-4f, -0x1.f3c17p-6f, 0x1.c0703ep-9f,
     0x1.fec0f4p-7f, 0x1.f67e92p-7f, 0x1.4726cp-7f, 0x1.615564p-8f, 0x1.21eae2p-9f, 0x1.b73e3cp-11f, 0x1.f0df5p-13f, 0x1.1c349ap-16f},
    {-0x1.159382p-5f, -0x1.b9f67p-4f, -0x1.d2b598p-4f, -0x1.40c7acp-5f, 0x1.707308p-6f, 0x1.5e88e4p-5f, 0x1.156872p-5f, 0x1.11196ap-6f,
     0x1.cf8146p-9f, -0x1.851eb2p-9f, -0x1.24c2a2p-8f, -0x1.bb9776p-9f, -0x1.d62b6ep-10f, -0x1.aa4964p-11f, -0x1.1d148ep-12f,
     -0x1.9b7712p-16f},
    {-0x1.dfb8eep-5f, -0x1.a2230cp-6f, 0x1.1078f4p-6f, 0x1.4c8d72p-5f, 0x1.77530cp-6f, 0x1.827d8p-11f, -0x1.341d0ap-7f, -0x1.46a71cp-7f,
     -0x1.9e1d36p-8f, -0x1.3e8228p-9f, 0x1.11e0ccp-12f, 0x1.12f718p-10f, 0x1.da90b6p-11f, 0x1.1765eap-11f, 0x1.cfc4ccp-13f,
     0x1.bd478ep-16f},
    {0x1.e7410ap-8f, 0x1.759602p-6f, 0x1.40b3f2p-6f, -0x1.21c02cp-9f, -0x1.6d9aaap-7f, -0x1.0351dp-7f, -0x1.280bbep-9f, 0x1.48de4p-10f,
     0x1.2b4694p-9f, 0x1.eb7056p-10f, 0x1.bb7a92p-11f, 0x1.127f42p-13f, -0x1.b97f9p-13f, -0x1.c80a5p-13f, -0x1.082c56p-13f,
     -0x1.8ecd08p-16f},
    {0x1.c096bep-8f, 0x1.d0b1ap-9f, -0x1.6efe3ap-8f, -0x1.bc3eccp-8f, -0x1.22fd3cp-10f, 0x1.25d2e2p-9f, 0x1.218f6ap-9f, 0x1.1addc6p-10f,
     0x1.4fd07p-13f, -0x1.4ed9dcp-12f, -0x1.eda8aep-12f, -0x1.2a10bcp-12f, -0x1.7b0ab4p-14f, 0x1.c2bcfap-16f, 0x1.86a1ep-15f,
     0x1.e59a3ep-17f},
};
#endif
