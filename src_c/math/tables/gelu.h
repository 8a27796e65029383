/* Phi(-a): 16 segments, segment i holds a with round(a (0.3133 a + 0.7)) = i.
 * Row 0 the centres, row 1 c0, then c1 .. c7 of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py. */
#ifndef FASTACT_TABLE_GELU_H
#define FASTACT_TABLE_GELU_H
enum { gelu_degree = 7 };
static const float gelu_table[9][16] ALIGNED(64) = {
    {0x0p+0f, 0x1.1062ecp+0f, 0x1.b6d6a4p+0f, 0x1.1db01ap+1f, 0x1.574d56p+1f, 0x1.8a830ep+1f, 0x1.b917fp+1f, 0x1.e4b694p+1f, 0x1.0656a4p+2f,
     0x1.196a98p+2f, 0x1.2b8fc6p+2f, 0x1.3d0164p+2f, 0x1.4d338cp+2f, 0x1.5d4ff8p+2f, 0x1.6c5c52p+2f, 0x1.7af67cp+2f},
    {0x1p-1f, 0x1.26386p-3f, 0x1.6243p-5f, 0x1.a3be7ep-7f, 0x1.df8cp-9f, 0x1.0d640cp-10f, 0x1.2a3f12p-12f, 0x1.3fff36p-14f, 0x1.5c04cep-16f,
     0x1.700ffep-18f, 0x1.7fd154p-20f, 0x1.87e94ap-22f, 0x1.9dc31ep-24f, 0x1.9d9d88p-26f, 0x1.ac8fc6p-28f, 0x1.b70128p-30f},
    {-0x1.988454p-2f, -0x1.cfe0ep-3f, -0x1.77fdbp-4f, -0x1.0ec092p-5f, -0x1.665ff6p-7f, -0x1.c4837ep-9f, -0x1.13eb1p-10f, -0x1.41d228p-12f,
     -0x1.77dea8p-14f, -0x1.a7c792p-16f, -0x1.d41528p-18f, -0x1.f7baap-20f, -0x1.16941ap-21f, -0x1.231ccep-23f, -0x1.39e28cp-25f,
     -0x1.4dbc68p-27f},
    {0x1.1908a6p-21f, 0x1.ed9236p-4f, 0x1.4243a4p-4f, 0x1.2e26ap-5f, 0x1.e096d8p-7f, 0x1.5cad02p-8f, 0x1.db69bcp-10f, 0x1.30ab6ep-11f,
     0x1.812d16p-13f, 0x1.d1da84p-15f, 0x1.11ddcap-16f, 0x1.37e26ap-18f, 0x1.6a96bep-20f, 0x1.8d3932p-22f, 0x1.bebf52p-24f,
     0x1.ee098ap-26f},
    {0x1.104feap-4f, -0x1.46cb6ap-8f, -0x1.e5ea0ap-6f, -0x1.67565p-6f, -0x1.71eccep-7f, -0x1.4082d4p-8f, -0x1.f41c72p-10f, -0x1.65c206p-11f,
     -0x1.eef612p-13f, -0x1.43befp-14f, -0x1.97c9aep-16f, -0x1.edf52cp-18f, -0x1.2f0404p-19f, -0x1.5d3654p-21f, -0x1.9ad314p-23f,
     -0x1.d9a7cep-25f},
    {0x1.d25038p-15f, -0x1.33546ep-6f, -0x1.a676e2p-12f, 0x1.8f2af8p-8f, 0x1.4fe07cp-8f, 0x1.79b51p-9f, 0x1.5f9d5ap-10f, 0x1.1fe8ecp-11f,
     0x1.bb04ccp-13f, 0x1.3d1116p-14f, 0x1.af89fap-16f, 0x1.17d7c2p-17f, 0x1.6c2e5p-19f, 0x1.bb6952p-21f, 0x1.11bde2p-22f, 0x1.49fd2p-24f},
    {-0x1.4d7952p-7f, 0x1.35752p-8f, 0x1.2d187p-8f, 0x1.2c0c26p-11f, -0x1.14f56cp-10f, -0x1.117248p-10f, -0x1.4eba42p-11f, -0x1.48d1b6p-12f,
     -0x1.20ecb8p-13f, -0x1.cc6ccp-15f, -0x1.56a7bcp-16f, -0x1.dfe01cp-18f, -0x1.4d8a2ap-19f, -0x1.af5088p-21f, -0x1.187e32p-22f,
     -0x1.62d076p-24f},
    {0x1.9648fp-12f, 0x1.b3be5ep-10f, -0x1.48174p-10f, -0x1.0da262p-10f, -0x1.b9a4c8p-13f, 0x1.3a87b4p-13f, 0x1.89a258p-13f,
     0x1.05f4e4p-13f, 0x1.14f29p-14f, 0x1.fa704ap-16f, 0x1.a3aad2p-17f, 0x1.42c794p-18f, 0x1.e289b6p-20f, 0x1.4cab78p-21f, 0x1.cddc06p-23f,
     0x1.342c54p-24f},
    {0x1.c4863cp-11f, -0x1.735436p-11f, -0x1.62fb1cp-12f, 0x1.dad16p-13f, 0x1.dc0812p-13f, 0x1.20939ap-14f, -0x1.71edf4p-17f,
     -0x1.e7b132p-16f, -0x1.83c32ep-16f, -0x1.bf3c3ap-17f, -0x1.b781aap-18f, -0x1.7df098p-19f, -0x1.3824dap-20f, -0x1.e0fbdcp-22f,
     -0x1.5d5d1ep-23f, -0x1.e96164p-25f},
};
#endif
