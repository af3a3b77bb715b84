/* What the programs here share: the clock, exact percentiles, ending with the parent, and how failures are said. */
#ifndef BENCH_COMMON_H
#define BENCH_COMMON_H

#include <stddef.h>
#include <stdint.h>

/* Nanoseconds of the monotonic clock. */
int64_t now_ns(void);

/* Sleeps until the monotonic clock shows due_ns. */
void sleep_until(int64_t due_ns);

/* Says on stderr what could not be done and libzmq's or the system's reason, and exits with 1. */
_Noreturn void fail(const char *what);

/* Says on stderr what is wrong with the way the program was called, and exits with 1. */
_Noreturn void wrong_usage(const char *usage);

/* A whole number from minimum to maximum; exits with 1 when the text is none. */
int64_t parse_number(const char *text, int64_t minimum, int64_t maximum);

/*
 * The parent holds the other end of standard input, and when it goes, however it goes, so does this program. For
 * programs that do not read standard input themselves.
 */
void end_with_input(void);

/* Reads the next round's number of things to do, one a line, or 0 at the end of standard input. */
size_t next_round(void);

/* Memory for count samples in nanoseconds. */
int64_t *new_samples(size_t count);

/* Prints one line of JSON about a round: the exact percentiles of its samples, which it sorts. Times in nanoseconds. */
void print_round(int64_t *samples, size_t count, int64_t elapsed_ns);

#endif
