package io.github.camelakeeba.secret;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;

/** A value that must never be printed: only {@link #reveal} returns it. */
public final class Secret {
  private final String value;

  private static final int RANDOM_BYTES = 32;

  /** Stripped of white space; throws {@link IllegalArgumentException} for an empty one. */
  public Secret(String value) {
    this(value, true);
  }

  private Secret(String value, boolean masked) {
    this(masked, Objects.requireNonNull(value).strip());
  }

  private Secret(boolean masked, String value) {
    this.value = value;
    if (value.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    if (masked) {
      SecretMasker.add(value.strip()); // with its white space, too
    }
  }

  /** A password as it is typed, with the white space at its ends, which may belong to it. */
  public static Secret verbatim(String value) {
    return new Secret(true, value);
  }

  /** An address: it is masked as a whole only, since it begins and ends as others do. */
  public static Secret address(String value) {
    Secret address = new Secret(value, false);
    SecretMasker.addWhole(address.value);
    return address;
  }

  /** One that may be a common word: it is not masked where it happens to occur in a text. */
  public static Secret unmasked(String value) {
    return new Secret(value, false);
  }

  /** A new one that nobody guesses: 43 letters, digits, - and _. */
  public static Secret random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
