package io.github.camelakeeba.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An archive of a real server in {@code src/test/resources/archives}, with what an independent
 * reader has found in it.
 *
 * @param name its name without the ending
 * @param volumes the names of its files in the order of its bytes
 * @param whole whether its structure is whole
 * @param says words of what is wrong with it; "" when it is whole
 * @param entries files, directories and links in it; 0 where that is not known
 * @param rows rows by table, without the prefix of the site's tables; {@code views} counts views
 */
public record RealArchive(
    String name,
    List<String> volumes,
    boolean whole,
    String says,
    int entries,
    Map<String, Integer> rows) {
  private static final Path FOLDER = Path.of("src/test/resources/archives");

  /** All of them. */
  public static List<RealArchive> all() {
    List<RealArchive> all = new ArrayList<>();
    for (JsonNode facts : json(FOLDER.resolve("facts.json"))) {
      List<String> volumes = new ArrayList<>();
      facts.path("volumes").forEach(volume -> volumes.add(volume.asText()));
      Map<String, Integer> rows = new LinkedHashMap<>();
      facts
          .path("rows")
          .properties()
          .forEach(table -> rows.put(table.getKey(), table.getValue().asInt()));
      all.add(
          new RealArchive(
              facts.path("name").asText(),
              List.copyOf(volumes),
              facts.path("whole").asBoolean(),
              facts.path("says").asText(),
              facts.path("entries").asInt(),
              rows));
    }
    return all;
  }

  /** One of them. */
  public static RealArchive of(String name) {
    return all().stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow();
  }

  /** The archive's own name, whose end tells its kind. */
  public String file() {
    return volumes.get(volumes.size() - 1);
  }

  /** {@code jpa}, {@code zip}, {@code jps} or {@code sql}. */
  public String kind() {
    return file().substring(file().lastIndexOf('.') + 1);
  }

  /** The bytes of each file, in the order of the archive's bytes. */
  public List<byte[]> parts() {
    return volumes.stream().map(volume -> bytes(FOLDER.resolve(volume))).toList();
  }

  /** All bytes, one file after the other. */
  public byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts().forEach(all::writeBytes);
    return all.toByteArray();
  }

  /** Other bytes in as many files, cut where these are as far as there are bytes. */
  public List<byte[]> split(byte[] bytes) {
    List<byte[]> split = new ArrayList<>();
    int from = 0;
    for (byte[] part : parts()) {
      boolean last = split.size() == volumes.size() - 1;
      int to = last ? bytes.length : Math.min(bytes.length, from + part.length);
      split.add(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
    return split;
  }

  /**
   * The recorded run that made it: a note, and {@code exchanges} of request and answer. The one
   * that was cut by hand was made by that of the whole one.
   */
  public JsonNode recording() {
    String made = name.equals("j-bad-cut-middle") ? "j-full-jpa" : name;
    return json(FOLDER.resolve("exchanges").resolve(made + ".json"));
  }

  /** The name says enough in the name of a test. */
  @Override
  public String toString() {
    return name;
  }

  private static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
