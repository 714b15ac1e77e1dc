/* A WebSocket echo server that costs next to nothing, so that a benchmark measures its client.
 * One thread. Knows what the benchmarks send: a request that comes whole, messages of one frame and
 * at most 64 KiB. Prints "listening PORT"; ends when its standard input ends. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define ROOM (14 + 65536)
#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

struct connection {
  int fd, upgraded;
  size_t filled;
  uint8_t data[ROOM];
};

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

static int say(int fd, const void *data, size_t size) { return write(fd, data, size) == (ssize_t)size; }

/* All of them: 1 if it goes on, 0 if the connection is over. */
static int upgrade(struct connection *c) {
  c->data[c->filled < ROOM ? c->filled : ROOM - 1] = 0;
  char *key = strcasestr((char *)c->data, "\r\nSec-WebSocket-Key:");
  if (!strstr((char *)c->data, "\r\n\r\n")) return c->filled < ROOM - 1;
  if (!key) return 0;
  char given[128], accept[29], answer[256];
  uint8_t digest[20];
  sscanf(key + 20, " %60[^\r ]", given);
  sha1(strcat(given, GUID), digest);
  base64(digest, accept);
  c->upgraded = 1, c->filled = 0;
  return say(c->fd, answer, sprintf(answer,
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: %s\r\n\r\n", accept));
}

/* Answers the first frame in place, without its mask. */
static int frame(struct connection *c) {
  while (c->filled >= 6) {
    uint8_t *d = c->data, opcode = d[0] & 15;
    size_t size = d[1] & 127, head = size == 126 ? 8 : 6;
    if (size == 127) return 0;
    if (size == 126) size = d[2] << 8 | d[3];
    if (c->filled < head + size) return 1;
    for (size_t i = 0; i < size; i++) d[head + i] ^= d[head - 4 + i % 4];
    if (opcode != 10) { /* a pong: no answer */
      uint8_t *answer = d + 4; /* where the mask was */
      memmove(answer, d, head - 4);
      answer[0] = opcode == 9 ? 0x8A : d[0];
      answer[1] &= 127;
      if (!say(c->fd, answer, head - 4 + size) || opcode == 8) return 0;
    }
    c->filled -= head + size;
    memmove(d, d + head + size, c->filled);
  }
  return 1;
}

int main(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0), poll = epoll_create1(0);
  if (bind(listener, (void *)&address, length) || listen(listener, 4096)) return perror("listen"), 1;
  getsockname(listener, (void *)&address, &length);
  printf("listening %d\n", ntohs(address.sin_port));
  fflush(stdout);
  struct connection input = {.fd = 0}, accepting = {.fd = listener};
  epoll_ctl(poll, EPOLL_CTL_ADD, 0, &(struct epoll_event){EPOLLIN, {.ptr = &input}});
  epoll_ctl(poll, EPOLL_CTL_ADD, listener, &(struct epoll_event){EPOLLIN, {.ptr = &accepting}});
  for (struct epoll_event event; epoll_wait(poll, &event, 1, -1) == 1;) {
    struct connection *c = event.data.ptr;
    if (c == &input) return 0;
    if (c == &accepting) {
      struct connection *opened = calloc(1, sizeof *opened);
      opened->fd = accept(listener, NULL, NULL);
      setsockopt(opened->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      epoll_ctl(poll, EPOLL_CTL_ADD, opened->fd, &(struct epoll_event){EPOLLIN, {.ptr = opened}});
      continue;
    }
    ssize_t got = read(c->fd, c->data + c->filled, ROOM - 1 - c->filled);
    c->filled += got > 0 ? got : 0;
    if (got <= 0 || !(c->upgraded ? frame(c) : upgrade(c))) {
      close(c->fd);
      free(c);
    }
  }
  return 1;
}
