/* 1.7159 * 0.67 (1 - tanh(0.67 a)^2): 16 segments, segment i holds a with round(2.144 a) = i.
 * Row 0 the centres, row 1 c0, then c1 .. c6 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_SCALED_TANH_DERIVATIVE_H
#define FASTACT_TABLE_SCALED_TANH_DERIVATIVE_H
enum { scaled_tanh_derivative_degree = 6 };
static const float scaled_tanh_derivative_table[8][16] ALIGNED(64) = {
    {0x1.c94edp-4f, 0x1.cfd714p-2f, 0x1.de160ep-1f, 0x1.68aeeap+0f, 0x1.dec5d8p+0f, 0x1.28e648p+1f, 0x1.65ba06p+1f, 0x1.a363b4p+1f,
     0x1.ded498p+1f, 0x1.0c07cep+2f, 0x1.2a571cp+2f, 0x1.47f3a8p+2f, 0x1.656b8ap+2f, 0x1.8406acp+2f, 0x1.a1ae84p+2f, 0x1.bf755cp+2f},
    {0x1.24aba2p+0f, 0x1.0cc8fap+0f, 0x1.974af6p-1f, 0x1.0cdcf6p-1f, 0x1.486b36p-2f, 0x1.81978ep-3f, 0x1.a8e59p-4f, 0x1.c791aap-5f,
     0x1.ee9fb8p-6f, 0x1.11511ap-6f, 0x1.22c98ap-7f, 0x1.396ad6p-8f, 0x1.528adap-9f, 0x1.64ebdep-10f, 0x1.7fc2fcp-11f, 0x1.9b8606p-12f},
    {-0x1.d4826p-4f, -0x1.a8493p-2f, -0x1.2eeb7p-1f, -0x1.098a22p-1f, -0x1.75b00ap-2f, -0x1.d87e6p-3f, -0x1.0f88ap-3f, -0x1.29c1e2p-4f,
     -0x1.470494p-5f, -0x1.6b93ep-6f, -0x1.8425eep-7f, -0x1.a31ad4p-8f, -0x1.c5230ep-9f, -0x1.ddfdc8p-10f, -0x1.0109d8p-10f,
     -0x1.13ac78p-11f},
    {-0x1.025d72p-1f, -0x1.650ce2p-2f, -0x1.bba48cp-6f, 0x1.300022p-3f, 0x1.56f0aep-3f, 0x1.0524a6p-3f, 0x1.49d76p-4f, 0x1.7b552cp-5f,
     0x1.aa94e2p-6f, 0x1.e015f6p-7f, 0x1.020bc8p-7f, 0x1.17a15ap-8f, 0x1.2eeb48p-9f, 0x1.3fdffp-10f, 0x1.583652p-11f, 0x1.7146d2p-12f},
    {0x1.16123p-4f, 0x1.b9c0c6p-3f, 0x1.86208ap-3f, 0x1.d6eaa8p-5f, -0x1.23cb44p-6f, -0x1.1fbc5cp-5f, -0x1.da1fp-6f, -0x1.30b69ep-6f,
     -0x1.689fd2p-7f, -0x1.a047cap-8f, -0x1.c5e0dp-9f, -0x1.ef6eeap-10f, -0x1.0d6362p-10f, -0x1.1d135ep-11f, -0x1.331a4cp-12f,
     -0x1.49a8fep-13f},
    {0x1.2d7142p-3f, 0x1.d3f926p-5f, -0x1.060b5cp-4f, -0x1.f1a056p-5f, -0x1.67173ep-6f, -0x1.67941cp-11f, 0x1.5eee9cp-8f, 0x1.409748p-8f,
     0x1.ada47ap-9f, 0x1.063ec2p-9f, 0x1.2693cap-10f, 0x1.46639ep-11f, 0x1.65be0ap-12f, 0x1.7c300cp-13f, 0x1.9a791ep-14f, 0x1.b927a4p-15f},
    {-0x1.a137f8p-6f, -0x1.0f0964p-4f, -0x1.6f32ep-6f, 0x1.01212ap-6f, 0x1.cb47aep-7f, 0x1.5ea1c8p-8f, 0x1.4c73dap-11f, -0x1.4a22dap-11f,
     -0x1.5cae1ep-11f, -0x1.ec5f5ep-12f, -0x1.2824a8p-12f, -0x1.52eab8p-13f, -0x1.79a5b8p-14f, -0x1.950474p-15f, -0x1.b73a9ap-16f,
     -0x1.d925dap-17f},
    {-0x1.228e3cp-5f, 0x1.35bd5cp-12f, 0x1.5ec198p-6f, 0x1.277f04p-8f, -0x1.b3ffd6p-9f, -0x1.4eab3p-9f, -0x1.c1a664p-11f, -0x1.1d2406p-13f,
     0x1.e55976p-15f, 0x1.39bb84p-14f, 0x1.c33302p-15f, 0x1.15453cp-15f, 0x1.3eec96p-16f, 0x1.62a26ep-17f, 0x1.826936p-18f,
     0x1.a055f4p-19f},
};
#endif
