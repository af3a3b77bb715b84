/* Shared by the programs here: the clock, exact percentiles, exiting with the parent, and error messages. */
#ifndef BENCH_COMMON_H
#define BENCH_COMMON_H

#include <stddef.h>
#include <stdint.h>

/* Nanoseconds of the monotonic clock. */
int64_t now_ns(void);

/* Sleeps until the monotonic clock reaches due_ns. */
void sleep_until(int64_t due_ns);

/* Prints to stderr what failed and libzmq's or the system's reason, and exits with 1. */
_Noreturn void fail(const char *what);

/* Prints the usage to stderr, and exits with 1. */
_Noreturn void wrong_usage(const char *usage);

/* Parses an integer from minimum to maximum; exits with 1 when the text is not one. */
int64_t parse_number(const char *text, int64_t minimum, int64_t maximum);

/*
 * Exits when the parent does, however it ends: the parent holds the other end of standard input. For programs that do
 * not read standard input themselves.
 */
void end_with_input(void);

/* Reads the size of the next round, one number per line, or 0 at the end of standard input. */
size_t next_round(void);

/* Memory for count samples in nanoseconds. */
int64_t *new_samples(size_t count);

/* Prints one line of JSON about a round: exact percentiles of its samples, which it sorts. Times in nanoseconds. */
void print_round(int64_t *samples, size_t count, int64_t elapsed_ns);

#endif
