/*
 * echo_server [--delay-us N]: a REP socket on a free loopback port that sends every message back after N
 * microseconds. Prints its endpoint, then answers until standard input ends.
 */
#include "common.h"

#include <stdio.h>
#include <string.h>
#include <zmq.h>

enum { most_parts = 64 };

static const int64_t longest_delay_us = 10000000;

/* Receives all parts of one message and returns their number. */
static size_t receive(void *socket, zmq_msg_t *parts)
{
    size_t count = 0;
    do {
        if (count == most_parts) {
            fprintf(stderr, "A message has more than %d parts\n", most_parts);
            return 0;
        }
        if (zmq_msg_init(&parts[count]) != 0 || zmq_msg_recv(&parts[count], socket, 0) < 0)
            fail("receive a request");
        count++;
    } while (zmq_msg_more(&parts[count - 1]));
    return count;
}

/* Passes the parts to libzmq, which frees them. */
static void send_back(void *socket, zmq_msg_t *parts, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        if (zmq_msg_send(&parts[index], socket, index + 1 < count ? ZMQ_SNDMORE : 0) < 0)
            fail("send a reply");
    }
}

int main(int argc, char **argv)
{
    int64_t delay_us = 0;
    if (argc == 3 && strcmp(argv[1], "--delay-us") == 0)
        delay_us = parse_number(argv[2], 0, longest_delay_us);
    else if (argc != 1)
        wrong_usage("echo_server [--delay-us N]");

    void *context = zmq_ctx_new();
    void *socket = context == NULL ? NULL : zmq_socket(context, ZMQ_REP);
    if (socket == NULL)
        fail("make a socket");
    if (zmq_bind(socket, "tcp://127.0.0.1:*") != 0)
        fail("listen");
    char endpoint[256];
    size_t length = sizeof endpoint;
    if (zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, endpoint, &length) != 0)
        fail("read the endpoint");
    printf("%s\n", endpoint);
    if (fflush(stdout) != 0)
        fail("print the endpoint");
    end_with_input();

    zmq_msg_t parts[most_parts];
    for (;;) {
        const size_t count = receive(socket, parts);
        if (count == 0)
            return 1;
        if (delay_us > 0)
            sleep_until(now_ns() + delay_us * 1000);
        send_back(socket, parts, count);
    }
}
