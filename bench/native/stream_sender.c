/*
 * stream_sender PUSH|PUB ENDPOINT BYTES [RATE]: connects. Reads the number of messages per round from standard input, one
 * per line, sends that many, and prints a line then: as fast as they are taken, or so many a second, sleeping in between.
 * Each message of at least 8 bytes says at its beginning when it was sent.
 */
#include "common.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

enum { most_bytes = 1 << 26, most_rate = 10000000 };

int main(int argc, char **argv)
{
    if ((argc != 4 && argc != 5) || (strcmp(argv[1], "PUSH") != 0 && strcmp(argv[1], "PUB") != 0))
        wrong_usage("stream_sender PUSH|PUB ENDPOINT BYTES [RATE]");
    const size_t bytes = (size_t)parse_number(argv[3], 1, most_bytes);
    const int64_t interval_ns = argc == 5 ? 1000000000 / parse_number(argv[4], 1, most_rate) : 0;
    void *context = zmq_ctx_new();
    void *socket = zmq_socket(context, strcmp(argv[1], "PUB") == 0 ? ZMQ_PUB : ZMQ_PUSH);
    if (socket == NULL || zmq_connect(socket, argv[2]) != 0)
        fail("connect");
    char *filler = calloc(bytes, 1);
    if (filler == NULL)
        fail("allocate a message");
    for (size_t count = next_round(); count > 0; count = next_round()) {
        const int64_t start_ns = now_ns();
        for (size_t sent = 0; sent < count; sent++) {
            if (interval_ns > 0)
                sleep_until(start_ns + (int64_t)sent * interval_ns);
            if (bytes >= sizeof(int64_t)) {
                const int64_t sent_ns = now_ns();
                memcpy(filler, &sent_ns, sizeof sent_ns);
            }
            if (zmq_send(socket, filler, bytes, 0) < 0)
                fail("send");
        }
        printf("sent\n");
        if (fflush(stdout) != 0)
            fail("tell that it has sent");
    }
    free(filler);
    zmq_close(socket);
    zmq_ctx_term(context);
    return 0;
}
