package dev.echosounder.ws;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.io.EndPoint;

/** A tunnel by SOCKS 5 (RFC 1928), with user and password (RFC 1929) if the proxy wants them. */
final class SocksTunnel extends ProxyTunnel {
  private static final byte VERSION = 5;
  private static final byte NO_CREDENTIALS = 0;
  private static final byte PASSWORD = 2;
  private static final byte NONE_ACCEPTABLE = (byte) 0xff;
  private static final byte IPV4 = 1;
  private static final byte NAME = 3;
  private static final byte IPV6 = 4;
  private static final int LONGEST_NAME = 255;

  private enum Awaited {
    METHOD,
    LOGIN,
    REPLY
  }

  private final Proxy proxy;
  private Awaited awaited = Awaited.METHOD;

  SocksTunnel(
      Proxy proxy,
      EndPoint endPoint,
      Dialer dialer,
      Attempt attempt,
      Map<String, Object> context,
      Onward onward) {
    super(endPoint, dialer, attempt, context, onward);
    this.proxy = proxy;
  }

  /** RFC 1928 §3: what we can do. */
  @Override
  ByteBuffer greeting() {
    return proxy.user() == null
        ? ByteBuffer.wrap(new byte[] {VERSION, 1, NO_CREDENTIALS})
        : ByteBuffer.wrap(new byte[] {VERSION, 2, NO_CREDENTIALS, PASSWORD});
  }

  /** An answer can come in pieces, or glued to the next one. */
  @Override
  void read(ByteBuffer bytes) throws IOException {
    int before;
    do {
      before = bytes.remaining();
      step(bytes);
    } while (!isOver() && bytes.hasRemaining() && bytes.remaining() < before);
  }

  private void step(ByteBuffer bytes) throws IOException {
    switch (awaited) {
      case METHOD -> {
        if (bytes.remaining() >= 2) {
          method(bytes);
        }
      }
      case LOGIN -> {
        if (bytes.remaining() >= 2) {
          login(bytes);
        }
      }
      case REPLY -> {
        int length = replyLength(bytes);
        if (bytes.remaining() >= length) {
          reply(bytes, length);
        }
      }
    }
  }

  private void method(ByteBuffer bytes) throws IOException {
    expectVersion(bytes);
    byte method = bytes.get();
    if (method == NO_CREDENTIALS) {
      request();
    } else if (method == PASSWORD && proxy.user() != null) {
      awaited = Awaited.LOGIN;
      send(credentials());
    } else if (method == NONE_ACCEPTABLE) {
      throw new IOException(
          proxy.user() == null
              ? "it wants credentials, and none are given"
              : "it accepts neither user and password nor none");
    } else {
      throw new IOException("it chose method " + method + ", which was not offered");
    }
  }

  private static void expectVersion(ByteBuffer bytes) throws IOException {
    byte version = bytes.get();
    if (version != VERSION) {
      throw new IOException("it does not speak SOCKS 5: its answer begins with " + version);
    }
  }

  /** RFC 1929 §2. */
  private ByteBuffer credentials() {
    byte[] user = Objects.requireNonNull(proxy.user()).getBytes(StandardCharsets.UTF_8);
    byte[] password = Objects.requireNonNull(proxy.password()).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(1);
    out.write(user.length);
    out.writeBytes(user);
    out.write(password.length);
    out.writeBytes(password);
    return ByteBuffer.wrap(out.toByteArray());
  }

  private void login(ByteBuffer bytes) throws IOException {
    bytes.get();
    byte status = bytes.get();
    if (status != 0) {
      throw new IOException("it refused the user or the password (status " + (status & 0xff) + ")");
    }
    request();
  }

  /** RFC 1928 §4: a name goes as it is, for the proxy to look up. */
  private void request() throws UnknownHostException {
    awaited = Awaited.REPLY;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {VERSION, 1, 0});
    if (Resolver.isLiteral(host())) {
      byte[] address = InetAddress.getByName(host()).getAddress();
      out.write(address.length == 4 ? IPV4 : IPV6);
      out.writeBytes(address);
    } else {
      byte[] name = host().getBytes(StandardCharsets.US_ASCII);
      if (name.length > LONGEST_NAME) {
        throw new UnknownHostException("the host's name is longer than SOCKS can carry");
      }
      out.write(NAME);
      out.write(name.length);
      out.writeBytes(name);
    }
    out.write(port() >> 8);
    out.write(port());
    send(ByteBuffer.wrap(out.toByteArray()));
  }

  /** RFC 1928 §6: by the kind of the address in it; more than is there while that is unknown. */
  private static int replyLength(ByteBuffer bytes) throws IOException {
    if (bytes.remaining() < 5) {
      return Integer.MAX_VALUE;
    }
    int at = bytes.position();
    byte kind = bytes.get(at + 3);
    return switch (kind) {
      case IPV4 -> 10;
      case IPV6 -> 22;
      case NAME -> 7 + (bytes.get(at + 4) & 0xff);
      default -> throw new IOException("its reply has an address of unknown kind " + kind);
    };
  }

  private void reply(ByteBuffer bytes, int length) throws IOException {
    int end = bytes.position() + length;
    expectVersion(bytes);
    byte status = bytes.get();
    bytes.position(end);
    String server = Proxy.authority(host(), port());
    if (status != 0) {
      throw new IOException(
          "it could not reach %s: %d, %s".formatted(server, status & 0xff, meaning(status)));
    }
    open("succeeded");
  }

  private static String meaning(byte status) {
    return switch (status) {
      case 1 -> "general failure";
      case 2 -> "not allowed by its rules";
      case 3 -> "network unreachable";
      case 4 -> "host unreachable";
      case 5 -> "connection refused";
      case 6 -> "TTL expired";
      case 7 -> "command not supported";
      case 8 -> "address type not supported";
      default -> "a status that has no meaning";
    };
  }
}
