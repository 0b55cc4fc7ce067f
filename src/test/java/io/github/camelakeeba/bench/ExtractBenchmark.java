package io.github.camelakeeba.bench;

import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.extract.ArchiveExtractor;
import io.github.camelakeeba.extract.ExtractProgress;
import io.github.camelakeeba.extract.ExtractRequest;
import io.github.camelakeeba.extract.ExtractResult;
import io.github.camelakeeba.extract.PathFilter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * How fast an archive is extracted, held against {@code unzip -o} and against the plainest loop
 * over the JDK's {@code ZipInputStream}, of the same ZIP in the same run. The arguments are MiB of
 * files, bytes of each file, and rounds; the first round of each is left out. A third run of ours
 * finds all files there and compares them:
 *
 * <pre>mvn -q -Pbench test -Dbench=ExtractBenchmark -Dbench.heap=64m -Dargs="512 20000 3"</pre>
 */
public final class ExtractBenchmark {
  private ExtractBenchmark() {}

  /** Prints medians in seconds, and the ratios of the throughputs. */
  public static void main(String... arguments) throws Exception {
    long bytes = Long.parseLong(arguments[0]) << 20;
    int size = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    Path folder = Files.createTempDirectory("extract-benchmark");
    try {
      Path zip = folder.resolve("site.zip");
      write(zip, bytes, size);
      List<Double> unzip = new ArrayList<>();
      List<Double> jdk = new ArrayList<>();
      List<Double> ours = new ArrayList<>();
      List<Double> again = new ArrayList<>();
      for (int round = 0; round <= rounds; round++) {
        Path to = folder.resolve("to");
        double theirs = seconds(() -> unzip(zip, to));
        delete(to);
        double plain = seconds(() -> jdk(zip, to));
        delete(to);
        double own = seconds(() -> ours(zip, to));
        double compared = seconds(() -> ours(zip, to));
        delete(to);
        if (round > 0) {
          unzip.add(theirs);
          jdk.add(plain);
          ours.add(own);
          again.add(compared);
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%d MiB in files of %d bytes, a ZIP of %d MiB, medians of %d: unzip %.2f s, the JDK %.2f s,"
              + " ours %.2f s (%.0f %% of unzip's throughput, %.0f %% of the JDK's), compared with"
              + " what is there %.2f s; heap at most %d MiB%n",
          bytes >> 20,
          size,
          Files.size(zip) >> 20,
          rounds,
          median(unzip),
          median(jdk),
          median(ours),
          100 * median(unzip) / median(ours),
          100 * median(jdk) / median(ours),
          median(again),
          Runtime.getRuntime().maxMemory() >> 20);
    } finally {
      delete(folder);
    }
  }

  private interface Task {
    void run() throws Exception;
  }

  private static double seconds(Task task) throws Exception {
    long begun = System.nanoTime();
    task.run();
    return (System.nanoTime() - begun) / 1e9;
  }

  /** Texts that deflate to a quarter or so, as PHP and SQL do; sizes stand before the data. */
  private static void write(Path zip, long bytes, int size) throws IOException {
    Random random = new Random(4);
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(zip), 1 << 20);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (long number = 0; number * size < bytes; number++) {
        byte[] text = text(random, size);
        ZipEntry entry = new ZipEntry("folder-%d/file-%d.php".formatted(number / 200, number));
        CRC32 crc = new CRC32();
        crc.update(text);
        entry.setCrc(crc.getValue());
        entry.setSize(text.length);
        entry.setCompressedSize(deflated(text));
        out.putNextEntry(entry);
        out.write(text);
        out.closeEntry();
      }
    }
  }

  private static byte[] text(Random random, int size) {
    StringBuilder text = new StringBuilder(size + 40);
    while (text.length() < size) {
      text.append("INSERT INTO `#__content` VALUES ('")
          .append(random.nextInt(1_000_000))
          .append("', '")
          .append(Long.toString(random.nextLong(), 36))
          .append("');\n");
    }
    return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
  }

  private static long deflated(byte[] text) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(text);
    deflater.finish();
    byte[] buffer = new byte[64 * 1024];
    while (!deflater.finished()) {
      deflater.deflate(buffer);
    }
    long length = deflater.getBytesWritten();
    deflater.end();
    return length;
  }

  private static void unzip(Path zip, Path to) throws Exception {
    Process process =
        new ProcessBuilder("unzip", "-q", "-o", zip.toString(), "-d", to.toString())
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("unzip failed");
    }
  }

  private static void jdk(Path zip, Path to) throws IOException {
    try (ZipInputStream in =
        new ZipInputStream(new BufferedInputStream(Files.newInputStream(zip), 128 * 1024))) {
      byte[] buffer = new byte[128 * 1024];
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = to.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
          for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
          }
        }
      }
    }
  }

  private static void ours(Path zip, Path to) throws IOException {
    ExtractResult result =
        new ArchiveExtractor()
            .extract(
                new ExtractRequest(
                    ArchiveSource.of(zip),
                    List.of(),
                    to,
                    PathFilter.ALL,
                    null,
                    false,
                    new ExtractProgress()))
            .orThrow();
    if (!result.warnings().isEmpty()) {
      throw new IOException(result.warnings().texts().toString());
    }
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    return values.get(values.size() / 2);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
