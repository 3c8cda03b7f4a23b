// The network of the question, 2-2-2-1: y = σ(W3·σ(W2·σ(W1·x))). Value, ∂W1, ∂W2, ∂W3.
#include "bench.h"
#include "exp.h"

struct input { double w1[4], w2[4], w3[2], x[2]; };
struct output { double y, d1[4], d2[4], d3[2]; };
static struct input in[INPUTS];
static struct output out[INPUTS];

static inline double sigmoid(double z) { return 1.0 / (1.0 + exp(-z)); }

NOINLINE static void scalar(const struct input *restrict p, struct output *restrict o) {
  double x0 = p->x[0], x1 = p->x[1];
  double a = sigmoid(p->w1[0] * x0 + p->w1[1] * x1), b = sigmoid(p->w1[2] * x0 + p->w1[3] * x1);
  double c = sigmoid(p->w2[0] * a + p->w2[1] * b), d = sigmoid(p->w2[2] * a + p->w2[3] * b);
  double y = sigmoid(p->w3[0] * c + p->w3[1] * d);
  double g = y - y * y;
  o->y = y; o->d3[0] = g * c; o->d3[1] = g * d;
  double gc = g * p->w3[0] * (c - c * c), gd = g * p->w3[1] * (d - d * d);
  o->d2[0] = gc * a; o->d2[1] = gc * b; o->d2[2] = gd * a; o->d2[3] = gd * b;
  double ga = (p->w2[0] * gc + p->w2[2] * gd) * (a - a * a), gb = (p->w2[1] * gc + p->w2[3] * gd) * (b - b * b);
  o->d1[0] = ga * x0; o->d1[1] = ga * x1; o->d1[2] = gb * x0; o->d1[3] = gb * x1;
}
SWEEP(scalar, scalar(&in[i], &out[i]))

#ifdef HAS_AVX512
DEFINE_EXP(__m128d, exp_lanes2, _mm_set1_pd, _mm_mul_pd, _mm_fnmadd_pd, _mm_fmadd_pd, ROUND128, _mm_scalef_pd)
static inline __m128d sigmoid2(__m128d z) {
  return _mm_div_pd(_mm_set1_pd(1), _mm_add_pd(_mm_set1_pd(1), exp_lanes2(_mm_sub_pd(_mm_setzero_pd(), z))));
}
#define LOW(v) _mm_unpacklo_pd(v, v)
#define HIGH(v) _mm_unpackhi_pd(v, v)
NOINLINE static void lanes2(const struct input *restrict p, struct output *restrict o) {
  __m128d x0 = _mm_set1_pd(p->x[0]), x1 = _mm_set1_pd(p->x[1]), r0 = _mm_loadu_pd(p->w1), r1 = _mm_loadu_pd(p->w1 + 2);
  __m128d h = sigmoid2(_mm_fmadd_pd(_mm_unpacklo_pd(r0, r1), x0, _mm_mul_pd(_mm_unpackhi_pd(r0, r1), x1)));
  __m128d q0 = _mm_loadu_pd(p->w2), q1 = _mm_loadu_pd(p->w2 + 2);
  __m128d k = sigmoid2(_mm_fmadd_pd(_mm_unpacklo_pd(q0, q1), LOW(h), _mm_mul_pd(_mm_unpackhi_pd(q0, q1), HIGH(h))));
  __m128d w3 = _mm_loadu_pd(p->w3), t = _mm_mul_pd(w3, k);
  t = _mm_add_pd(t, HIGH(t));
  __m128d y = sigmoid2(LOW(t)), g = _mm_fnmadd_pd(y, y, y);
  o->y = _mm_cvtsd_f64(y); _mm_storeu_pd(o->d3, _mm_mul_pd(g, k));
  __m128d gk = _mm_mul_pd(_mm_mul_pd(g, w3), _mm_fnmadd_pd(k, k, k));
  _mm_storeu_pd(o->d2, _mm_mul_pd(LOW(gk), h)); _mm_storeu_pd(o->d2 + 2, _mm_mul_pd(HIGH(gk), h));
  __m128d gh = _mm_mul_pd(_mm_fmadd_pd(q0, LOW(gk), _mm_mul_pd(q1, HIGH(gk))), _mm_fnmadd_pd(h, h, h)), x = _mm_loadu_pd(p->x);
  _mm_storeu_pd(o->d1, _mm_mul_pd(LOW(gh), x)); _mm_storeu_pd(o->d1 + 2, _mm_mul_pd(HIGH(gh), x));
}
SWEEP(lanes2, lanes2(&in[i], &out[i]))
#endif

const struct form forms[] = {
  { "scalar", scalar_sweep },
#ifdef HAS_AVX512
  { "2 lanes", lanes2_sweep },
#endif
  { 0 } };

void make_inputs(void) { draw((double *)in, sizeof in / 8, 2); }
int results(int i, double *to) { memcpy(to, &out[i], sizeof out[i]); return sizeof out[i] / 8; }
