// xᵀ·(F·P·Fᵀ + Q)·x for n = 6: value and all gradients.
#include "bench.h"
#define N 6

static struct input { double x[N], p[N * N], f[N * N], q[N * N]; } in[INPUTS];
static struct output { double value, dx[N], dp[N * N], df[N * N], dq[N * N]; } out[INPUTS];

// As the matrix program says.
NOINLINE static void loops(const struct input *restrict p, struct output *restrict o) {
  double t[N * N], s[N * N], e[N * N], u[N], v[N] = { 0 }, value = 0;
  for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) { double a = 0; for (int k = 0; k < N; k++) a += p->f[i * N + k] * p->p[k * N + j]; t[i * N + j] = a; }
  for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) { double a = p->q[i * N + j]; for (int k = 0; k < N; k++) a += t[i * N + k] * p->f[j * N + k]; s[i * N + j] = a; }
  for (int i = 0; i < N; i++) {
    double a = 0;
    for (int j = 0; j < N; j++) { a += s[i * N + j] * p->x[j]; v[j] += s[i * N + j] * p->x[i]; o->dq[i * N + j] = p->x[i] * p->x[j]; }
    u[i] = a; value += a * p->x[i];
  }
  for (int i = 0; i < N; i++) o->dx[i] = u[i] + v[i];
  o->value = value;
  for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) { double a = 0; for (int k = 0; k < N; k++) a += p->x[i] * p->x[k] * p->f[k * N + j]; e[i * N + j] = a; }
  for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) {
    double a = 0;
    for (int k = 0; k < N; k++) a += p->x[k] * p->x[i] * t[k * N + j];
    for (int k = 0; k < N; k++) a += e[i * N + k] * p->p[j * N + k];
    o->df[i * N + j] = a;
  }
  for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) { double a = 0; for (int k = 0; k < N; k++) a += p->f[k * N + i] * e[k * N + j]; o->dp[i * N + j] = a; }
}
SWEEP(loops, loops(&in[i], &out[i]))

// With algebra: y = Fᵀx, so that the value is yᵀPy + xᵀQx, ∂P = yyᵀ, ∂F = x(Py + Pᵀy)ᵀ: no product of matrices.
NOINLINE static void vectors(const struct input *restrict p, struct output *restrict o) {
  double y[N] = { 0 }, py[N], pty[N] = { 0 }, qx[N], qtx[N] = { 0 }, r[N], value = 0;
  for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) y[j] += p->f[i * N + j] * p->x[i];
  for (int i = 0; i < N; i++) {
    double a = 0, b = 0;
    for (int j = 0; j < N; j++) { a += p->p[i * N + j] * y[j]; b += p->q[i * N + j] * p->x[j]; }
    for (int j = 0; j < N; j++) { pty[j] += p->p[i * N + j] * y[i]; qtx[j] += p->q[i * N + j] * p->x[i]; }
    py[i] = a; qx[i] = b; value += y[i] * a + p->x[i] * b;
  }
  o->value = value;
  for (int i = 0; i < N; i++) r[i] = py[i] + pty[i];
  for (int i = 0; i < N; i++) {
    double a = qx[i] + qtx[i];
    for (int j = 0; j < N; j++) a += p->f[i * N + j] * r[j];
    o->dx[i] = a;
  }
  for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) {
    o->dp[i * N + j] = y[i] * y[j]; o->df[i * N + j] = p->x[i] * r[j]; o->dq[i * N + j] = p->x[i] * p->x[j];
  }
}
SWEEP(vectors, vectors(&in[i], &out[i]))

// The name "with algebra" is what the C# side leaves out of the best of C: its target is against the program as written.
const struct form forms[] = { { "loops", loops_sweep }, { "with algebra", vectors_sweep }, { 0 } };

void make_inputs(void) { draw((double *)in, sizeof in / 8, 1); }
int results(int i, double *to) { memcpy(to, &out[i], sizeof out[i]); return sizeof out[i] / 8; }
