/*
 * push_source BYTES: a PUSH that binds a free port and prints its endpoint. Reads the number of messages per round from
 * standard input, one per line, and sends that many of BYTES bytes, as fast as they are taken.
 */
#include "common.h"

#include <stdio.h>
#include <stdlib.h>
#include <zmq.h>

enum { most_bytes = 1 << 20 };

int main(int argc, char **argv)
{
    if (argc != 2)
        wrong_usage("push_source BYTES");
    const size_t bytes = (size_t)parse_number(argv[1], 1, most_bytes);
    void *context = zmq_ctx_new();
    void *socket = zmq_socket(context, ZMQ_PUSH);
    const int linger = 0;
    char endpoint[256];
    size_t length = sizeof endpoint;
    if (socket == NULL || zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof linger) != 0 ||
        zmq_bind(socket, "tcp://127.0.0.1:*") != 0 ||
        zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, endpoint, &length) != 0)
        fail("bind");
    printf("%s\n", endpoint);
    fflush(stdout);
    char *message = calloc(bytes, 1);
    if (message == NULL)
        fail("allocate a message");
    for (size_t count = next_round(); count > 0; count = next_round())
        for (size_t sent = 0; sent < count; sent++)
            if (zmq_send(socket, message, bytes, 0) < 0)
                fail("send");
    free(message);
    zmq_close(socket);
    zmq_ctx_term(context);
    return 0;
}
