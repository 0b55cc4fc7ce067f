package io.github.camelakeeba.archive.format;

import io.github.camelakeeba.secret.Secret;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/**
 * The password of an encrypted archive, once it is known, and the keys made of it. A key costs a
 * tenth of a second, so that of an archive with one salt is made once.
 */
final class JpsKeys {
  private final JpsHeader header;
  private final List<Secret> candidates;
  private final Map<Secret, SecretKeySpec> keys = new HashMap<>();
  private byte[] saltOfKeys;
  private long iterations; // of all keys that were made
  private Secret password; // null: none has fitted so far

  JpsKeys(JpsHeader header, List<Secret> candidates) {
    this.header = header;
    this.candidates =
        candidates.stream().flatMap(JpsKeys::asTypedAndWithoutBlanks).distinct().toList();
  }

  /** White space at the ends belongs to few passwords, and to more files of passwords. */
  private static Stream<Secret> asTypedAndWithoutBlanks(Secret password) {
    return Stream.of(password, Secret.unmasked(password.reveal()));
  }

  /** Of PBKDF2, for all keys that were made so far. */
  long iterations() {
    return iterations;
  }

  boolean known() {
    return password != null;
  }

  /** Decrypts the block with the first password whose outcome is plausible; false: none's is. */
  boolean find(EncryptedBlock block, Predicate<EncryptedBlock> plausible) {
    for (Secret candidate : candidates) {
      if (block.decrypt(key(candidate, block)) && plausible.test(block)) {
        password = candidate;
        return true;
      }
    }
    return false;
  }

  /** With the password that is known; throws when it can't be what was encrypted. */
  void decrypt(EncryptedBlock block) {
    if (!block.decrypt(key(password, block))) {
      throw block.damaged();
    }
  }

  private SecretKeySpec key(Secret candidate, EncryptedBlock block) {
    if (header.salt() == null && !Arrays.equals(saltOfKeys, block.salt)) {
      keys.clear();
      saltOfKeys = block.salt;
    }
    return keys.computeIfAbsent(
        candidate,
        one -> {
          iterations += header.iterations();
          return header.key(one.reveal(), block.salt);
        });
  }
}
