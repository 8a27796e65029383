/* lisht'(a): 16 segments, segment = bits 21..24 of a + 0.75: four per octave.
 * Row 0 the centres, row 1 c0, then c1 .. c6 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_LISHT_DERIVATIVE_H
#define FASTACT_TABLE_LISHT_DERIVATIVE_H
enum { lisht_derivative_degree = 6 };
static const float lisht_derivative_table[8][16] ALIGNED(64) = {
    {0x1.7b1e8ep+0f, 0x1.0137fcp+1f, 0x1.3fa2aap+1f, 0x1.820e0ep+1f, 0x1.dcd6fp+1f, 0x1.2de938p+2f, 0x1.72b4bcp+2f, 0x1.b18c1p+2f,
     0x1.05f53cp+3f, 0x1.4b3332p+3f, 0x0p+0f, 0x1.4e0fbp-3f, 0x1.426d1cp-2f, 0x1.40241ap-1f, 0x1.bea8c4p-1f, 0x1.20065ap+0f},
    {0x1.2dbb26p+0f, 0x1.1aa552p+0f, 0x1.0da636p+0f, 0x1.0626ecp+0f, 0x1.01eabp+0f, 0x1.005852p+0f, 0x1.000ceap+0f, 0x1.000226p+0f,
     0x1.000028p+0f, 0x1p+0f, 0x0p+0f, 0x1.483aap-2f, 0x1.2e518ap-1f, 0x1.f9a82p-1f, 0x1.24f348p+0f, 0x1.328d4p+0f},
    {-0x1.00dc26p-3f, -0x1.0aaadep-3f, -0x1.409e5ap-4f, -0x1.396034p-5f, -0x1.9dff18p-7f, -0x1.37567ap-9f, -0x1.763386p-12f,
     -0x1.fa2c26p-15f, -0x1.2b668cp-18f, -0x1.4809ccp-24f, 0x1.ca64b2p-31f, 0x1.e5771ap+0f, 0x1.a3d5c4p+0f, 0x1.ceeedap-1f, 0x1.916d52p-2f,
     0x1.f969c8p-5f},
    {-0x1.b7ca4ep-4f, 0x1.919feep-5f, 0x1.91da8cp-5f, 0x1.cf6cb4p-6f, 0x1.50df82p-7f, 0x1.0d57f2p-9f, 0x1.4f270ap-12f, 0x1.ce5902p-15f,
     0x1.163a1ap-18f, 0x1.55153ap-21f, -0x1.e0462ep-22f, -0x1.3ccf02p-1f, -0x1.091ap+0f, -0x1.2f6cep+0f, -0x1.b5b48ap-1f, -0x1.da2526p-2f},
    {0x1.b3b784p-3f, 0x1.84f304p-6f, -0x1.948f02p-7f, -0x1.8a4008p-7f, -0x1.596674p-8f, -0x1.2ef5cap-10f, -0x1.8a9b8cp-13f,
     -0x1.16d828p-15f, -0x1.53b688p-19f, -0x1.93f67ep-25f, -0x1.5552ap+0f, -0x1.217eb6p+0f, -0x1.583ba4p-1f, 0x1.1883ccp-2f, 0x1.1438bp-1f,
     0x1.d58caep-2f},
    {-0x1.317cc2p-3f, -0x1.4ad096p-5f, -0x1.2e56f2p-8f, 0x1.42335ep-9f, 0x1.df297ep-10f, 0x1.edbfc4p-12f, 0x1.55ec3p-14f, 0x1.f2b186p-17f,
     0x1.3d3d2ep-20f, -0x1.422686p-20f, -0x1.72804ap-10f, 0x1.2e19bcp-1f, 0x1.b9d7f2p-1f, 0x1.088f5p-1f, 0x1.9b9404p-5f, -0x1.4ee046p-3f},
    {0x1.6de2aep-5f, 0x1.b01baep-6f, 0x1.ae69bp-8f, 0x1.2c0fdap-11f, -0x1.935cap-12f, -0x1.348c44p-13f, -0x1.dbcd04p-16f, -0x1.6b4a44p-18f,
     -0x1.04f83p-21f, -0x1.5d0cf6p-27f, 0x1.a4d8d4p-1f, 0x1.27a92p-1f, 0x1.f9a6bcp-4f, -0x1.a9055p-2f, -0x1.245968p-2f, -0x1.1584bap-4f},
    {0x1.3e75bap-7f, -0x1.4b6856p-7f, -0x1.e4a956p-9f, -0x1.9c87dcp-11f, 0x1.91f3e4p-17f, 0x1.124a34p-15f, 0x1.146172p-17f, 0x1.b3f948p-20f,
     0x1.191fcep-23f, 0x1.66d8e4p-21f, -0x1.43e75p-3f, -0x1.ca4acap-2f, -0x1.cef124p-2f, -0x1.724f74p-5f, 0x1.438992p-3f, 0x1.be6d06p-4f},
};
#endif
