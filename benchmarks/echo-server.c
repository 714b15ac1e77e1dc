/* A WebSocket echo server that costs next to nothing, so that a benchmark measures its client.
 * One thread, which waits for all its connections and for none alone; a quiet one is 32 bytes.
 * Knows what the benchmarks send: a request of at most 64 KiB, and masked frames of less than that, each a
 * message; it answers pings. Who sends anything else, or does not read, loses the connection.
 * Prints "listening PORT"; ends when its standard input ends. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#define ROOM (8 + 65535)
#define BATCH 64
#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

struct connection {
  int fd, upgraded;
  size_t kept; /* of what did not come whole yet */
  uint8_t *rest;
};

/* What is being looked at: what was kept of a connection, and what came. One byte more ends a text. */
static uint8_t input[ROOM + 1];
static size_t filled;

static uint32_t left(uint32_t x, int by) { return x << by | x >> (32 - by); }

/* RFC 3174, of a text shorter than 120 bytes: two blocks at most. */
static void sha1(const char *text, uint8_t digest[20]) {
  uint32_t h[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  uint8_t block[128] = {0};
  size_t length = strlen(text), size = length < 56 ? 64 : 128;
  memcpy(block, text, length);
  block[length] = 0x80;
  block[size - 2] = length * 8 >> 8;
  block[size - 1] = length * 8;
  for (size_t at = 0; at < size; at += 64) {
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (int i = 0; i < 80; i++) {
      const uint8_t *p = block + at + 4 * i;
      w[i] = i < 16 ? (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3]
                    : left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
      uint32_t f = i < 20 ? (b & c) | (~b & d) : i >= 40 && i < 60 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      uint32_t k = i < 20 ? 0x5A827999 : i < 40 ? 0x6ED9EBA1 : i < 60 ? 0x8F1BBCDC : 0xCA62C1D6;
      uint32_t next = left(a, 5) + f + e + k + w[i];
      e = d, d = c, c = left(b, 30), b = a, a = next;
    }
    h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
  }
  for (int i = 0; i < 20; i++) digest[i] = h[i / 4] >> (24 - i % 4 * 8);
}

static void base64(const uint8_t in[20], char out[29]) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  uint8_t padded[21] = {0};
  memcpy(padded, in, 20);
  for (int i = 0; i < 28; i++) {
    const uint8_t *p = padded + i / 4 * 3;
    out[i] = digits[(p[0] << 16 | p[1] << 8 | p[2]) >> (18 - i % 4 * 6) & 63];
  }
  strcpy(out + 27, "=");
}

static int say(int fd, const void *data, size_t size) {
  return send(fd, data, size, MSG_NOSIGNAL) == (ssize_t)size;
}

/* Both: 1 if it goes on, 0 if the connection is over. */
static int upgrade(struct connection *c) {
  input[filled] = 0;
  char *text = (char *)input, *key = strcasestr(text, "\r\nSec-WebSocket-Key:");
  if (!strstr(text, "\r\n\r\n")) return filled < ROOM;
  char given[128], accept[29], answer[256];
  uint8_t digest[20];
  if (!key || sscanf(key + 20, " %60[^\r ]", given) != 1) return 0;
  sha1(strcat(given, GUID), digest);
  base64(digest, accept);
  c->upgraded = 1, filled = 0;
  return say(c->fd, answer, sprintf(answer,
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: %s\r\n\r\n", accept));
}

/* Answers the frames that are whole, in place, without their mask. */
static int frames(struct connection *c) {
  uint8_t *d = input;
  while (filled >= 6) {
    uint8_t opcode = d[0] & 15;
    size_t size = d[1] & 127, head = size == 126 ? 8 : 6;
    if (!(d[1] & 128) || size == 127) return 0;
    if (size == 126) size = d[2] << 8 | d[3];
    if (filled < head + size) break;
    for (size_t i = 0; i < size; i++) d[head + i] ^= d[head - 4 + i % 4];
    if (opcode != 10) { /* a pong: no answer */
      uint8_t *answer = d + 4; /* where the mask was */
      memmove(answer, d, head - 4);
      answer[0] = opcode == 9 ? 0x8A : d[0];
      answer[1] &= 127;
      if (!say(c->fd, answer, head - 4 + size) || opcode == 8) return 0;
    }
    d += head + size, filled -= head + size;
  }
  memmove(input, d, filled);
  return 1;
}

static int readable(struct connection *c) {
  if (c->kept) memcpy(input, c->rest, c->kept);
  ssize_t got = read(c->fd, input + c->kept, ROOM - c->kept);
  if (got < 0 && errno == EAGAIN) return 1;
  if (got <= 0) return 0;
  filled = c->kept + got;
  if (!(c->upgraded ? frames(c) : upgrade(c))) return 0;
  free(c->rest);
  c->rest = NULL, c->kept = filled;
  return !filled || ((c->rest = malloc(filled)) && memcpy(c->rest, input, filled));
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void watch(int poll, int fd, struct connection *c) {
  c->fd = fd;
  if (epoll_ctl(poll, EPOLL_CTL_ADD, fd, &(struct epoll_event){EPOLLIN, {.ptr = c}})) fail("epoll_ctl");
}

/* Fails aloud if there are no descriptors left: a server that refuses is not what is measured. */
static void accept_one(int poll, int listener) {
  int one = 1, fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
  if (fd < 0) {
    if (errno == EMFILE || errno == ENFILE) fail("accept");
    return; /* it has gone again */
  }
  struct connection *opened = calloc(1, sizeof *opened);
  if (!opened) fail("calloc");
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  watch(poll, fd, opened);
}

static int listen_on_any_port(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (bind(listener, (void *)&address, length) || listen(listener, 4096)) fail("listen");
  getsockname(listener, (void *)&address, &length);
  printf("listening %d\n", ntohs(address.sin_port));
  fflush(stdout);
  return listener;
}

int main(void) {
  struct rlimit files;
  if (!getrlimit(RLIMIT_NOFILE, &files)) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
  int poll = epoll_create1(0);
  struct connection ending = {0}, accepting = {0};
  struct epoll_event events[BATCH];
  /* Not where it is /dev/null, as of what a shell runs beside itself: that is never to be watched. */
  epoll_ctl(poll, EPOLL_CTL_ADD, 0, &(struct epoll_event){EPOLLIN, {.ptr = &ending}});
  watch(poll, listen_on_any_port(), &accepting);
  for (int n; (n = epoll_wait(poll, events, BATCH, -1)) > 0 || errno == EINTR;) {
    for (int i = 0; i < n; i++) {
      struct connection *c = events[i].data.ptr;
      if (c == &ending) return 0;
      if (c == &accepting) {
        accept_one(poll, accepting.fd);
      } else if (!readable(c)) {
        close(c->fd);
        free(c->rest);
        free(c);
      }
    }
  }
  return 1;
}
