package io.github.camelakeeba.archive.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.camelakeeba.secret.Secret;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an archive's bytes are, it is read, or said to be broken, and costs no memory. */
@Tag("fault")
class ArchiveFuzzTest {
  private static final String PASSWORD = "of this test";
  private static final int ARCHIVES = 2000;
  private static final int KEY = 15; // where a JPS has iterations, and whether it has one salt

  private static byte[] good(String format) throws Exception {
    byte[] plain = "a line of text, and one more\n".repeat(20).getBytes(StandardCharsets.UTF_8);
    if (format.equals("jps")) {
      return new EncryptedArchive(0, 5, true, PASSWORD)
          .file("folder/one.txt", plain)
          .folder("folder/empty")
          .link("link", "folder/one.txt")
          .file("two.txt", plain)
          .end();
    }
    try (InputStream all =
        SampleArchives.repeated(format, plain, 3, PASSWORD).volumes().get(0).open()) {
      return all.readAllBytes();
    }
  }

  private static ArchiveSource source(String format, byte[] bytes) {
    Volume volume =
        new Volume() {
          @Override
          public String name() {
            return "site." + format;
          }

          @Override
          public long size() {
            return bytes.length;
          }

          @Override
          public InputStream open() {
            return new ByteArrayInputStream(bytes);
          }
        };
    return ArchiveSource.of("site." + format, List.of(volume));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpa", "zip", "jps"})
  void bytes_that_changed_at_random_make_a_broken_archive_and_no_other_failure(String format)
      throws Exception {
    byte[] good = good(format);
    Random random = new Random(19);
    List<Secret> passwords = List.of(Secret.unmasked(PASSWORD));
    assertThat(
            ArchiveReader.read(source(format, good), passwords, ReadProgress.NONE, EntrySink.NONE)
                .readable())
        .isTrue();
    for (int i = 0; i < ARCHIVES; i++) {
      byte[] bad = good.clone();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        // ends of numbers, more often than chance: 0, the largest, the sign
        int[] values = {0, 0xFF, 0x7F, 0x80, random.nextInt(256)};
        int at = random.nextInt(bad.length);
        for (int length = 1 + random.nextInt(4); length > 0 && at < bad.length; length--) {
          bad[at++] = (byte) values[random.nextInt(values.length)];
        }
      }
      if (format.equals("jps")) {
        System.arraycopy(good, KEY, bad, KEY, 5); // how long it takes to make a key
      }
      int number = i;
      assertThatCode(
              () -> {
                try {
                  ArchiveReader.read(
                      source(format, bad), passwords, ReadProgress.NONE, new CollectedEntries());
                } catch (BrokenArchiveException told) {
                  assertThat(told.getMessage()).isNotBlank();
                }
              })
          .as("archive %s", number)
          .doesNotThrowAnyException();
    }
  }
}
