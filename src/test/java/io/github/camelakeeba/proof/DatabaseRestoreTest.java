package io.github.camelakeeba.proof;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.proof.CensusSettings;
import io.github.camelakeeba.config.proof.ProofSettings;
import io.github.camelakeeba.config.proof.RestoreTestSettings;
import io.github.camelakeeba.keep.LocatedArchive;
import io.github.camelakeeba.restore.RestoreResult;
import io.github.camelakeeba.restore.RestoreTest;
import io.github.camelakeeba.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is made of the engine's result. */
class DatabaseRestoreTest {
  private static final String HOLE = "The table #__orders lacks the keys 1175 to 2056.";

  private final ProofProgress progress = mock(ProofProgress.class);

  private ProofResult result(RestoreResult.Verdict verdict, String found, String... warnings) {
    RestoreTest engine = mock(RestoreTest.class);
    when(engine.run(any(), any(), any(), any(), any()))
        .thenReturn(
            new RestoreResult(
                verdict,
                found,
                "11.4.5-MariaDB",
                "site.jpa",
                List.of("a".repeat(64)),
                28,
                1000,
                List.of(),
                List.of(),
                Instant.EPOCH,
                Duration.ofSeconds(1)));
    Site site = mock(Site.class);
    when(site.name()).thenReturn("shop");
    when(site.proof())
        .thenReturn(
            new ProofSettings(
                null,
                CensusSettings.SHIPPED,
                new RestoreTestSettings(null, Secret.unmasked("embedded"), null, null),
                null,
                false));
    LocatedArchive archive =
        new LocatedArchive(
            "shop",
            "id-1",
            1,
            LocatedArchive.Place.FOLDER,
            "archives",
            ArchiveSource.ofFiles("site.jpa", List.of(Path.of("site.jpa"))));
    DumpExpectation said = new DumpExpectation(Map.of(), List.of(warnings), true);
    return new DatabaseRestore(engine, (name, id) -> said).test(site, archive, progress);
  }

  @Test
  void a_message_has_it_as_a_warning() {
    assertThat(result(RestoreResult.Verdict.PROVED, null, HOLE).warnings())
        .singleElement(as(STRING))
        .endsWith(HOLE);
    assertThat(result(RestoreResult.Verdict.UNPROVED, "A table is gone.", HOLE).warnings())
        .isEmpty();
  }

  @Test
  void what_the_backup_had_warned_of_stands_beside_the_proof() {
    assertThat(result(RestoreResult.Verdict.PROVED, null).reason()).isNull();
    assertThat(result(RestoreResult.Verdict.PROVED, null, HOLE).reason())
        .isEqualTo(
            "What is in the archive was restored, but the backup had ended with a warning: "
                + HOLE);
    assertThat(
            result(RestoreResult.Verdict.PROVED, "It has no dump.", HOLE, "The disk is slow.")
                .reason())
        .isEqualTo(
            "It has no dump. What is in the archive was restored, but the backup had ended with"
                + " 2 warnings, the first: "
                + HOLE);
    assertThat(result(RestoreResult.Verdict.UNPROVED, "A table is gone.", HOLE).reason())
        .isEqualTo("A table is gone.");
  }

  @Test
  void what_could_not_be_tested_is_not_said_to_be_counted() {
    result(RestoreResult.Verdict.UNTESTED, "The server is away.");
    verify(progress, never()).at(any());
  }

  @Test
  void a_test_that_was_stopped_has_no_result() {
    doThrow(new ProofAbandonedException("the process stops")).when(progress).check();
    assertThatThrownBy(() -> result(RestoreResult.Verdict.UNTESTED, "The connection is closed."))
        .isInstanceOf(ProofAbandonedException.class);
  }
}
