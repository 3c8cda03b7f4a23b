// A damped pendulum followed through STEPS steps of the classical Runge–Kutta method; the mean squared difference from
// measured angles, and its gradient by length, damping, first angle and velocity: reverse mode by hand.
#include "bench.h"
#define STEPS 1000
#define PER_MEASUREMENT 10
#define MEASURED (STEPS / PER_MEASUREMENT + 1)

static struct input { double length, damping, angle, velocity; } in[INPUTS];
static double measured[MEASURED];
static struct output { double value, length, damping, angle, velocity; } out[INPUTS];

struct step { double angle, v[4], sine[4], cosine[4]; };
static struct step tape[STEPS + 1];
static const double h = 0.01, w = 0.01 / 6;

// Every compiler sees that sine and cosine of one angle can be had together.
static inline double acceleration(struct step *s, int stage, double angle, double k, double c) {
  s->sine[stage] = sin(angle); s->cosine[stage] = cos(angle);
  return k * s->sine[stage] - c * s->v[stage];
}
static inline double back(const struct step *s, int stage, double a, double k, double *dk, double *dc) {
  *dk += s->sine[stage] * a; *dc -= s->v[stage] * a;
  return k * s->cosine[stage] * a;
}
NOINLINE static void reverse(const struct input *restrict p, struct output *restrict o) {
  double k = -9.81 / p->length, c = p->damping, sum = 0, dk = 0, dc = 0, dx = 0, dv = 0;
  tape[0].angle = p->angle; tape[0].v[0] = p->velocity;
  for (int n = 0; n < STEPS; n++) {
    struct step *s = &tape[n];
    double x = s->angle, v = s->v[0];
    double a1 = acceleration(s, 0, x, k, c);
    s->v[1] = v + h / 2 * a1; double a2 = acceleration(s, 1, x + h / 2 * v, k, c);
    s->v[2] = v + h / 2 * a2; double a3 = acceleration(s, 2, x + h / 2 * s->v[1], k, c);
    s->v[3] = v + h * a3; double a4 = acceleration(s, 3, x + h * s->v[2], k, c);
    s[1].angle = x + w * (v + 2 * s->v[1] + 2 * s->v[2] + s->v[3]);
    s[1].v[0] = v + w * (a1 + 2 * a2 + 2 * a3 + a4);
  }
  for (int n = STEPS; n >= 0; n--) {
    const struct step *s = &tape[n];
    if (n < STEPS) {
      double a4 = w * dv, x4 = back(s, 3, a4, k, &dk, &dc), v4 = w * dx - c * a4;
      double a3 = 2 * w * dv + h * v4, x3 = back(s, 2, a3, k, &dk, &dc), v3 = 2 * w * dx + h * x4 - c * a3;
      double a2 = 2 * w * dv + h / 2 * v3, x2 = back(s, 1, a2, k, &dk, &dc), v2 = 2 * w * dx + h / 2 * x3 - c * a2;
      double a1 = w * dv + h / 2 * v2, x1 = back(s, 0, a1, k, &dk, &dc);
      dv += w * dx + v2 + v3 + v4 + h / 2 * x2 - c * a1;
      dx += x1 + x2 + x3 + x4;
    }
    if (n % PER_MEASUREMENT == 0) { double e = s->angle - measured[n / PER_MEASUREMENT]; sum += e * e; dx += 2 * e / MEASURED; }
  }
  o->value = sum / MEASURED; o->length = dk * 9.81 / (p->length * p->length); o->damping = dc; o->angle = dx; o->velocity = dv;
}
SWEEP(reverse, reverse(&in[i], &out[i]))

const struct form forms[] = { { "reverse sweep", reverse_sweep }, { 0 } };

void make_inputs(void) {
  draw(measured, MEASURED, 1);
  for (int n = 0; n < INPUTS; n++) in[n] = (struct input){ 1 + rnd(0.3), 0.3 + rnd(0.2), rnd(2), rnd(1) };
}
int results(int i, double *to) { memcpy(to, &out[i], sizeof out[i]); return sizeof out[i] / 8; }
