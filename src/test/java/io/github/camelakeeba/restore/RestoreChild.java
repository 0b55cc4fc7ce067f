package io.github.camelakeeba.restore;

import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.ReadProgress;
import io.github.camelakeeba.archive.format.Volume;
import io.github.camelakeeba.config.proof.RestoreTestSettings;
import io.github.camelakeeba.secret.Secret;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process that is in the middle of a restore test, and stays there until it is killed. */
final class RestoreChild {
  private static final int RESTORED = 200_000; // bytes of the dump: some tables

  private RestoreChild() {}

  /**
   * @param arguments folder, URL of the server or {@code embedded}, user, password
   */
  public static void main(String[] arguments) throws Exception {
    Secret url =
        arguments[1].equals(RestoreTestSettings.EMBEDDED)
            ? Secret.unmasked(arguments[1])
            : Secret.address(arguments[1]);
    new RestoreTest(Path.of(arguments[0]), Duration.ofMinutes(10), MariaDb.jars())
        .run(
            stopping(
                () -> {
                  System.out.println("in the middle");
                  new CountDownLatch(1).await();
                }),
            List.of(),
            new RestoreTestSettings(null, url, arguments[2], new Secret(arguments[3])),
            DumpExpectation.NONE,
            ReadProgress.NONE);
  }

  @FunctionalInterface
  interface Middle {
    void reached() throws InterruptedException;
  }

  /** A dump of which some tables are read before something happens, and then the rest. */
  static ArchiveSource stopping(Middle middle) throws IOException {
    byte[] dump = Files.readAllBytes(Path.of("src/test/resources/archives/j-dbonly.sql"));
    return ArchiveSource.of(
        "j-dbonly.sql",
        List.of(
            new Volume() {
              @Override
              public String name() {
                return "j-dbonly.sql";
              }

              @Override
              public long size() {
                return dump.length;
              }

              @Override
              public InputStream open() {
                return new FilterInputStream(new ByteArrayInputStream(dump)) {
                  private int given;

                  @Override
                  public int read(byte[] to, int offset, int length) throws IOException {
                    int before = given;
                    int count = super.read(to, offset, Math.min(length, 10_000));
                    given += count;
                    if (before < RESTORED && given >= RESTORED) {
                      try {
                        middle.reached();
                      } catch (InterruptedException e) {
                        throw new IOException(e);
                      }
                    }
                    return count;
                  }
                };
              }
            }));
  }
}
