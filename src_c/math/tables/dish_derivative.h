/* dish'(-a): 16 segments, segment = bits 21..24 of a + 0.34375: four per octave; segment 12 is centred on the root.
 * Row 0 the centres, row 1 c0, then c1 .. c7 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_DISH_DERIVATIVE_H
#define FASTACT_TABLE_DISH_DERIVATIVE_H
enum { dish_derivative_degree = 7 };
static const float dish_derivative_table[9][16] ALIGNED(64) = {
    {0x1.e49f0ap+0f, 0x1.34005ep+1f, 0x1.74f128p+1f, 0x1.b5c22ep+1f, 0x1.0b8ceap+2f, 0x0p+0f, 0x1.049932p-4f, 0x1.fb88dp-4f, 0x1.c1ca0ap-3f,
     0x1.623c3p-2f, 0x1.debd2cp-2f, 0x1.3b3204p-1f, 0x1.92826ep-1f, 0x1.ed9926p-1f, 0x1.492b6cp+0f, 0x1.898dccp+0f},
    {-0x1.3be18p-5f, -0x1.e6d78p-6f, -0x1.74e2p-6f, -0x1.2211p-6f, -0x1.9ce1p-7f, 0x1p-1f, 0x1.bf1ce8p-2f, 0x1.83080cp-2f, 0x1.2964f8p-2f,
     0x1.863d6p-3f, 0x1.d4d82p-4f, 0x1.878eep-5f, 0x0p+0f, -0x1.b882p-6f, -0x1.63dccp-5f, -0x1.665dcp-5f},
    {0x1.206aaap-6f, 0x1.026f3cp-6f, 0x1.7f4d44p-7f, 0x1.149658p-7f, 0x1.599a4ep-8f, -0x1p+0f, -0x1.f9d454p-1f, -0x1.e91472p-1f,
     -0x1.bc243ep-1f, -0x1.6ade68p-1f, -0x1.1636b4p-1f, -0x1.73ac1ep-2f, -0x1.a8f0cep-3f, -0x1.a80686p-4f, -0x1.ef49c8p-7f, 0x1.1ef50ap-7f},
    {0x1.77ce16p-9f, -0x1.0388acp-8f, -0x1.e8825cp-9f, -0x1.62d19ap-9f, -0x1.988bc4p-10f, -0x1.a15116p-38f, 0x1.810504p-3f, 0x1.677f5ep-2f,
     0x1.1a9db6p-1f, 0x1.5b09c4p-1f, 0x1.53dd12p-1f, 0x1.15fb3p-1f, 0x1.7af2c2p-2f, 0x1.c7c12ap-3f, 0x1.30a33ap-4f, 0x1.bb186ep-6f},
    {-0x1.66c51ap-7f, -0x1.af6a46p-11f, 0x1.4ae8a6p-11f, 0x1.4d449p-11f, 0x1.8a7d76p-12f, 0x1p+0f, 0x1.e90c5ep-1f, 0x1.aca38ep-1f,
     0x1.184e02p-1f, 0x1.fcba7ep-4f, -0x1.67c688p-3f, -0x1.551b7ap-2f, -0x1.47a8e6p-2f, -0x1.d52b46p-3f, -0x1.78c664p-4f, -0x1.46fb64p-5f},
    {0x1.5b0296p-7f, 0x1.bee15ap-10f, 0x1.507662p-13f, -0x1.468832p-14f, -0x1.35d696p-14f, 0x1.a9aae2p-23f, -0x1.630692p-2f,
     -0x1.3cb22ap-1f, -0x1.b2c2c6p-1f, -0x1.86eabcp-1f, -0x1.d1903ap-2f, -0x1.987772p-4f, 0x1.9e8ae2p-4f, 0x1.1496acp-3f, 0x1.2a8524p-4f,
     0x1.19fd7ep-5f},
    {-0x1.da111ep-8f, -0x1.5241fep-10f, -0x1.c8d084p-13f, -0x1.8df2b4p-16f, 0x1.4da038p-17f, -0x1.20017p+0f, -0x1.061184p+0f,
     -0x1.884c34p-1f, -0x1.8a4f7cp-3f, 0x1.98a342p-2f, 0x1.1a0682p-1f, 0x1.7e39f2p-2f, 0x1.d74266p-4f, -0x1.fc3a08p-7f, -0x1.442f28p-5f,
     -0x1.6644f2p-6f},
    {0x1.07853p-8f, 0x1.88f962p-11f, 0x1.1f5c5p-13f, 0x1.89e854p-16f, 0x1.0c2c28p-21f, 0x1.e07e86p-11f, 0x1.e09994p-2f, 0x1.b52df2p-1f,
     0x1.fa60eep-1f, 0x1.ffe468p-2f, -0x1.1886eap-5f, -0x1.256d5cp-2f, -0x1.8a135ap-3f, -0x1.e67396p-5f, 0x1.5a354cp-7f, 0x1.519aa4p-7f},
    {-0x1.c2e14ep-10f, -0x1.7170cep-12f, -0x1.16f546p-14f, -0x1.bbd9c2p-17f, -0x1.139bacp-20f, 0x1.3c49ap+0f, 0x1.f86eccp+0f,
     0x1.0db6c8p+2f, -0x1.2f60a6p-2f, -0x1.63822p-1f, -0x1.ecf964p-2f, -0x1.0c4f82p-3f, 0x1.e7bdb2p-4f, 0x1.c8d8e4p-5f, 0x1.7d9dd8p-8f,
     -0x1.758e5cp-9f},
};
#endif
