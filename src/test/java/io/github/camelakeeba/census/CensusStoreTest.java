package io.github.camelakeeba.census;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.archive.dump.DumpTable;
import io.github.camelakeeba.archive.dump.KeySketch;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CensusStoreTest {
  private static final Instant START = Instant.parse("2026-11-22T00:30:00Z");

  private final Database database = CopiedStore.memory("census-" + UUID.randomUUID(), 2);
  private final CensusStore store = new CensusStore(database);

  @AfterEach
  void close() {
    database.close();
  }

  private void put(String backupid, int profile, int day) {
    store.put(
        "shop",
        backupid,
        profile,
        START.plus(day, ChronoUnit.DAYS),
        new Census(day, 10, true, List.of()));
  }

  private List<String> stored() {
    return database
        .jdbc()
        .queryForList("select backupid from archive_census order by backupid", String.class);
  }

  @Test
  void what_is_stored_is_read_as_it_was() {
    Census census =
        HonestNightsTest.census(
            Map.of(
                "#__a",
                LongStream.of(
                        new Random(1).longs(300, 0, Long.MAX_VALUE).distinct().sorted().toArray())
                    .boxed()
                    .toList()));
    store.put("shop", "id-1", 1, START, census);

    CensusStore.StoredCensus read = store.find("shop", "id-1").orElseThrow();

    assertThat(read.begunAt()).isEqualTo(START);
    assertThat(read.census().content()).isEqualTo(new Event.Content(0, 0, 1, 300));
    DumpTable table = read.census().tables().get(0);
    KeySketch sketch = census.tables().get(0).keys();
    assertThat(table.charset()).isEqualTo("utf8mb4");
    assertThat(table.keys().keys()).isEqualTo(sketch.keys());
    assertThat(table.keys().ranks()).isEqualTo(sketch.ranks());
  }

  @Test
  void the_last_one_of_a_profile_outlives_its_archive() {
    put("id-1", 1, 1);
    put("id-2", 2, 2);
    assertThat(store.last("shop", 1, "id-9").orElseThrow().backupid()).isEqualTo("id-1");
    store.remove("shop", "id-1");
    assertThat(stored()).containsExactly("id-1", "id-2");

    put("id-3", 1, 3);

    assertThat(stored()).as("its archive is in no catalog").containsExactly("id-2", "id-3");
    assertThat(store.last("shop", 1, "id-3")).isEmpty();
  }

  @Test
  void one_that_is_not_the_last_goes_with_its_archive() {
    database
        .jdbc()
        .update(
            "insert into archive (site, backupid, record_id, profile, run, begun_at, kept_at, place, local, files, size, readable)"
                + " values ('shop', 'id-1', 1, 1, 'r', current_timestamp, current_timestamp, 'home', true, 'a.jpa', 1, true)");
    put("id-1", 1, 1);
    put("id-2", 1, 2);
    assertThat(stored()).containsExactly("id-1", "id-2");
    assertThat(store.last("shop", 1, "id-2").orElseThrow().backupid()).isEqualTo("id-1");
    store.remove("shop", "id-1");
    assertThat(stored()).containsExactly("id-2");
  }

  @Test
  void tables_that_are_too_many_for_a_row_are_stored_without_their_keys() {
    Random random = new Random(1);
    List<DumpTable> many =
        IntStream.range(0, 3_000)
            .mapToObj(
                i ->
                    new DumpTable(
                        "site",
                        "#__" + i,
                        500,
                        null,
                        new KeySketch(
                            random.longs(100, 0, Long.MAX_VALUE).sorted().toArray(),
                            LongStream.range(0, 100).toArray())))
            .toList();
    byte[] packed = PackedTables.of(many);
    assertThat(packed.length).isLessThanOrEqualTo(PackedTables.MAX_LENGTH);
    assertThat(PackedTables.read(packed)).hasSize(3_000).allMatch(table -> table.keys() == null);
    assertThat(PackedTables.read(new byte[] {1, 2, 3})).isEmpty();
  }
}
