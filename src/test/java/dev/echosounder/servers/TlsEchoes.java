package dev.echosounder.servers;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import java.net.URI;

/** Echo servers that speak TLS themselves. */
public final class TlsEchoes {
  private TlsEchoes() {}

  /** Netty on the JDK's TLS. */
  public static EchoServer netty(Certificates certificates) {
    return netty(certificates, ClientAuth.NONE);
  }

  static EchoServer netty(Certificates certificates, ClientAuth clients) {
    JdkSslContext tls =
        new JdkSslContext(
            certificates.server(Leaf.VALID),
            false,
            null,
            IdentityCipherSuiteFilter.INSTANCE,
            null,
            clients,
            null,
            false);
    return NettyEcho.start("netty", null, tls);
  }

  /** Its URI tells of no TLS. */
  public static URI wss(EchoServer server) {
    return URI.create(server.uri().toString().replaceFirst("ws:", "wss:"));
  }
}
