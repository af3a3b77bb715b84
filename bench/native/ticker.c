/*
 * ticker RATE: wakes RATE times per second, at times fixed at the start, and does nothing else: its lateness shows what the
 * machine can achieve at best. Reads the number of wake-ups per round from standard input, one per line, and prints one
 * line of JSON about the lateness of each round.
 */
#include "common.h"

#include <stdlib.h>

int main(int argc, char **argv)
{
    if (argc != 2)
        wrong_usage("ticker RATE");
    const int64_t interval_ns = 1000000000 / parse_number(argv[1], 1, 1000000);
    for (size_t ticks = next_round(); ticks > 0; ticks = next_round()) {
        int64_t *lateness = new_samples(ticks);
        const int64_t start = now_ns() + interval_ns;
        for (size_t tick = 0; tick < ticks; tick++) {
            const int64_t due = start + (int64_t)tick * interval_ns;
            sleep_until(due);
            lateness[tick] = now_ns() - due;
        }
        print_round(lateness, ticks, now_ns() - start);
        free(lateness);
    }
    return 0;
}
