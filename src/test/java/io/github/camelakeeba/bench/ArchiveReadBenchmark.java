package io.github.camelakeeba.bench;

import io.github.camelakeeba.archive.format.ArchiveReader;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.ArchiveVerification;
import io.github.camelakeeba.archive.format.EntrySink;
import io.github.camelakeeba.archive.format.ReadProgress;
import io.github.camelakeeba.archive.format.SampleArchives;
import io.github.camelakeeba.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * How fast an archive is read, held against the JDK's own inflater on the same packed bytes in the
 * same run, from memory, in CPU time of one thread. The arguments are the MiB of the archive's
 * contents, and rounds; the first round is left out. The archive repeats one entry, so it needs
 * neither disk nor memory:
 *
 * <pre>mvn -q -Pbench test -Dbench=ArchiveReadBenchmark -Dbench.heap=64m -Dargs="3072 3"</pre>
 */
public final class ArchiveReadBenchmark {
  private static final int ENTRY = 4 << 20;
  private static final Secret PASSWORD = Secret.unmasked("of a benchmark");

  private ArchiveReadBenchmark() {}

  /** Prints medians in MB of inflated bytes a second of CPU. */
  public static void main(String... arguments) throws Exception {
    int entries = (int) ((Long.parseLong(arguments[0]) << 20) / ENTRY);
    int rounds = Integer.parseInt(arguments[1]);
    byte[] plain = sql();
    byte[] packed = SampleArchives.deflated(plain);
    System.out.printf(
        Locale.ROOT,
        "%d MiB in %d entries, packed to %.0f %%, medians of %d, heap at most %d MiB%n",
        (long) entries * ENTRY >> 20,
        entries,
        100.0 * packed.length / plain.length,
        rounds,
        Runtime.getRuntime().maxMemory() >> 20);
    System.out.printf("%-8s %12s %12s %8s %12s%n", "", "inflater", "reader", "", "with SHA-256");
    for (String format : List.of("jpa", "zip", "jps")) {
      ArchiveSource source = SampleArchives.repeated(format, plain, entries, PASSWORD.reveal());
      List<Double> jdk = new ArrayList<>();
      List<Double> ours = new ArrayList<>();
      List<Double> summed = new ArrayList<>();
      for (int round = 0; round <= rounds; round++) {
        double inflater = seconds(() -> inflate(source(packed, entries), packed.length, entries));
        double reader = seconds(() -> read(source, entries, false));
        double withSums = seconds(() -> read(source, entries, true));
        if (round > 0) {
          jdk.add(inflater);
          ours.add(reader);
          summed.add(withSums);
        }
      }
      double megabytes = (double) entries * ENTRY / 1e6;
      System.out.printf(
          Locale.ROOT,
          "%-8s %7.0f MB/s %7.0f MB/s %6.0f %% %7.0f MB/s%n",
          format,
          megabytes / median(jdk),
          megabytes / median(ours),
          100 * median(jdk) / median(ours),
          megabytes / median(summed));
    }
  }

  /** Rows as a dump has them, of some variety. */
  private static byte[] sql() {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder(ENTRY + 1000);
    for (int id = 1; text.length() < ENTRY; id++) {
      text.append("('").append(id).append("', 'A title of some words ").append(random.nextInt());
      text.append("', '2026-11-").append(10 + random.nextInt(20)).append(" 04:00:00', '");
      for (int word = 0; word < 40; word++) {
        text.append(Integer.toString(random.nextInt(3000), 36)).append(' ');
      }
      text.append("', NULL),\n");
    }
    return text.substring(0, ENTRY).getBytes(StandardCharsets.US_ASCII);
  }

  private interface Work {
    void run() throws Exception;
  }

  /** Of CPU, which other programs on the machine do not lengthen. */
  private static double seconds(Work work) throws Exception {
    long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    work.run();
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun) / 1e9;
  }

  private static InputStream source(byte[] packed, int times) {
    return SampleArchives.repeating(new byte[0], packed, times, new byte[0]);
  }

  /** What a program does that uses the JDK's inflater and knows where each entry begins. */
  private static void inflate(InputStream in, int length, int entries)
      throws IOException, DataFormatException {
    Inflater inflater = new Inflater(true);
    byte[] buffer = new byte[128 * 1024];
    byte[] output = new byte[128 * 1024];
    long bytes = 0;
    for (int entry = 0; entry < entries; entry++) {
      inflater.reset();
      for (int left = length; left > 0; ) {
        int n = in.read(buffer, 0, Math.min(left, buffer.length));
        left -= n;
        inflater.setInput(buffer, 0, n);
        for (int m = inflater.inflate(output); m > 0; m = inflater.inflate(output)) {
          bytes += m;
        }
      }
    }
    inflater.end();
    check(bytes, entries);
  }

  private static void read(ArchiveSource source, int entries, boolean sums) throws IOException {
    long[] bytes = new long[1];
    EntrySink sink =
        new EntrySink() {
          @Override
          public void bytes(byte[] from, int offset, int length) {
            bytes[0] += length;
          }
        };
    List<Secret> passwords = List.of(PASSWORD);
    ArchiveVerification read =
        sums
            ? ArchiveReader.read(source, passwords, ReadProgress.NONE, sink)
            : ArchiveReader.readWithoutChecksums(source, passwords, ReadProgress.NONE, sink);
    if (!read.readable()) {
      throw new IllegalStateException(read.unreadableReason());
    }
    check(bytes[0], entries);
  }

  private static void check(long bytes, int entries) {
    if (bytes != (long) entries * ENTRY) {
      throw new IllegalStateException(bytes + " bytes came out");
    }
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    return values.get(values.size() / 2);
  }
}
