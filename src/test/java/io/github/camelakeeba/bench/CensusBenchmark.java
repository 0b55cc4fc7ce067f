package io.github.camelakeeba.bench;

import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.archive.dump.DumpReader;
import io.github.camelakeeba.archive.dump.DumpTable;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How fast the SQL of a dump is read, its rows counted and its keys sketched, by one thread: a
 * shop's tables, in the shares that they have in a real one, as inflated bytes come.
 *
 * <pre>mvn -q -Pbench test -Dbench=CensusBenchmark -Dbench.heap=64m -Dargs="mib=4096"</pre>
 */
public final class CensusBenchmark {
  private static final int CHUNK = 128 * 1024;
  private static final int ROWS = 200; // in a statement

  private CensusBenchmark() {}

  /** Prints MB of SQL a second of CPU time, for each kind of table and for all. */
  public static void main(String... arguments) {
    Settings settings = new Settings(arguments, "mib", "1024", "rounds", "3");
    System.out.println(settings);
    for (Shape shape : Shape.values()) {
      List<Double> speeds = new ArrayList<>();
      for (int round = 0; round <= settings.number("rounds"); round++) {
        double speed = read(shape, (long) settings.number("mib") << 20);
        if (round > 0) {
          speeds.add(speed);
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%-10s %4.0f MB/s (median of %d; heap at most %d MiB)%n",
          shape,
          speeds.stream().sorted().skip(speeds.size() / 2).findFirst().orElseThrow(),
          speeds.size(),
          Runtime.getRuntime().maxMemory() >> 20);
    }
  }

  /** What its rows are like. */
  private enum Shape {
    ORDERS(9, 12), // many short values: numbers, dates, names
    METADATA(4, 14), // four short ones
    ARTICLES(8, 900), // long texts with escapes
    SINGLE(9, 12); // as the first, a statement a row

    private final int columns;
    private final int length;

    Shape(int columns, int length) {
      this.columns = columns;
      this.length = length;
    }

    String create() {
      StringBuilder sql = new StringBuilder("/**ABDB**/CREATE TABLE `#__t` (\n  `id` int(11),\n");
      for (int i = 1; i < columns; i++) {
        sql.append("  `c").append(i).append("` varchar(255),\n");
      }
      return sql.append("  PRIMARY KEY (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n")
          .toString();
    }

    /** A statement of rows whose keys have ten digits, to be overwritten. */
    byte[] insert() {
      Random random = new Random(length);
      String begin = "/**ABDB**/INSERT INTO `#__t`  VALUES \n";
      StringBuilder sql = new StringBuilder(begin);
      for (int row = 0; row < ROWS; row++) {
        sql.append("('0000000000'");
        for (int i = 1; i < columns; i++) {
          sql.append(", '");
          int characters = length / 2 + random.nextInt(length);
          for (int c = 0; c < characters; c++) {
            int kind = random.nextInt(100);
            sql.append(
                kind == 0 ? "\\n" : kind == 1 ? "\\\"" : String.valueOf((char) ('a' + kind % 26)));
          }
          sql.append('\'');
        }
        sql.append(row + 1 == ROWS ? ");\n" : this == SINGLE ? ");\n" + begin : "),\n");
      }
      return sql.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private static double read(Shape shape, long size) {
    DumpReader reader = new DumpReader(false);
    byte[] create = shape.create().getBytes(StandardCharsets.ISO_8859_1);
    byte[] insert = shape.insert();
    int[] keys = keys(insert);
    reader.begin("site.sql");
    reader.bytes(create, 0, create.length);
    long begun = cpu();
    long done = 0;
    long key = 0;
    while (done < size) {
      for (int at : keys) {
        key += key % 1000 == 0 ? 2 : 1;
        long left = key;
        for (int digit = 9; digit >= 0; digit--, left /= 10) {
          insert[at + digit] = (byte) ('0' + left % 10);
        }
      }
      for (int at = 0; at < insert.length; at += CHUNK) {
        reader.bytes(insert, at, Math.min(CHUNK, insert.length - at));
      }
      done += insert.length;
    }
    reader.end();
    if (reader.verify(DumpExpectation.NONE).failure() != null) {
      throw new IllegalStateException();
    }
    List<DumpTable> tables = reader.tables();
    double taken = (cpu() - begun) / 1e9;
    if (tables.size() != 1 || tables.get(0).rows() != done / insert.length * ROWS) {
      throw new IllegalStateException(tables.toString());
    }
    return done / 1e6 / taken;
  }

  private static int[] keys(byte[] insert) {
    String text = new String(insert, StandardCharsets.ISO_8859_1);
    int[] found = new int[ROWS];
    int at = 0;
    for (int i = 0; i < ROWS; i++) {
      at = text.indexOf("('0000000000'", at) + 2;
      found[i] = at;
    }
    return Arrays.copyOf(found, ROWS);
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
