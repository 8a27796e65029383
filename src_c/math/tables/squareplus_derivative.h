/* (1 - a / sqrt(a^2 + 4)) / 2: 16 segments, segment = bits 21..24 of a + 1: four per octave.
 * Row 0 the centres, row 1 c0, then c1 .. c7 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_SQUAREPLUS_DERIVATIVE_H
#define FASTACT_TABLE_SQUAREPLUS_DERIVATIVE_H
enum { squareplus_derivative_degree = 7 };
static const float squareplus_derivative_table[9][16] ALIGNED(64) = {
    {0x1.432f62p+0f, 0x1.c171ap+0f, 0x1.2050dcp+1f, 0x1.60e266p+1f, 0x1.c24e64p+1f, 0x1.201e76p+2f, 0x1.60828ep+2f, 0x1.a0e348p+2f,
     0x1.01e46ap+3f, 0x1.4062dap+3f, 0x1.80070ep+3f, 0x1.bf2c6ap+3f, 0x0p+0f, 0x1.8253f2p-2f, 0x1.3ea602p-1f, 0x1.bc7c0cp-1f},
    {0x1.dd69bp-3f, 0x1.5c7688p-3f, 0x1.02486p-3f, 0x1.8645cp-4f, 0x1.0b991p-4f, 0x1.60c5ep-5f, 0x1.ebe98p-6f, 0x1.68d14p-6f, 0x1.e2588p-7f,
     0x1.3d6cp-7f, 0x1.bdc7fep-8f, 0x1.4a89p-8f, 0x1p-1f, 0x1.a11784p-2f, 0x1.67df04p-2f, 0x1.34228cp-2f},
    {-0x1.359a36p-3f, -0x1.b2a43p-4f, -0x1.2bb908p-4f, -0x1.9eab6ap-5f, -0x1.ee72a4p-6f, -0x1.121d74p-6f, -0x1.45b42cp-7f, -0x1.9e4a3ep-8f,
     -0x1.c9deb4p-9f, -0x1.ec9ddap-10f, -0x1.23212ep-10f, -0x1.74bee4p-11f, -0x1p-2f, -0x1.e5d6b4p-3f, -0x1.bdb78ap-3f, -0x1.8b3382p-3f},
    {0x1.a33d92p-5f, 0x1.433b8cp-5f, 0x1.be6d0ap-6f, 0x1.27a494p-6f, 0x1.3ea788p-7f, 0x1.311da6p-8f, 0x1.3977fcp-9f, 0x1.5cbb4p-10f,
     0x1.411b7ap-11f, 0x1.1be2cp-12f, 0x1.1b3df4p-13f, 0x1.39a976p-14f, 0x1.b68fb6p-30f, 0x1.097e62p-5f, 0x1.7b5c2ep-5f, 0x1.b10a54p-5f},
    {-0x1.77ffcp-8f, -0x1.20b29ap-7f, -0x1.da8eaap-8f, -0x1.456baep-8f, -0x1.4f96bap-9f, -0x1.1efdb4p-10f, -0x1.03550ep-11f,
     -0x1.fd9028p-13f, -0x1.8a2ee6p-14f, -0x1.1ff092p-15f, -0x1.e67f22p-17f, -0x1.d2d44ap-18f, 0x1.ffffa6p-6f, 0x1.848aeap-6f,
     0x1.c5fa12p-7f, 0x1.13bb2p-8f},
    {-0x1.f68ef8p-9f, 0x1.c49472p-14f, 0x1.2bdac8p-10f, 0x1.0d80a8p-10f, 0x1.291decp-11f, 0x1.dd20bep-13f, 0x1.839a3ep-14f, 0x1.543af2p-15f,
     0x1.be3552p-17f, 0x1.0ef2acp-18f, 0x1.84e6d8p-20f, 0x1.43f302p-21f, 0x1.b3afeep-20f, -0x1.26bf96p-7f, -0x1.5734eap-7f,
     -0x1.1eef8ap-7f},
    {0x1.30f1c8p-9f, 0x1.cff9d8p-11f, 0x1.6df15p-14f, -0x1.f272dp-14f, -0x1.ab6022p-14f, -0x1.617d14p-15f, -0x1.0a5d12p-16f,
     -0x1.a7aec6p-18f, -0x1.dc60c4p-20f, -0x1.e43ffep-22f, -0x1.285d9ap-23f, -0x1.ad897ap-25f, -0x1.80fd14p-8f, -0x1.710ae8p-9f,
     0x1.3e0c7ap-12f, 0x1.21e27ap-9f},
    {-0x1.9d6ff8p-12f, -0x1.b20f0ap-12f, -0x1.2a6dbcp-13f, -0x1.3e01a6p-16f, 0x1.950fb4p-17f, 0x1.cd72d6p-18f, 0x1.559ecep-19f,
     0x1.ebeef2p-21f, 0x1.f3477cp-23f, 0x1.a86a8cp-25f, 0x1.b8b2bp-27f, 0x1.18b132p-28f, 0x1.267a4p-14f, 0x1.1c4f28p-9f, 0x1.c73842p-10f,
     0x1.5ec41p-11f},
    {-0x1.72ff96p-13f, 0x1.60c592p-14f, 0x1.ecde3p-15f, 0x1.2da96ep-16f, 0x1.c97ecep-22f, -0x1.e60952p-21f, -0x1.9272d8p-22f,
     -0x1.26144p-23f, -0x1.f8b84p-26f, -0x1.652978p-28f, -0x1.348f9ap-30f, -0x1.54f8bap-32f, 0x1.1b4d8ap-10f, 0x1.2cceaap-14f,
     -0x1.993f08p-12f, -0x1.ccecd4p-12f},
};
#endif
