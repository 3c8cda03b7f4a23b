// An exponential function of our own in vectors: reduction by ln 2, a polynomial of degree 13 on [−ln2/2, ln2/2], about
// 2 ulp. It does not care for special values.
#pragma once
#ifdef __AVX512F__
#include <immintrin.h>
#define HAS_AVX512 1
#define DEFINE_EXP(T, NAME, SET1, MUL, FNMADD, FMADD, ROUND, SCALEF) static inline T NAME(T x) { \
  T n = ROUND(MUL(x, SET1(1.4426950408889634))), r = FNMADD(n, SET1(6.93147180369123816490e-01), x); \
  r = FNMADD(n, SET1(1.90821492927058770002e-10), r); \
  T r2 = MUL(r, r), r4 = MUL(r2, r2), r8 = MUL(r4, r4); \
  T a0 = FMADD(SET1(1.0), r, SET1(1.0)), a1 = FMADD(SET1(1.66666666666667e-01), r, SET1(0.5)), \
    a2 = FMADD(SET1(8.33333333333333e-03), r, SET1(4.16666666666667e-02)), a3 = FMADD(SET1(1.98412698412698e-04), r, SET1(1.38888888888889e-03)), \
    a4 = FMADD(SET1(2.7557319223986e-06), r, SET1(2.48015873015873e-05)), a5 = FMADD(SET1(2.50521083854417e-08), r, SET1(2.75573192239859e-07)), \
    a6 = FMADD(SET1(1.60590438368216e-10), r, SET1(2.08767569878681e-09)); \
  T b0 = FMADD(a1, r2, a0), b1 = FMADD(a3, r2, a2), b2 = FMADD(a5, r2, a4); \
  return SCALEF(FMADD(FMADD(a6, r4, b2), r8, FMADD(b1, r4, b0)), n); }
#define ROUND128(x) _mm_roundscale_pd(x, 8)
#define ROUND512(x) _mm512_roundscale_pd(x, 8)
#endif
