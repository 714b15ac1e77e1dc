package dev.echosounder.ws;

import dev.echosounder.ws.ConnectFailure.Cause;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/** Reads exceptions of the JDK and of Jetty: which cause they mean, and what to show a person. */
final class Failures {
  /** Exceptions can be circular; a chain of real ones is shorter than this. */
  private static final int LONGEST_CHAIN = 20;

  private Failures() {}

  /** The cause that this exception alone tells, if it does. */
  static Optional<Cause> cause(Throwable failure) {
    List<Throwable> chain = chain(failure);
    for (Throwable t : chain) {
      Cause cause = ofOne(t);
      if (cause != null) {
        return Optional.of(cause);
      }
    }
    return isTls(failure) ? Optional.of(tls(chain)) : Optional.empty();
  }

  private static @Nullable Cause ofOne(Throwable t) {
    String message = String.valueOf(t.getMessage());
    if (t instanceof UnknownHostException) {
      return Cause.DNS;
    } else if (t instanceof NoRouteToHostException || message.contains("unreachable")) {
      return Cause.UNREACHABLE;
    } else if (t instanceof ConnectException && message.contains("refused")) {
      return Cause.REFUSED;
    } else if (t instanceof SocketException && message.contains("No such file or directory")) {
      // ENOENT of a unix socket: its server has not made it.
      return Cause.REFUSED;
    } else if (t instanceof HttpException) {
      return Cause.NOT_WEBSOCKET;
    }
    return null;
  }

  private static Cause tls(List<Throwable> chain) {
    boolean untrusted = false;
    boolean hostname = false;
    for (Throwable t : chain) {
      if (t instanceof CertificateExpiredException
          || t instanceof CertificateNotYetValidException) {
        return Cause.TLS_EXPIRED;
      }
      untrusted |= t instanceof CertPathBuilderException || t instanceof CertPathValidatorException;
      // The JDK's host name check throws the bare type, and nothing else here does.
      hostname |= t.getClass() == CertificateException.class;
    }
    return untrusted ? Cause.TLS_UNTRUSTED : hostname ? Cause.TLS_HOSTNAME : Cause.TLS_HANDSHAKE;
  }

  static boolean isTls(Throwable failure) {
    return chain(failure).stream().anyMatch(t -> t instanceof SSLException);
  }

  /** A bad option, such as a certificate file that can't be used: nobody else's doing. */
  static boolean isOurs(Throwable failure) {
    return chain(failure).stream().anyMatch(t -> t instanceof IllegalArgumentException);
  }

  /** EPIPE: the socket was dead before this write; the reader knows better what killed it. */
  static boolean isBrokenPipe(IOException failure) {
    return text(failure).contains("Broken pipe");
  }

  /** ECONNRESET, EPIPE, end of stream: the peer's doing, of a socket that nobody has read yet. */
  static boolean isCut(Throwable failure) {
    String text = text(failure);
    return text.contains("Connection reset")
        || text.contains("Broken pipe")
        || chain(failure).stream().anyMatch(t -> t instanceof EOFException);
  }

  /** What a person should read of it: the innermost message that says something. */
  static String text(Throwable failure) {
    List<Throwable> chain = chain(failure);
    for (int i = chain.size() - 1; i >= 0; i--) {
      String message = chain.get(i).getMessage();
      if (message != null && !message.isBlank()) {
        return message;
      }
    }
    return failure.getClass().getSimpleName();
  }

  private static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable t = failure; t != null && chain.size() < LONGEST_CHAIN; t = t.getCause()) {
      chain.add(t);
    }
    return chain;
  }
}
