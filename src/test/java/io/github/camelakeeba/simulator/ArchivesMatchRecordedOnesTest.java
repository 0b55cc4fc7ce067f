package io.github.camelakeeba.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated site's archives have the layout of real ones, whole and destroyed. */
class ArchivesMatchRecordedOnesTest {
  private final SimulatedServer server = SimulatedServer.start();
  private final SimulatedSite shop = server.joomla("shop");
  private final SimulatedSite blog = server.wordpress("blog");
  private final TestClient client = new TestClient(true);

  @AfterEach
  void close() throws Exception {
    client.close();
    server.close();
  }

  /** The recorded ones hold folders and links too: ours have no kind of header that they lack. */
  @ParameterizedTest
  @CsvSource({
    "jpa, 1, j-files-jpa.jpa j-full-jpa.jpa",
    "jpa, 1, w-full-jpa.jpa j-files-jpa.jpa",
    "zip, 1, j-full-zip.zip",
    "jps, 1, j-full-jps.jps"
  })
  void a_whole_one_of_one_file(String kind, int parts, String recorded) throws Exception {
    assertSameShape(kind, parts, recorded.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "jpa, j-full-split.j01 j-full-split.j02 j-full-split.jpa",
    "zip, j-full-splitzip.z01 j-full-splitzip.z02 j-full-splitzip.zip",
    "jps, j-alldb-splitjps.j01 j-alldb-splitjps.j02 j-alldb-splitjps.jps"
  })
  void a_whole_one_of_three(String kind, String recorded) throws Exception {
    Recorded real = new Recorded(recorded.split(" "));
    Set<String> shape = ArchiveShape.of(kind, real.bytes(), real.cuts());
    Recorded ours = made(shop, kind, 3);
    Set<String> simulated = ArchiveShape.of(kind, ours.bytes(), ours.cuts());
    if (kind.equals("jpa")) {
      // the small recorded one holds no file that is stored as it is
      shape.add("entry of type 1, method 0, 0001 of 8 0002 of 20");
    }
    assertThat(shape).containsAll(simulated);
    assertThat(simulated.iterator().next()).isEqualTo(shape.iterator().next());
  }

  private void assertSameShape(String kind, int parts, String... recorded) throws Exception {
    Set<String> shape = new LinkedHashSet<>();
    for (String name : recorded) {
      shape.addAll(ArchiveShape.of(kind, file(name), List.of()));
    }
    Recorded ours = made(shop, kind, parts);
    Set<String> simulated = ArchiveShape.of(kind, ours.bytes(), ours.cuts());
    assertThat(shape).containsAll(simulated);
    assertThat(simulated.iterator().next()).isEqualTo(shape.iterator().next());
  }

  @ParameterizedTest
  @ValueSource(longs = {8192, 8193, 65_535, 1_200_001})
  void of_any_size_and_number_of_files(long size) throws Exception {
    for (String kind : List.of("jpa", "zip", "jps")) {
      for (int parts : new int[] {1, 2, 3, 7}) {
        shop.size(size);
        Recorded ours = made(shop, kind, parts);
        assertThat(ours.bytes()).hasSize((int) size);
        assertThat(ours.cuts()).hasSize(parts - 1);
        ArchiveShape.of(kind, ours.bytes(), ours.cuts());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jpa, 1, j-bad-foreign-jpa.jpa",
    "jpa, 1, w-bad-foreign-jpa.jpa",
    "zip, 1, j-bad-foreign-zip.zip",
    "jps, 1, j-bad-foreign-jps.jps",
    "jpa, 3, j-bad-foreign-split.j01"
  })
  void a_start_by_somebody_else_during_a_step_leaves_the_recorded_hole(
      String kind, int parts, String recorded) throws Exception {
    byte[] real = file(recorded);
    for (SimulatedSite site : List.of(shop, blog)) {
      byte[] ours = destroyed(site, kind, parts, 2).get(0);
      int begin = beginOfHole(kind, ours);
      assertThat(begin).isEqualTo(beginOfHole(kind, real));
      assertThat(Arrays.copyOfRange(ours, begin, begin + 256)).containsOnly(0);
      assertThat(Arrays.copyOfRange(ours, ours.length - 64, ours.length))
          .isNotEqualTo(new byte[64]);
      assertThatThrownBy(() -> ArchiveShape.of(kind, ours, List.of()))
          .isInstanceOf(IllegalStateException.class);
      if (kind.equals("jpa")) {
        // written anew at the end: counts that are not zero
        assertThat(Arrays.copyOf(ours, 7)).isEqualTo(Arrays.copyOf(real, 7));
        assertThat(Arrays.copyOfRange(ours, 7, 11)).isNotEqualTo(new byte[4]);
      }
    }
  }

  /** Where the zeros begin: behind a header that was written anew, else at once. */
  private static int beginOfHole(String kind, byte[] archive) {
    int header = kind.equals("jpa") ? archive[3] : 0;
    assertThat(archive[header]).isZero();
    return header;
  }

  @Test
  void in_a_split_zip_the_volume_of_the_start_is_zeros_as_recorded_and_not_closed_at_its_size()
      throws Exception {
    byte[] real = file("j-bad-foreign-splitzip.z01");
    assertThat(real).containsOnly(0).hasSizeGreaterThan(65_536);
    assertThat(file("j-bad-foreign-splitzip.z02")).startsWith('P', 'K', 3, 4);

    Map<Integer, Integer> sizes = sizes(shop.size(200_000), "zip", 3, 3);
    assertThat(sizes).containsOnlyKeys(1, 2, 3);
    assertThat(volume(shop, 2)).containsOnly(0).hasSizeGreaterThan(200_000 / 3 + 1);
  }

  @Test
  void in_a_split_jpa_volumes_are_missing_or_hold_the_header_alone_or_look_normal()
      throws Exception {
    int third = 200_000 / 3 + 1;
    // of ten steps the files are packed at the end of the sixth
    assertThat(sizes(shop.size(200_000), "jpa", 3, 2)).containsEntry(2, third).hasSize(3);
    assertThat(sizes(shop, "jpa", 3, 3)).containsEntry(2, 49).containsEntry(3, third).hasSize(3);
    assertThat(sizes(shop, "jpa", 3, 5)).containsEntry(2, 49).containsKey(1).hasSize(2);
    assertThat(sizes(shop, "jpa", 3, 6)).containsExactly(Map.entry(2, 49));
    assertThat(sizes(shop, "jpa", 3, 8)).isEmpty();
    assertThat(sizes(blog.size(200_000), "jpa", 3, 6)).containsEntry(2, 49).hasSize(2);
  }

  @Test
  void the_header_has_no_counts_before_the_end() throws Exception {
    JsonNode answer = client.call(shop, "startBackup").data();
    client.step(shop, answer);
    assertThat(Arrays.copyOfRange(volume(shop, 1), 7, 19)).containsOnly(0);
  }

  @Test
  void a_dump_step_that_was_killed_and_repeated_lacks_rows_in_an_archive_that_is_whole()
      throws Exception {
    shop.fault(Fault.on("stepBackup").nth(3).workerKilled().page(502, "Bad Gateway"));
    JsonNode answer = client.call(shop, "startBackup").data();
    while (!"complete".equals(shop.records().get(0).get("status").asText())) {
      client.step(shop, answer);
    }
    assertThat(shop.damage(1)).singleElement().asString().startsWith("rows lost");
    ArchiveShape.of("jpa", volume(shop, 1), List.of());
  }

  private Recorded made(SimulatedSite site, String kind, int parts) throws Exception {
    site.kind(kind).parts(parts);
    client.run(site);
    return new Recorded(new ArrayList<>(volumes(site)));
  }

  private List<byte[]> destroyed(SimulatedSite site, String kind, int parts, int step)
      throws Exception {
    site.kind(kind).parts(parts).clearFaults();
    site.fault(
        Fault.on("stepBackup").nth(step).inside(() -> site.foreignStart("backend").abandoned()));
    client.run(site);
    return volumes(site);
  }

  private Map<Integer, Integer> sizes(SimulatedSite site, String kind, int parts, int step)
      throws Exception {
    destroyed(site, kind, parts, step);
    Map<Integer, Integer> sizes = new TreeMap<>();
    for (JsonNode file : filenames(site)) {
      sizes.put(file.get("part").asInt(), file.get("size").asInt());
    }
    return sizes;
  }

  /** The newest record of ours. */
  private long ours(SimulatedSite site) {
    for (JsonNode row : site.records()) {
      if (!"by somebody else".equals(row.get("description").asText())) {
        return row.get("id").asLong();
      }
    }
    throw new IllegalStateException("there is none");
  }

  private JsonNode filenames(SimulatedSite site) throws Exception {
    return client.call(site, "getBackupInfo", "backup_id", ours(site)).data().get("filenames");
  }

  /** The files in the order of the archive's bytes: part 1 is the last one. */
  private List<byte[]> volumes(SimulatedSite site) throws Exception {
    List<byte[]> volumes = new ArrayList<>();
    JsonNode files = filenames(site);
    for (int i = 1; i <= files.size(); i++) {
      volumes.add(volume(site, files.get(i % files.size()).get("part").asInt()));
    }
    return volumes;
  }

  private byte[] volume(SimulatedSite site, int part) throws Exception {
    return client.call(site, "downloadDirect", "backup_id", ours(site), "part_id", part).body();
  }

  private static byte[] file(String name) throws Exception {
    try (InputStream in =
        ArchivesMatchRecordedOnesTest.class.getResourceAsStream("/archives/" + name)) {
      return in.readAllBytes();
    }
  }

  /** Volumes one after the other. */
  private record Recorded(List<byte[]> volumes) {
    Recorded(String... names) throws Exception {
      this(new ArrayList<>());
      for (String name : names) {
        volumes.add(file(name));
      }
    }

    byte[] bytes() {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      volumes.forEach(all::writeBytes);
      return all.toByteArray();
    }

    List<Integer> cuts() {
      List<Integer> cuts = new ArrayList<>();
      int at = 0;
      for (byte[] volume : volumes.subList(0, volumes.size() - 1)) {
        at += volume.length;
        cuts.add(at);
      }
      return cuts;
    }
  }
}
