// tr(Aᵀ·(B·C + A)·B) for n×n matrices, n given by -DN: value, ∂A, ∂B, ∂C.
#include "bench.h"

static struct input { double a[N * N], b[N * N], c[N * N]; } in[INPUTS];
static struct output { double value, da[N * N], db[N * N], dc[N * N]; } out[INPUTS];

NOINLINE static void loops(const struct input *restrict p, struct output *restrict o) {
  double m[N * N], g[N * N], s = 0;
  for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) {
    double t = p->a[i * N + j];
    for (int k = 0; k < N; k++) t += p->b[i * N + k] * p->c[k * N + j];
    m[i * N + j] = t;
  }
  for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) {
    double t = 0;
    for (int k = 0; k < N; k++) t += m[i * N + k] * p->b[k * N + j];
    s += p->a[i * N + j] * t; o->da[i * N + j] = t;
  }
  o->value = s;
  for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) {
    double t = 0;
    for (int k = 0; k < N; k++) t += p->a[i * N + k] * p->b[j * N + k];
    g[i * N + j] = t; o->da[i * N + j] += t;
  }
  for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) {
    double t = 0;
    for (int k = 0; k < N; k++) t += m[k * N + i] * p->a[k * N + j];
    for (int k = 0; k < N; k++) t += g[i * N + k] * p->c[j * N + k];
    o->db[i * N + j] = t;
  }
  for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) {
    double t = 0;
    for (int k = 0; k < N; k++) t += p->b[k * N + i] * g[k * N + j];
    o->dc[i * N + j] = t;
  }
}
SWEEP(loops, loops(&in[i], &out[i]))

// Rows in vectors of the compiler (padded to W entries where n has no vector of its own), several at once, so that each
// row of the right operand is loaded once for all of them; the transposes that are read by row are made first.
#define W (N <= 4 ? 4 : 8)
#define V ((N + W - 1) / W)
#define TILE (N % 4 == 0 ? 4 : 3)
typedef double vector __attribute__((vector_size(W * 8)));
typedef struct { vector v[V]; } row;
static inline row load(const double *from) { row r = { 0 }; memcpy(&r, from, N * 8); return r; }
static inline void store(double *to, row r) { memcpy(to, &r, N * 8); }
#define EACH(x, n) _Pragma("GCC unroll 16") for (int x = 0; x < n; x++)

// t += l·r for TILE rows of t, where entry (i, k) of l stands at l[i·down + k·right].
static inline __attribute__((always_inline)) void add_product(row t[TILE], const double *l, int down, int right, const row *r) {
  EACH(k, N) EACH(i, TILE) EACH(v, V) t[i].v[v] += l[i * down + k * right] * r[k].v[v];
}
NOINLINE static void vectors(const struct input *restrict p, struct output *restrict o) {
  row a[N], b[N], c[N], bt[N] = { 0 }, ct[N] = { 0 }, m[N], g[N], s = { 0 };
  enum { R = W * V };
  EACH(i, N) { a[i] = load(p->a + i * N); b[i] = load(p->b + i * N); c[i] = load(p->c + i * N); }
  EACH(i, N) EACH(j, N) { ((double *)&bt[j])[i] = p->b[i * N + j]; ((double *)&ct[j])[i] = p->c[i * N + j]; }
  for (int i = 0; i < N; i += TILE) {
    row t[TILE], u[TILE] = { 0 };
    EACH(n, TILE) t[n] = a[i + n];
    add_product(t, p->b + i * N, N, 1, c);
    add_product(u, p->a + i * N, N, 1, bt);
    EACH(n, TILE) { m[i + n] = t[n]; g[i + n] = u[n]; }
  }
  for (int i = 0; i < N; i += TILE) {
    row h[TILE] = { 0 }, db[TILE] = { 0 }, dc[TILE] = { 0 };
    add_product(h, (double *)&m[i], R, 1, b);
    EACH(n, TILE) {
      EACH(v, V) { s.v[v] += a[i + n].v[v] * h[n].v[v]; h[n].v[v] += g[i + n].v[v]; }
      store(o->da + (i + n) * N, h[n]);
    }
    add_product(db, (double *)m + i, 1, R, a);
    add_product(db, (double *)&g[i], R, 1, ct);
    add_product(dc, p->b + i, 1, N, g);
    EACH(n, TILE) { store(o->db + (i + n) * N, db[n]); store(o->dc + (i + n) * N, dc[n]); }
  }
  double value = 0;
  EACH(j, N) value += ((double *)&s)[j];
  o->value = value;
}
SWEEP(vectors, vectors(&in[i], &out[i]))

#if N == 4 && defined(__AVX2__) && defined(__FMA__)
#define HAS_AVX2 1
#include <immintrin.h>
#define SET(p) _mm256_broadcast_sd(p)
#define FMA _mm256_fmadd_pd
#define MUL _mm256_mul_pd
#define LOAD _mm256_loadu_pd
#define STORE _mm256_storeu_pd
static inline void transpose(const double *m, __m256d t[4]) {
  __m256d a = LOAD(m), b = LOAD(m + 4), c = LOAD(m + 8), d = LOAD(m + 12);
  __m256d u = _mm256_unpacklo_pd(a, b), v = _mm256_unpackhi_pd(a, b), w = _mm256_unpacklo_pd(c, d), x = _mm256_unpackhi_pd(c, d);
  t[0] = _mm256_permute2f128_pd(u, w, 0x20); t[1] = _mm256_permute2f128_pd(v, x, 0x20);
  t[2] = _mm256_permute2f128_pd(u, w, 0x31); t[3] = _mm256_permute2f128_pd(v, x, 0x31);
}
// start + l[0]·r[0] + l[step]·r[1] + …
static inline __m256d sum(__m256d start, const double *l, int step, const __m256d r[4]) {
  return FMA(SET(l + 3 * step), r[3], FMA(SET(l + 2 * step), r[2], FMA(SET(l + step), r[1], FMA(SET(l), r[0], start))));
}
NOINLINE static void avx2(const struct input *restrict p, struct output *restrict o) {
  __m256d a[4], b[4], c[4], bt[4], ct[4], gr[4], s = _mm256_setzero_pd(), zero = s; double m[16], g[16];
  for (int i = 0; i < 4; i++) { a[i] = LOAD(p->a + 4 * i); b[i] = LOAD(p->b + 4 * i); c[i] = LOAD(p->c + 4 * i); }
  transpose(p->b, bt); transpose(p->c, ct);
  for (int i = 0; i < 4; i++) {
    STORE(m + 4 * i, sum(a[i], p->b + 4 * i, 1, c));
    gr[i] = sum(zero, p->a + 4 * i, 1, bt); STORE(g + 4 * i, gr[i]);
  }
  for (int i = 0; i < 4; i++) {
    __m256d h = sum(zero, m + 4 * i, 1, b);
    s = FMA(a[i], h, s);
    STORE(o->da + 4 * i, _mm256_add_pd(h, gr[i]));
    STORE(o->db + 4 * i, sum(sum(zero, m + i, 4, a), g + 4 * i, 1, ct));
    STORE(o->dc + 4 * i, sum(zero, p->b + i, 4, gr));
  }
  __m128d q = _mm_add_pd(_mm256_castpd256_pd128(s), _mm256_extractf128_pd(s, 1));
  o->value = _mm_cvtsd_f64(_mm_add_sd(q, _mm_unpackhi_pd(q, q)));
}
SWEEP(avx2, avx2(&in[i], &out[i]))
#endif

const struct form forms[] = {
  { "loops", loops_sweep },
  { "vectors", vectors_sweep },
#ifdef HAS_AVX2
  { "AVX2", avx2_sweep },
#endif
  { 0 } };

void make_inputs(void) { draw((double *)in, sizeof in / 8, 1); }
int results(int i, double *to) { memcpy(to, &out[i], sizeof out[i]); return sizeof out[i] / 8; }
