package io.github.camelakeeba.census;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelakeeba.archive.dump.DumpTable;
import io.github.camelakeeba.archive.dump.KeySketch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of a dump as few bytes: JSON, deflated; keys and ranks as differences. */
final class PackedTables {
  static final int MAX_LENGTH = 1_000_000; // bytes: H2 takes no more in a column

  private static final Logger LOG = LoggerFactory.getLogger(PackedTables.class);
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private PackedTables() {}

  private record Packed(
      String database, String name, long rows, String charset, long[] keys, long[] ranks) {
    static Packed of(DumpTable table) {
      KeySketch sketch = table.keys();
      return new Packed(
          table.database(),
          table.name(),
          table.rows(),
          table.charset(),
          sketch == null ? null : differences(sketch.keys()),
          sketch == null ? null : differences(sketch.ranks()));
    }

    Packed withoutKeys() {
      return new Packed(database, name, rows, charset, null, null);
    }

    DumpTable table() {
      return new DumpTable(
          database,
          name,
          rows,
          charset,
          keys == null || ranks == null ? null : new KeySketch(sums(keys), sums(ranks)));
    }
  }

  /** Without the keys where there are too many tables, and none where there are still too many. */
  static byte[] of(List<DumpTable> tables) {
    return Stream.of(
            tables.stream().map(Packed::of),
            tables.stream().map(Packed::of).map(Packed::withoutKeys),
            Stream.<Packed>empty())
        .map(PackedTables::deflated)
        .filter(bytes -> bytes.length <= MAX_LENGTH)
        .findFirst()
        .orElseThrow();
  }

  private static byte[] deflated(Stream<Packed> tables) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      JSON.writeValue(out, tables.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of a byte array
    }
    return bytes.toByteArray();
  }

  static List<DumpTable> read(byte[] deflated) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      return Stream.of(JSON.readValue(in, Packed[].class)).map(Packed::table).toList();
    } catch (IOException e) {
      LOG.warn("The tables of an archive's census can't be read: {}", e.toString());
      return List.of();
    }
  }

  private static long[] differences(long[] values) {
    long[] differences = values.clone();
    for (int i = values.length - 1; i > 0; i--) {
      differences[i] -= values[i - 1];
    }
    return differences;
  }

  private static long[] sums(long[] differences) {
    long[] values = differences.clone();
    for (int i = 1; i < values.length; i++) {
      values[i] += values[i - 1];
    }
    return values;
  }
}
