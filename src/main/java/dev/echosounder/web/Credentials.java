package dev.echosounder.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Checks HTTP basic credentials (RFC 7617) against bcrypt hashes. Thread-safe.
 *
 * <p>bcrypt costs some 100 ms by design. Credentials that were right once are remembered as a keyed
 * digest, so a scrape costs microseconds. A wrong password and an unknown user cost the same, and
 * only a few are worked on at a time: a flood of guesses can't take all processors.
 */
final class Credentials {
  /** What a request's credentials are worth. */
  enum Answer {
    RIGHT,
    WRONG,
    /** Too many are being checked at once. */
    BUSY
  }

  private static final int AT_A_TIME = 2;
  private static final long PATIENCE_MILLIS = 1_000;

  /** Of nobody's password: what an unknown user's is compared with if there is no hash at all. */
  private static final String NOBODY =
      "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";

  private final Map<String, String> users;
  private final String stranger;
  private final byte[] salt = new byte[32];
  private final Semaphore working = new Semaphore(AT_A_TIME, true);

  /** User to digest of the password that was right: never more entries than users. */
  private final Map<String, byte[]> verified = new ConcurrentHashMap<>();

  Credentials(Map<String, String> users) {
    this.users = users;
    // The costliest: or an unknown user would be found out by a quick answer.
    this.stranger =
        users.values().stream()
            .max(Comparator.comparing((String hash) -> hash.substring(4, 6)))
            .orElse(NOBODY);
    new SecureRandom().nextBytes(salt);
  }

  /** Whether everyone may. */
  boolean open() {
    return users.isEmpty();
  }

  /**
   * Blocks for the time of a bcrypt comparison unless they were right before.
   *
   * @param authorization the header; null if there is none
   */
  Answer check(@Nullable String authorization) {
    if (open()) {
      return Answer.RIGHT;
    }
    String pair = pair(authorization);
    int colon = pair.indexOf(':');
    if (colon < 0) {
      return Answer.WRONG;
    }
    String user = pair.substring(0, colon);
    String password = pair.substring(colon + 1);
    byte[] digest = digest(user, password);
    byte[] known = verified.get(user);
    if (known != null && MessageDigest.isEqual(known, digest)) {
      return Answer.RIGHT;
    }
    return compare(user, password, digest);
  }

  private Answer compare(String user, String password, byte[] digest) {
    try {
      if (!working.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        return Answer.BUSY;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.BUSY;
    }
    try {
      String hash = users.get(user);
      boolean matches = BCrypt.checkpw(password, hash == null ? stranger : hash);
      if (hash == null || !matches) {
        return Answer.WRONG;
      }
      verified.put(user, digest);
      return Answer.RIGHT;
    } finally {
      working.release();
    }
  }

  /** Empty if there are no readable credentials. */
  private static String pair(@Nullable String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return "";
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(authorization.substring(6).trim());
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return ""; // Not base64: as wrong as a wrong password.
    }
  }

  private byte[] digest(String user, String password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(salt, "HmacSHA256"));
      byte[] name = user.getBytes(StandardCharsets.UTF_8);
      mac.update(ByteBuffer.allocate(4).putInt(name.length).flip());
      mac.update(name);
      return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e); // Every JDK has it (java.security.Security's own list).
    }
  }
}
