// The main program of each benchmark:
//   program forms                           the names of the forms
//   program check FORM COUNT                value and gradient at the first COUNT inputs, as doubles in binary
//   program time FORM SAMPLES NANOSECONDS   SAMPLES lines, each the nanoseconds of one gradient, as the mean over a
//                                           number of sweeps that takes at least NANOSECONDS
#include "bench.h"
#include <stdio.h>
#include <time.h>

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1e9 + t.tv_nsec; }

static double timed(const struct form *form, long sweeps) {
  double start = now();
  for (long s = 0; s < sweeps; s++) form->sweep();
  return now() - start;
}

static int check(const struct form *form, int count) {
  static double values[1 << 20];
  form->sweep();
  for (int i = 0; i < count; i++) fwrite(values, sizeof(double), (size_t)results(i, values), stdout);
  return 0;
}

static int measure(const struct form *form, int samples, double nanoseconds) {
  long sweeps = 1;
  timed(form, 2);
  for (double t; (t = timed(form, sweeps)) < nanoseconds;) sweeps = t * 8 < nanoseconds ? sweeps * 8 : sweeps * 2;
  for (int s = 0; s < samples; s++) printf("%.4f\n", timed(form, sweeps) / ((double)sweeps * INPUTS));
  return 0;
}

int main(int count, char **arguments) {
  if (count == 2 && strcmp(arguments[1], "forms") == 0) {
    for (const struct form *f = forms; f->name; f++) printf("%s\n", f->name);
    return 0;
  }
  make_inputs();
  for (const struct form *f = forms; count >= 4 && f->name; f++) {
    if (strcmp(f->name, arguments[2]) != 0) continue;
    if (strcmp(arguments[1], "check") == 0) return check(f, atoi(arguments[3]));
    if (strcmp(arguments[1], "time") == 0 && count == 5) return measure(f, atoi(arguments[3]), atof(arguments[4]));
  }
  fprintf(stderr, "usage: %s forms | check FORM COUNT | time FORM SAMPLES NANOSECONDS\n", arguments[0]);
  return 2;
}
