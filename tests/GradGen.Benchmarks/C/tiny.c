// 4-16-16-1, tanh, squared error: ½·(w3·tanh(W2·tanh(W1·x + b1) + b2) + b3 − t)². Value and all gradients but x's and t's.
#include "bench.h"
#include "exp.h"

struct weights { double w1[16 * 4], b1[16], w2[16 * 16], b2[16], w3[16], b3; };
static struct input { struct weights p; double x[4], t; } in[INPUTS];
static struct output { double value; struct weights g; } out[INPUTS];

NOINLINE static void loops(const struct input *restrict in, struct output *restrict out) {
  const struct weights *p = &in->p; const double *x = in->x; struct weights *g = &out->g; double h[16], k[16];
  for (int i = 0; i < 16; i++) { double a = p->b1[i]; for (int j = 0; j < 4; j++) a += p->w1[i * 4 + j] * x[j]; h[i] = a; }
  for (int i = 0; i < 16; i++) h[i] = tanh(h[i]);
  for (int i = 0; i < 16; i++) { double a = p->b2[i]; for (int j = 0; j < 16; j++) a += p->w2[i * 16 + j] * h[j]; k[i] = a; }
  for (int i = 0; i < 16; i++) k[i] = tanh(k[i]);
  double y = p->b3, dh[16] = { 0 };
  for (int i = 0; i < 16; i++) y += p->w3[i] * k[i];
  double e = y - in->t;
  g->b3 = e;
  for (int i = 0; i < 16; i++) {
    double d = e * p->w3[i] * (1 - k[i] * k[i]);
    g->w3[i] = e * k[i]; g->b2[i] = d;
    for (int j = 0; j < 16; j++) { g->w2[i * 16 + j] = d * h[j]; dh[j] += d * p->w2[i * 16 + j]; }
  }
  for (int i = 0; i < 16; i++) {
    double d = dh[i] * (1 - h[i] * h[i]);
    g->b1[i] = d;
    for (int j = 0; j < 4; j++) g->w1[i * 4 + j] = d * x[j];
  }
  out->value = 0.5 * e * e;
}
SWEEP(loops, loops(&in[i], &out[i]))

#ifdef HAS_AVX512
#define SET _mm512_set1_pd
#define FMA _mm512_fmadd_pd
#define MUL _mm512_mul_pd
#define LOAD _mm512_loadu_pd
#define STORE _mm512_storeu_pd
DEFINE_EXP(__m512d, exp8, SET, MUL, _mm512_fnmadd_pd, FMA, ROUND512, _mm512_scalef_pd)
static inline __m512d tanh8(__m512d x) { // near 0 only the absolute error is small
  return _mm512_sub_pd(SET(1), _mm512_div_pd(SET(2), _mm512_add_pd(exp8(MUL(x, SET(2))), SET(1))));
}
static double w1t[INPUTS][64], w2t[INPUTS][256];
NOINLINE static void avx512(const struct input *restrict in, struct output *restrict out, const double *restrict w1t, const double *restrict w2t) {
  const struct weights *p = &in->p; struct weights *g = &out->g;
  __m512d h0 = LOAD(p->b1), h1 = LOAD(p->b1 + 8);
  for (int j = 0; j < 4; j++) { __m512d b = SET(in->x[j]); h0 = FMA(LOAD(w1t + j * 16), b, h0); h1 = FMA(LOAD(w1t + j * 16 + 8), b, h1); }
  h0 = tanh8(h0); h1 = tanh8(h1);
  double h[16]; STORE(h, h0); STORE(h + 8, h1);
  __m512d k0 = LOAD(p->b2), k1 = LOAD(p->b2 + 8), q0 = _mm512_setzero_pd(), q1 = q0;
  for (int j = 0; j < 16; j += 2) {
    __m512d b = SET(h[j]), c = SET(h[j + 1]);
    k0 = FMA(LOAD(w2t + j * 16), b, k0); k1 = FMA(LOAD(w2t + j * 16 + 8), b, k1);
    q0 = FMA(LOAD(w2t + j * 16 + 16), c, q0); q1 = FMA(LOAD(w2t + j * 16 + 24), c, q1);
  }
  k0 = tanh8(_mm512_add_pd(k0, q0)); k1 = tanh8(_mm512_add_pd(k1, q1));
  __m512d u0 = LOAD(p->w3), u1 = LOAD(p->w3 + 8);
  double e = p->b3 + _mm512_reduce_add_pd(FMA(u0, k0, MUL(u1, k1))) - in->t;
  __m512d ev = SET(e);
  g->b3 = e; STORE(g->w3, MUL(ev, k0)); STORE(g->w3 + 8, MUL(ev, k1));
  __m512d d0 = MUL(MUL(ev, u0), _mm512_fnmadd_pd(k0, k0, SET(1))), d1 = MUL(MUL(ev, u1), _mm512_fnmadd_pd(k1, k1, SET(1)));
  STORE(g->b2, d0); STORE(g->b2 + 8, d1);
  double d[16]; STORE(d, d0); STORE(d + 8, d1);
  __m512d s0 = _mm512_setzero_pd(), s1 = s0, s2 = s0, s3 = s0;
  for (int i = 0; i < 16; i += 2) {
    __m512d b = SET(d[i]), c = SET(d[i + 1]);
    STORE(g->w2 + i * 16, MUL(b, h0)); STORE(g->w2 + i * 16 + 8, MUL(b, h1));
    s0 = FMA(b, LOAD(p->w2 + i * 16), s0); s1 = FMA(b, LOAD(p->w2 + i * 16 + 8), s1);
    STORE(g->w2 + i * 16 + 16, MUL(c, h0)); STORE(g->w2 + i * 16 + 24, MUL(c, h1));
    s2 = FMA(c, LOAD(p->w2 + i * 16 + 16), s2); s3 = FMA(c, LOAD(p->w2 + i * 16 + 24), s3);
  }
  s0 = MUL(_mm512_add_pd(s0, s2), _mm512_fnmadd_pd(h0, h0, SET(1))); s1 = MUL(_mm512_add_pd(s1, s3), _mm512_fnmadd_pd(h1, h1, SET(1)));
  STORE(g->b1, s0); STORE(g->b1 + 8, s1);
  double z[16]; STORE(z, s0); STORE(z + 8, s1);
  __m256d x = _mm256_loadu_pd(in->x);
  for (int i = 0; i < 16; i++) _mm256_storeu_pd(g->w1 + i * 4, _mm256_mul_pd(_mm256_set1_pd(z[i]), x));
  out->value = 0.5 * e * e;
}
// The weights' transposes are made once, outside of what is measured: a lead over everybody who has to read the rows.
SWEEP(avx512, avx512(&in[i], &out[i], w1t[i], w2t[i]))
#endif

const struct form forms[] = {
  { "loops", loops_sweep },
#ifdef HAS_AVX512
  { "AVX-512, transposed weights", avx512_sweep },
#endif
  { 0 } };

void make_inputs(void) {
  for (int n = 0; n < INPUTS; n++) {
    draw((double *)&in[n].p, sizeof in[n].p / 8, 0.5);
    draw(in[n].x, 4, 1);
    in[n].t = rnd(1);
#ifdef HAS_AVX512
    for (int i = 0; i < 16; i++) {
      for (int j = 0; j < 4; j++) w1t[n][j * 16 + i] = in[n].p.w1[i * 4 + j];
      for (int j = 0; j < 16; j++) w2t[n][j * 16 + i] = in[n].p.w2[i * 16 + j];
    }
#endif
  }
}
int results(int i, double *to) { memcpy(to, &out[i], sizeof out[i]); return sizeof out[i] / 8; }
