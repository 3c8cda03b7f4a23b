// What each program here shares: gradients at INPUTS inputs, which differ, in one or more forms, timed and shown by bench.c.
#pragma once
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define INPUTS 64
#define NOINLINE __attribute__((noinline))

/// One way of computing the gradients. A sweep computes those at all inputs, one after the other.
struct form { const char *name; void (*sweep)(void); };

/// What a program has to define: its forms (ended by one without a name), its inputs drawn by rnd in the order that the
/// C# side draws them in, and the value and gradient at an input as the last sweep left them; their number is returned.
extern const struct form forms[];
void make_inputs(void);
int results(int input, double *to);

/// The function NAME_sweep, which executes a statement for each input i. The barrier keeps every result alive.
#define SWEEP(name, statement) \
  static void name##_sweep(void) { for (int i = 0; i < INPUTS; i++) { statement; __asm__ volatile("" ::: "memory"); } }

/// Xorshift: a number from −scale to scale.
static uint64_t random_state = 88172645463325252ull;
static inline double rnd(double scale) {
  random_state ^= random_state << 13; random_state ^= random_state >> 7; random_state ^= random_state << 17;
  return ((double)(random_state >> 11) * (1.0 / 9007199254740992.0) * 2 - 1) * scale;
}
static inline void draw(double *to, int count, double scale) { for (int i = 0; i < count; i++) to[i] = rnd(scale); }
static inline void drawf(float *to, int count, double scale) { for (int i = 0; i < count; i++) to[i] = (float)rnd(scale); }

/// Numbers that were computed in float, for results.
static inline int widen(double *to, const float *from, int count) { for (int i = 0; i < count; i++) to[i] = from[i]; return count; }
