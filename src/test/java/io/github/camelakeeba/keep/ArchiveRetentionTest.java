package io.github.camelakeeba.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.run.BackupProgress;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.CallJournal;
import io.github.camelakeeba.run.RetryCounts;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.RunWarnings;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.time.SteadyClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which archives are let go is a matter of days, so of the wall clock. */
@Tag("fault")
class ArchiveRetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");

  @TempDir Path folder;

  private final AtomicReference<Instant> wall = new AtomicReference<>(NOW);
  private final SteadyClock clock =
      new SteadyClock(((InstantSource) () -> wall.get()).withZone(ZoneOffset.UTC), () -> 0);

  private Map<String, Site> sites() throws IOException {
    return sites("");
  }

  private Map<String, Site> sites(String more) throws IOException {
    Path yaml = folder.resolve("sites.yaml");
    Files.writeString(
        yaml,
        """
        sites:
          shop: {url: "http://127.0.0.1:9/remote.php", secret: the-word, download: {to: home, keepDays: 30}%s}
        """
            .formatted(more));
    Configuration configuration = new SitesLoader().load(yaml, UnaryOperator.identity());
    return configuration.sites();
  }

  @Test
  void a_clock_that_was_ahead_and_is_set_right_lets_no_archive_go_before_its_time()
      throws Exception {
    Map<String, Site> sites = sites();
    try (Database database = CopiedStore.memory("keeping-" + UUID.randomUUID(), 2)) {
      ArchiveCatalog archives = new ArchiveCatalog(database);
      for (int day = 1; day <= 40; day += 10) {
        archives.add(
            new StoredArchive(
                "shop",
                "id-" + day,
                day,
                1,
                NOW.minus(Duration.ofDays(day)),
                sites.get("shop").download().displayLocation(),
                true,
                List.of("a.jpa"),
                9,
                true),
            null,
            "shop@" + day,
            NOW);
      }
      ArchiveRetention keeping =
          new ArchiveRetention(sites, database, folder, null, null, null, clock);
      Run run = run();
      assertThat(keeping.planRetention(run, null).expired())
          .extracting(expired -> expired.archive().backupid())
          .containsExactly("id-31");

      // this process was begun 20 days ahead
      wall.set(NOW.minus(Duration.ofDays(20)));
      assertThat(keeping.planRetention(run, null).expired()).isEmpty();
    }
  }

  private static Run run() {
    return new Run(
        "shop@1",
        new BackupRequest(
            "shop@1", "shop", "event", 1, "", "", Map.of(), IfBusy.QUEUE, NOW, null, null),
        RunState.RUNNING,
        BackupProgress.NONE,
        CallJournal.NONE,
        RunWarnings.NONE,
        null,
        1,
        0,
        RetryCounts.NONE,
        NOW,
        NOW,
        null,
        "a",
        1);
  }

  @Test
  void nothing_comes_between_the_question_whose_run_it_is_and_the_deletion_on_the_site()
      throws Exception {
    try (Database database = CopiedStore.memory("keeping-" + UUID.randomUUID(), 2)) {
      RunRepository store = mock(RunRepository.class);
      // from here on the store is unavailable for long enough that another node has the run
      when(store.checkpoint(any()))
          .thenAnswer(
              call -> {
                database.jdbc().execute("drop table archive");
                return call.getArgument(0);
              });
      ArchiveRetention retention =
          new ArchiveRetention(
              sites(", onServer: deleteFilesUnread"),
              database,
              folder,
              store,
              mock(RunGuard.class),
              null,
              clock);

      StoredArchive stored =
          new StoredArchive("shop", "id-1", 1, 1, NOW, "home", true, List.of("a.jpa"), 9, true);
      assertThat(retention.planRetention(run(), stored).deletion()).isNotNull();
    }
  }

  @Test
  void an_error_of_the_java_machine_is_no_failed_download_and_no_failed_deletion() {
    Error error = new OutOfMemoryError("Java heap space");
    Exception wrapped = new IllegalStateException(error);
    ArchiveRetention retention =
        new ArchiveRetention(Map.of(), null, folder, null, null, null, clock);

    assertThatThrownBy(() -> retention.failDownload(wrapped, null, null)).isSameAs(error);
    assertThatThrownBy(() -> retention.deletionFailure(wrapped)).isSameAs(error);
  }
}
