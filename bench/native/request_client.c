/*
 * request_client ENDPOINT SOCKETS BYTES [RATE]: REQ sockets that send messages of BYTES bytes, each the next one when its
 * reply arrives. With RATE, one socket sends so many a second at times fixed at the start, sleeps in between, and times
 * each from when it was due. Reads the number of exchanges per round from standard input, one per line, and prints one
 * line of JSON per round. A single socket uses blocking calls; several are polled with zmq_poll.
 */
#include "common.h"

#include <stdlib.h>
#include <string.h>
#include <zmq.h>

enum { most_sockets = 1024, most_bytes = 1 << 20, limit_ms = 10000, most_rate = 1000000 };

struct client {
    void **sockets;
    /* When each socket sent its request; nanoseconds of the monotonic clock. */
    int64_t *sent_at;
    zmq_pollitem_t *items;
    size_t count;
    char *request;
    char *reply;
    size_t bytes;
};

static void *connect_socket(void *context, const char *endpoint)
{
    void *socket = zmq_socket(context, ZMQ_REQ);
    const int limit = limit_ms;
    const int linger = 0;
    if (socket == NULL)
        fail("make a socket");
    if (zmq_setsockopt(socket, ZMQ_RCVTIMEO, &limit, sizeof limit) != 0 ||
        zmq_setsockopt(socket, ZMQ_SNDTIMEO, &limit, sizeof limit) != 0 ||
        zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof linger) != 0)
        fail("set an option");
    if (zmq_connect(socket, endpoint) != 0)
        fail("connect");
    return socket;
}

static void send_request(struct client *client, size_t index)
{
    client->sent_at[index] = now_ns();
    if (zmq_send(client->sockets[index], client->request, client->bytes, 0) < 0)
        fail("send a request");
}

/* Takes the reply and returns the round trip in nanoseconds. */
static int64_t receive_reply(struct client *client, size_t index)
{
    const int size = zmq_recv(client->sockets[index], client->reply, client->bytes, 0);
    const int64_t received_at = now_ns();
    if (size < 0)
        fail("receive a reply");
    if ((size_t)size != client->bytes || memcmp(client->request, client->reply, client->bytes) != 0)
        wrong_usage("request_client needs a server that sends the same bytes back");
    return received_at - client->sent_at[index];
}

static void run_one_by_one(struct client *client, int64_t *samples, size_t exchanges)
{
    for (size_t done = 0; done < exchanges; done++) {
        send_request(client, 0);
        samples[done] = receive_reply(client, 0);
    }
}

/* Two intervals at first: the first one begins while the round still does. */
static void run_at_times(struct client *client, int64_t *samples, size_t exchanges, int64_t interval_ns)
{
    const int64_t start = now_ns() + 2 * interval_ns;
    for (size_t done = 0; done < exchanges; done++) {
        const int64_t due = start + (int64_t)done * interval_ns;
        sleep_until(due);
        send_request(client, 0);
        const int64_t sent_at = client->sent_at[0];
        samples[done] = receive_reply(client, 0) + sent_at - due;
    }
}

static void run_at_once(struct client *client, int64_t *samples, size_t exchanges)
{
    size_t started = 0;
    size_t done = 0;
    for (size_t index = 0; index < client->count && started < exchanges; index++, started++)
        send_request(client, index);
    while (done < exchanges) {
        const int ready = zmq_poll(client->items, (int)client->count, limit_ms);
        if (ready < 0)
            fail("wait for replies");
        if (ready == 0)
            wrong_usage("request_client needs a server that answers within 10 seconds");
        for (size_t index = 0; index < client->count; index++) {
            if ((client->items[index].revents & ZMQ_POLLIN) == 0)
                continue;
            samples[done++] = receive_reply(client, index);
            if (started < exchanges) {
                send_request(client, index);
                started++;
            }
        }
    }
}

static void *new_memory(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (memory == NULL)
        fail("get memory");
    return memory;
}

int main(int argc, char **argv)
{
    if (argc != 4 && argc != 5)
        wrong_usage("request_client ENDPOINT SOCKETS BYTES [RATE]");
    struct client client = {
        .count = (size_t)parse_number(argv[2], 1, most_sockets),
        .bytes = (size_t)parse_number(argv[3], 1, most_bytes),
    };
    const int64_t interval_ns = argc == 5 ? 1000000000 / parse_number(argv[4], 1, most_rate) : 0;
    client.sockets = new_memory(client.count, sizeof *client.sockets);
    client.sent_at = new_memory(client.count, sizeof *client.sent_at);
    client.items = new_memory(client.count, sizeof *client.items);
    client.request = new_memory(client.bytes, 1);
    client.reply = new_memory(client.bytes, 1);
    memset(client.request, 'x', client.bytes);

    void *context = zmq_ctx_new();
    if (context == NULL)
        fail("make a context");
    for (size_t index = 0; index < client.count; index++) {
        client.sockets[index] = connect_socket(context, argv[1]);
        client.items[index] = (zmq_pollitem_t){.socket = client.sockets[index], .events = ZMQ_POLLIN};
    }
    for (size_t exchanges = next_round(); exchanges > 0; exchanges = next_round()) {
        int64_t *samples = new_samples(exchanges);
        const int64_t start = now_ns();
        if (interval_ns > 0)
            run_at_times(&client, samples, exchanges, interval_ns);
        else if (client.count == 1)
            run_one_by_one(&client, samples, exchanges);
        else
            run_at_once(&client, samples, exchanges);
        print_round(samples, exchanges, now_ns() - start);
        free(samples);
    }
    return 0;
}
