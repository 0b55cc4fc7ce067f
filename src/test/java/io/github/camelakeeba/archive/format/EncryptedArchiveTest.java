package io.github.camelakeeba.archive.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.archive.RealArchive;
import io.github.camelakeeba.archive.format.ArchiveEntry.Kind;
import io.github.camelakeeba.archive.format.ArchiveVerification.Encryption;
import io.github.camelakeeba.secret.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An encrypted archive is read with its password as any other is without; a wrong password is told
 * from a broken archive.
 */
@Tag("fault")
class EncryptedArchiveTest {
  private static final String PASSWORD = "fixture-pässword";
  private static final String STRUCTURE = "structure was checked to the last byte";
  private static final byte[] TEXT =
      "a line of text\n".repeat(700).getBytes(StandardCharsets.UTF_8);

  private static EncryptedArchive small(int hash, boolean staticSalt) throws Exception {
    return filled(new EncryptedArchive(hash, 20, staticSalt, PASSWORD));
  }

  private static EncryptedArchive filled(EncryptedArchive archive) throws GeneralSecurityException {
    return archive
        .file("folder/ä.txt", TEXT)
        .file("empty.txt", new byte[0])
        .folder("folder/empty")
        .link("link", "folder/ä.txt".replace("ä", "a"))
        .file("16", "0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
  }

  private static ArchiveVerification read(byte[] archive, EntrySink sink, String... passwords)
      throws IOException {
    return read(archive, sink, Arrays.stream(passwords).map(Secret::unmasked).toList());
  }

  private static ArchiveVerification read(byte[] archive, EntrySink sink, List<Secret> passwords)
      throws IOException {
    Volume volume =
        new Volume() {
          @Override
          public String name() {
            return "site.jps";
          }

          @Override
          public long size() {
            return archive.length;
          }

          @Override
          public InputStream open() {
            return new ByteArrayInputStream(archive);
          }
        };
    return ArchiveReader.read(
        ArchiveSource.of("site.jps", List.of(volume)), passwords, ReadProgress.NONE, sink);
  }

  private static void broken(byte[] archive, String... words) {
    assertThatThrownBy(() -> read(archive, EntrySink.NONE, PASSWORD))
        .isInstanceOf(BrokenArchiveException.class)
        .message()
        .contains(words);
  }

  @ParameterizedTest
  @CsvSource({"0,true", "1,true", "2,true", "0,false", "1,false", "2,false"})
  void each_way_to_make_a_key_is_known(int hash, boolean staticSalt) throws Exception {
    CollectedEntries found = new CollectedEntries();

    ArchiveVerification read = read(small(hash, staticSalt).end(), found, "other", PASSWORD);

    assertThat(read.encryption()).isEqualTo(Encryption.DECRYPTED);
    assertThat(read.unreadableReason()).isNull();
    assertThat(found.entries)
        .containsExactly(
            new ArchiveEntry(
                "folder/ä.txt", Kind.FILE, TEXT.length, 0640, Instant.ofEpochSecond(1_760_000_000)),
            new ArchiveEntry("empty.txt", Kind.FILE, 0, 0640, Instant.ofEpochSecond(1_760_000_000)),
            new ArchiveEntry("folder/empty", Kind.FOLDER, 0, 0755, null),
            new ArchiveEntry("link", Kind.LINK, 12, 0644, null),
            new ArchiveEntry("16", Kind.FILE, 16, 0640, Instant.ofEpochSecond(1_760_000_000)));
    assertThat(found.links).containsEntry("link", "folder/a.txt");
    assertThat(found.bytes).isEqualTo(TEXT.length + 12 + 16);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void without_a_password_that_fits_its_structure_is_checked_and_that_is_said(boolean staticSalt)
      throws Exception {
    byte[] archive = small(0, staticSalt).end();
    CollectedEntries found = new CollectedEntries();

    ArchiveVerification none = read(archive, found);
    ArchiveVerification wrong = read(archive, found, "other", "another");

    assertThat(none.encryption()).isEqualTo(Encryption.NO_PASSWORD);
    assertThat(none.unreadableReason()).contains(STRUCTURE).endsWith("they are encrypted");
    assertThat(wrong.encryption()).isEqualTo(Encryption.WRONG_PASSWORD);
    assertThat(wrong.unreadableReason())
        .contains(STRUCTURE)
        .endsWith("no password that was given fits");
    assertThat(found.entries).isEmpty();
  }

  @Test
  void a_password_is_tried_as_it_is_typed_and_without_the_white_space_at_its_ends()
      throws Exception {
    for (String password : List.of("\u3000of the archives ", "\ud83d\udd11" + "x".repeat(1000))) {
      byte[] archive = filled(new EncryptedArchive(0, 20, true, password)).end();
      for (String typed : List.of(password, password + " ")) {
        assertThat(
                read(archive, new CollectedEntries(), List.of(Secret.verbatim(typed))).encryption())
            .as("[%s]", typed)
            .isEqualTo(
                typed.strip().equals(password) || typed.equals(password)
                    ? Encryption.DECRYPTED
                    : Encryption.WRONG_PASSWORD);
      }
    }
  }

  /** Ten million iterations for each of a million blocks are some months. */
  @Test
  void an_archive_that_would_have_keys_made_for_days_is_walked_without_them() throws Exception {
    byte[] archive =
        filled(new EncryptedArchive(0, 1000, false, PASSWORD)).file("last.txt", TEXT).end();
    LittleEndianInput in = new LittleEndianInput(new ByteArrayInputStream(archive));
    List<Secret> passwords = List.of(Secret.unmasked(PASSWORD));

    FormatReader reader = new JpsReader(in, 1, passwords, EntrySink.NONE, 3000);

    assertThat(reader.unreadableReason()).contains(STRUCTURE).endsWith("takes too long to make");
    assertThat(reader.encryption()).isEqualTo(Encryption.UNREADABLE);
    assertThat(read(archive, EntrySink.NONE, PASSWORD).encryption())
        .isEqualTo(Encryption.DECRYPTED);
  }

  @Test
  void one_whose_header_does_not_say_how_it_was_encrypted_is_no_matter_of_the_password()
      throws Exception {
    byte[] archive = filled(EncryptedArchive.misstated(PASSWORD)).end();
    CollectedEntries found = new CollectedEntries();

    ArchiveVerification right = read(archive, found, PASSWORD);

    assertThat(right.encryption()).isEqualTo(Encryption.UNREADABLE);
    assertThat(right.unreadableReason()).contains(STRUCTURE, "pbkdf2usestaticsalt is 0");
    assertThat(found.entries).isEmpty();
    assertThat(read(archive, found, "other").encryption()).isEqualTo(Encryption.WRONG_PASSWORD);
    byte[] unknownHash = small(0, true).end();
    unknownHash[14] = 3;
    assertThat(read(unknownHash, found, PASSWORD).encryption()).isEqualTo(Encryption.UNREADABLE);
    byte[] endless = small(0, true).end();
    endless[18] = 127; // iterations: hours
    assertThat(read(endless, found, PASSWORD).encryption()).isEqualTo(Encryption.UNREADABLE);
  }

  @Test
  void a_first_header_that_is_damaged_is_not_taken_for_a_wrong_password() throws Exception {
    byte[] archive = small(0, true).end();
    archive[84 + 7 + 3]++;

    broken(archive, "The header of the entry at byte 84 is damaged", "the password fits that at");
  }

  @Test
  void each_way_to_be_broken_is_told() throws Exception {
    broken(new EncryptedArchive(0, 20, true, PASSWORD).end(), "No entry begins at byte 84");
    broken(
        small(0, true).header("without contents", 1, 1, 9, 0, 0).end(),
        "The encrypted block at byte",
        "is damaged");
    broken(small(0, true).block(TEXT).end(), "No entry begins at byte");
    broken(
        small(0, true).header("short", 1, 0, 9, 0, 0).block(new byte[10]).end(),
        "has more than the 9 bytes of its entry");
    broken(
        small(0, true).header("no deflate", 1, 1, 9, 0, 0).block(new byte[] {7, 7, 7}).end(),
        "does not inflate");
    broken(
        small(0, true).header("more", 1, 1, 0x10, 0, 0).block(new byte[] {3, 0, 9}).end(),
        "does not inflate to its end");
    broken(
        small(0, true).header("nothing", 1, 1, 9, 0, 0).block(new byte[] {3, 0}).end(),
        "is damaged");
    byte[] counted = small(0, true).end();
    counted[counted.length - 8]++;
    broken(counted, "The end of the archive counts", "but its entries have");
  }

  @Test
  void cut_anywhere_it_is_broken_whatever_the_password() throws Exception {
    for (boolean staticSalt : new boolean[] {true, false}) {
      byte[] good = small(0, staticSalt).end();
      for (int length = 0; length < good.length; length++) {
        byte[] cut = Arrays.copyOf(good, length);
        assertThatThrownBy(() -> read(cut, EntrySink.NONE, PASSWORD))
            .as("cut after %s bytes", length)
            .isInstanceOf(BrokenArchiveException.class);
        assertThatThrownBy(() -> read(cut, EntrySink.NONE))
            .isInstanceOf(BrokenArchiveException.class);
      }
    }
  }

  /**
   * The format has no checksum, and cipher text that changed decrypts to something. What that is
   * inflates no more, or to another length, but for some changes in a hundred; names, times and
   * what can't be compressed have nothing that tells.
   */
  @Test
  void a_bit_that_changed_anywhere_in_an_encrypted_dump_is_told_but_for_some_in_a_hundred()
      throws Exception {
    byte[] dump = Arrays.copyOf(RealArchive.of("j-dbonly").bytes(), 30_000);
    byte[] good =
        new EncryptedArchive(0, 20, true, PASSWORD)
            .file("installation/sql/site.sql", dump)
            .file("last.txt", TEXT)
            .end();
    CollectedEntries whole = new CollectedEntries();
    read(good, whole, PASSWORD);
    int flips = 0;
    int unseen = 0;
    for (int bit = 0; bit < good.length * 8; bit += 31) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      flips++;
      CollectedEntries found = new CollectedEntries();
      try {
        if (read(bad, found, PASSWORD).decrypted() && !found.checksums.equals(whole.checksums)) {
          unseen++;
        }
      } catch (BrokenArchiveException told) {
        // as it should be
      }
    }
    assertThat(flips).isGreaterThan(1000);
    assertThat(unseen).isLessThan(flips / 20);
  }
}
