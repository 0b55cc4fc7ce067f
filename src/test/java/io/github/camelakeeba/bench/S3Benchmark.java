package io.github.camelakeeba.bench;

import io.github.camelakeeba.s3.S3Server;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Sends one file to a bucket, on this machine; arguments: size=3072 (MiB), partSize=16. The heap:
 * -Dbench.heap=64m. The server's jars: mvn -f src/it/s3 dependency:copy-dependencies.
 */
final class S3Benchmark {
  private static final int MIB = 1024 * 1024;

  private S3Benchmark() {}

  public static void main(String[] arguments) throws Exception {
    int size = number(arguments, "size", 3072);
    int partSize = number(arguments, "partSize", 16);
    Path folder = Files.createTempDirectory("s3-benchmark");
    Path file = folder.resolve("archive.jpa");
    byte[] bytes = new byte[MIB];
    Random random = new Random(7);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < size; i++) {
        random.nextBytes(bytes);
        out.write(bytes);
      }
    }
    try (S3Server server = S3Server.start(folder);
        CamelContext camel = new DefaultCamelContext()) {
      camel.start();
      String uri =
          "s3://vault/bench?endpoint=http://%s&accessKey=%s&secretKey=RAW(%s)&partSize=%d"
              .formatted(server.address(), S3Server.ACCESS_KEY, S3Server.SECRET_KEY, partSize);
      long start = System.nanoTime();
      camel
          .createProducerTemplate()
          .sendBodyAndHeader(uri, file.toFile(), Exchange.FILE_NAME, "archive.jpa");
      double seconds = (System.nanoTime() - start) / 1e9;
      long peak =
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
              .map(MemoryPoolMXBean::getPeakUsage)
              .mapToLong(usage -> usage.getUsed())
              .sum();
      System.out.printf(
          "| %d MiB in parts of %d | %.1f s | %.0f MiB/s | heap at most %d MiB |%n",
          size, partSize, seconds, size / seconds, peak / MIB);
    } finally {
      try (var all = Files.walk(folder)) {
        all.sorted(java.util.Comparator.reverseOrder()).forEach(one -> one.toFile().delete());
      }
    }
  }

  private static int number(String[] arguments, String name, int otherwise) {
    for (String argument : arguments) {
      if (argument.startsWith(name + "=")) {
        return Integer.parseInt(argument.substring(name.length() + 1));
      }
    }
    return otherwise;
  }
}
