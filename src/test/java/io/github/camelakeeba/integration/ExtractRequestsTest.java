package io.github.camelakeeba.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.proof.ProofSettings;
import io.github.camelakeeba.extract.PathFilter;
import io.github.camelakeeba.keep.ArchiveQuery;
import io.github.camelakeeba.keep.LocatedArchive;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractRequestsTest {
  private static final Path SAMPLE = Path.of("src/test/resources/archives/j-files-jpa.jpa");

  @TempDir Path home;

  /** The site may call its backup whatever it wants. */
  @ParameterizedTest
  @CsvSource({
    "id-20261130-1, id-20261130-1",
    "../../elsewhere, record-12",
    ".., record-12",
    "/elsewhere, record-12",
    "'', record-12"
  })
  void what_a_site_calls_its_backup_leads_to_no_other_folder(String backupid, String folder)
      throws Exception {
    Site shop = mock(Site.class);
    when(shop.name()).thenReturn("shop");
    when(shop.proof()).thenReturn(mock(ProofSettings.class));
    LocatedArchive archive =
        new LocatedArchive(
            "shop", backupid, 12, LocatedArchive.Place.SITE, "shop", ArchiveSource.of(SAMPLE));

    ExtractRequests.Extracted extracted =
        new ExtractRequests(Map.of("shop", shop), home)
            .extract(
                new ExtractRequests.Order(
                    ArchiveQuery.of(shop, "latest"),
                    "test/{site}/{backupid}",
                    PathFilter.ALL,
                    null,
                    false),
                archive);

    assertThat(extracted.result().folder())
        .isEqualTo(home.toRealPath().resolve("test/shop").resolve(folder));
  }
}
