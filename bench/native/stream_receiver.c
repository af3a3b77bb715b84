/*
 * stream_receiver PULL|SUB counted|timed: binds a free port and prints its endpoint. Reads the number of messages per round
 * from standard input, one per line, receives that many, and prints a line about them: counted, how long it took from the
 * first to the last; timed, how long each was on its way, which says at its beginning when it was sent.
 */
#include "common.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

static void receive(void *socket, zmq_msg_t *message)
{
    if (zmq_msg_recv(message, socket, 0) < 0)
        fail("receive");
}

static void count_round(void *socket, zmq_msg_t *message, size_t count)
{
    int64_t first_ns = 0;
    for (size_t received = 0; received < count; received++) {
        receive(socket, message);
        if (received == 0)
            first_ns = now_ns();
    }
    printf("{\"count\":%zu,\"elapsedNs\":%" PRId64 "}\n", count, now_ns() - first_ns);
    if (fflush(stdout) != 0)
        fail("print the figures");
}

static void time_round(void *socket, zmq_msg_t *message, size_t count)
{
    int64_t *samples = new_samples(count);
    int64_t first_ns = 0;
    int64_t last_ns = 0;
    for (size_t received = 0; received < count; received++) {
        int64_t sent_ns;
        receive(socket, message);
        last_ns = now_ns();
        if (received == 0)
            first_ns = last_ns;
        if (zmq_msg_size(message) < sizeof sent_ns) {
            fprintf(stderr, "A message does not say when it was sent.\n");
            exit(1);
        }
        memcpy(&sent_ns, zmq_msg_data(message), sizeof sent_ns);
        samples[received] = last_ns - sent_ns;
    }
    print_round(samples, count, last_ns - first_ns);
    free(samples);
}

int main(int argc, char **argv)
{
    if (argc != 3 || (strcmp(argv[1], "PULL") != 0 && strcmp(argv[1], "SUB") != 0) ||
        (strcmp(argv[2], "counted") != 0 && strcmp(argv[2], "timed") != 0))
        wrong_usage("stream_receiver PULL|SUB counted|timed");
    const int subscribes = strcmp(argv[1], "SUB") == 0;
    const int timed = strcmp(argv[2], "timed") == 0;
    void *context = zmq_ctx_new();
    void *socket = zmq_socket(context, subscribes ? ZMQ_SUB : ZMQ_PULL);
    char endpoint[256];
    size_t length = sizeof endpoint;
    if (socket == NULL || (subscribes && zmq_setsockopt(socket, ZMQ_SUBSCRIBE, "", 0) != 0) ||
        zmq_bind(socket, "tcp://127.0.0.1:*") != 0 ||
        zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, endpoint, &length) != 0)
        fail("bind");
    printf("%s\n", endpoint);
    fflush(stdout);
    zmq_msg_t message;
    zmq_msg_init(&message);
    for (size_t count = next_round(); count > 0; count = next_round()) {
        if (timed)
            time_round(socket, &message, count);
        else
            count_round(socket, &message, count);
    }
    zmq_msg_close(&message);
    zmq_close(socket);
    zmq_ctx_term(context);
    return 0;
}
