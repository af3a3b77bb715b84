/*
 * push_source BYTES [TOPICS]: a PUSH that binds a free port and prints its endpoint. Reads the number of messages per round
 * from standard input, one per line, and sends that many of BYTES bytes, as fast as they are taken. With TOPICS, each has
 * a first frame more: one topic of so many after the other, in a hundred rooms.
 */
#include "common.h"

#include <stdio.h>
#include <stdlib.h>
#include <zmq.h>

enum { most_bytes = 1 << 20, most_topics = 10000000, rooms = 100, longest_topic = 64 };

static void send_frame(void *socket, const void *bytes, size_t length, int flags)
{
    if (zmq_send(socket, bytes, length, flags) < 0)
        fail("send");
}

int main(int argc, char **argv)
{
    if (argc != 2 && argc != 3)
        wrong_usage("push_source BYTES [TOPICS]");
    const size_t bytes = (size_t)parse_number(argv[1], 1, most_bytes);
    const long topics = argc == 3 ? (long)parse_number(argv[2], 1, most_topics) : 0;
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
    long next = 0;
    for (size_t count = next_round(); count > 0; count = next_round())
        for (size_t sent = 0; sent < count; sent++) {
            if (topics > 0) {
                char topic[longest_topic];
                const int written = snprintf(topic, sizeof topic, "home/room%ld/sensor%ld", next % rooms, next);
                next = (next + 1) % topics;
                send_frame(socket, topic, (size_t)written, ZMQ_SNDMORE);
            }
            send_frame(socket, message, bytes, 0);
        }
    free(message);
    zmq_close(socket);
    zmq_ctx_term(context);
    return 0;
}
