package io.github.camelakeeba.archive.format;

import java.util.List;

/**
 * What an archive that was read from its first byte to its last is like. One that is not whole has
 * none: the reader throws.
 *
 * @param unreadableReason what of it could not be read, and why; null: all was read
 * @param checksums SHA-256 of its files, in their order, in hex; empty where not asked for
 * @param encryption whether it is encrypted, and what became of that
 */
public record ArchiveVerification(
    String unreadableReason, List<String> checksums, Encryption encryption) {

  /** What is known of the contents of an archive that may be encrypted. */
  public enum Encryption {
    /** It is not encrypted. */
    NONE,
    /** A password fitted: its contents were read. */
    DECRYPTED,
    /** No password was given: its structure was checked. */
    NO_PASSWORD,
    /** None of the passwords fits: its structure was checked. */
    WRONG_PASSWORD,
    /** Whatever the password, it can't be decrypted by what its header says. */
    UNREADABLE
  }

  public boolean encrypted() {
    return encryption != Encryption.NONE;
  }

  public boolean decrypted() {
    return encryption == Encryption.DECRYPTED;
  }

  /** Whether its entries were handed out, and are what the archive says. */
  public boolean readable() {
    return unreadableReason == null;
  }
}
