#include "common.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

static const int64_t nanoseconds_per_second = 1000000000;
/* A round holds its samples in memory: 8 bytes each. */
static const int64_t largest_round = 100000000;

int64_t now_ns(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        fail("read the clock");
    return (int64_t)now.tv_sec * nanoseconds_per_second + now.tv_nsec;
}

void sleep_until(int64_t due_ns)
{
    const struct timespec due = {.tv_sec = due_ns / nanoseconds_per_second, .tv_nsec = due_ns % nanoseconds_per_second};
    int error;
    do
        error = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
    while (error == EINTR);
    if (error != 0) {
        errno = error;
        fail("sleep");
    }
}

void fail(const char *what)
{
    fprintf(stderr, "Could not %s: %s\n", what, zmq_strerror(zmq_errno()));
    exit(1);
}

void wrong_usage(const char *usage)
{
    fprintf(stderr, "Usage: %s\n", usage);
    exit(1);
}

int64_t parse_number(const char *text, int64_t minimum, int64_t maximum)
{
    char *end;
    errno = 0;
    const long long value = strtoll(text, &end, 10);
    /* A line that was read ends with its line break. */
    if (*end == '\n')
        end++;
    if (errno != 0 || end == text || *end != '\0' || value < minimum || value > maximum) {
        fprintf(stderr, "Not a whole number from %" PRId64 " to %" PRId64 ": %s\n", minimum, maximum, text);
        exit(1);
    }
    return value;
}

static void *wait_for_end_of_input(void *unused)
{
    char ignored[64];
    while (read(STDIN_FILENO, ignored, sizeof ignored) > 0)
        continue;
    _exit(0);
    return unused;
}

void end_with_input(void)
{
    pthread_t thread;
    errno = pthread_create(&thread, NULL, wait_for_end_of_input, NULL);
    if (errno != 0)
        fail("start a thread");
    pthread_detach(thread);
}

size_t next_round(void)
{
    char line[64];
    if (fgets(line, sizeof line, stdin) == NULL)
        return 0;
    return (size_t)parse_number(line, 1, largest_round);
}

int64_t *new_samples(size_t count)
{
    int64_t *samples = calloc(count, sizeof *samples);
    if (samples == NULL)
        fail("get memory for the samples");
    return samples;
}

static int by_size(const void *one, const void *other)
{
    const int64_t left = *(const int64_t *)one;
    const int64_t right = *(const int64_t *)other;
    return (left > right) - (left < right);
}

/* The smallest sample that this many thousandths of all samples do not exceed (the nearest-rank method). */
static int64_t percentile(const int64_t *sorted, size_t count, size_t thousandths)
{
    const size_t rank = (count * thousandths + 999) / 1000;
    return sorted[rank == 0 ? 0 : rank - 1];
}

void print_round(int64_t *samples, size_t count, int64_t elapsed_ns)
{
    qsort(samples, count, sizeof *samples, by_size);
    double sum = 0;
    for (size_t index = 0; index < count; index++)
        sum += (double)samples[index];
    printf("{\"count\":%zu,\"elapsedNs\":%" PRId64 ",\"p50\":%" PRId64 ",\"p90\":%" PRId64 ",\"p99\":%" PRId64
           ",\"max\":%" PRId64 ",\"mean\":%.0f}\n",
           count, elapsed_ns, percentile(samples, count, 500), percentile(samples, count, 900),
           percentile(samples, count, 990), samples[count - 1], sum / (double)count);
    if (fflush(stdout) != 0)
        fail("print the figures");
}
