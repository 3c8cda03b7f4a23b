// A classifier with one hidden layer in float, INPUT-HIDDEN-OUTPUT given by -D, softmax cross-entropy, over a BATCH of
// samples whose losses are summed; relu, or tanh with -DTANH. Value, ∂W1, ∂b1, ∂W2, ∂b2.
#include "bench.h"

static float w1[HIDDEN * INPUT], b1[HIDDEN], w2[OUTPUT * HIDDEN], b2[OUTPUT];
static struct sample { float x[INPUT]; int label; } in[INPUTS][BATCH];
static struct output { float value, w1[HIDDEN * INPUT], b1[HIDDEN], w2[OUTPUT * HIDDEN], b2[OUTPUT]; } out[1];

#ifdef TANH
static inline float activation(float z) { return tanhf(z); }
static inline float slope(float h) { return 1 - h * h; }
#else
static inline float activation(float z) { return z > 0 ? z : 0; }
static inline float slope(float h) { return h > 0 ? 1 : 0; }
#endif

static inline float softmax(float *restrict z, int label) {
  float m = z[0], sum = 0, score = z[label];
  for (int j = 1; j < OUTPUT; j++) m = z[j] > m ? z[j] : m;
  for (int j = 0; j < OUTPUT; j++) { z[j] = expf(z[j] - m); sum += z[j]; }
  for (int j = 0; j < OUTPUT; j++) z[j] /= sum;
  z[label] -= 1;
  return logf(sum) + m - score;
}

// The first sample writes the gradient, the others add to it: first is a constant after inlining.
static inline __attribute__((always_inline)) void sample(const struct sample *restrict s, struct output *restrict o, int first) {
  const float *x = s->x; float h[HIDDEN], z[OUTPUT], dh[HIDDEN] = { 0 };
  for (int i = 0; i < HIDDEN; i++) { float a = 0; for (int j = 0; j < INPUT; j++) a += w1[i * INPUT + j] * x[j]; h[i] = a + b1[i]; }
  for (int i = 0; i < HIDDEN; i++) h[i] = activation(h[i]);
  for (int i = 0; i < OUTPUT; i++) { float a = b2[i]; for (int j = 0; j < HIDDEN; j++) a += w2[i * HIDDEN + j] * h[j]; z[i] = a; }
  float loss = softmax(z, s->label);
  o->value = first ? loss : o->value + loss;
  for (int i = 0; i < OUTPUT; i++) {
    float g = z[i], *d = o->w2 + i * HIDDEN;
    o->b2[i] = first ? g : o->b2[i] + g;
    for (int j = 0; j < HIDDEN; j++) { d[j] = first ? g * h[j] : d[j] + g * h[j]; dh[j] += g * w2[i * HIDDEN + j]; }
  }
  for (int i = 0; i < HIDDEN; i++) {
    float g = dh[i] * slope(h[i]), *d = o->w1 + i * INPUT;
    o->b1[i] = first ? g : o->b1[i] + g;
    for (int j = 0; j < INPUT; j++) d[j] = first ? g * x[j] : d[j] + g * x[j];
  }
}
NOINLINE static void loops(const struct sample *restrict batch, struct output *restrict o) {
  sample(&batch[0], o, 1);
  for (int b = 1; b < BATCH; b++) sample(&batch[b], o, 0);
}
SWEEP(loops, loops(in[i], &out[0]))

const struct form forms[] = { { "loops", loops_sweep }, { 0 } };

void make_inputs(void) {
  drawf(w1, HIDDEN * INPUT, 1 / sqrt(INPUT)); drawf(b1, HIDDEN, 0.1); drawf(w2, OUTPUT * HIDDEN, 1 / sqrt(HIDDEN)); drawf(b2, OUTPUT, 0.1);
  for (int n = 0; n < INPUTS; n++) for (int b = 0; b < BATCH; b++) { drawf(in[n][b].x, INPUT, 1); in[n][b].label = (n * BATCH + b) * 7 % OUTPUT; }
}
// One gradient is kept, as in training: the last input's after a sweep, so it is computed anew for another.
int results(int i, double *to) { loops(in[i], &out[0]); return widen(to, (const float *)out, sizeof out[0] / sizeof(float)); }
