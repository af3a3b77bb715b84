/* Compiles and links only if the other programs' requirements are available: libzmq, threads and POSIX clocks. */
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <zmq.h>

int main(void)
{
    const struct timespec now = {0, 0};
    return zmq_ctx_new() == NULL || clock_nanosleep(CLOCK_MONOTONIC, 0, &now, NULL) != 0;
}
