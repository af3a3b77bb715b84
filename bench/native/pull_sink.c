/* pull_sink: a PULL that binds a free port, prints its endpoint, and drops whatever it receives. */
#include "common.h"

#include <stdio.h>
#include <zmq.h>

int main(void)
{
    end_with_input();
    void *context = zmq_ctx_new();
    void *socket = zmq_socket(context, ZMQ_PULL);
    char endpoint[256];
    size_t length = sizeof endpoint;
    if (socket == NULL || zmq_bind(socket, "tcp://127.0.0.1:*") != 0 ||
        zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, endpoint, &length) != 0)
        fail("bind");
    printf("%s\n", endpoint);
    fflush(stdout);
    for (;;) {
        zmq_msg_t message;
        zmq_msg_init(&message);
        if (zmq_msg_recv(&message, socket, 0) < 0)
            fail("receive");
        zmq_msg_close(&message);
    }
}
