package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.archive.RealArchive;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.keep.DownloadedArchives;
import io.github.camelakeeba.simulator.RecordedArchiveSite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights of real servers, one after the other: what each archive holds is told, and what it lacks
 * that the last good one had, though no answer of the site tells how many rows there should be.
 */
@Tag("slow")
@Tag("fault")
class RowsAreMissingTest {
  private static final Event.Content WHOLE = new Event.Content(22, 153_669, 6, 3_119);

  @TempDir Path home;
  private final List<RecordedArchiveSite> sites = new ArrayList<>();

  @AfterEach
  void close() {
    sites.forEach(RecordedArchiveSite::close);
  }

  /** By site; each has the same archive. */
  private Map<String, Event.Data> night(String archive, Map<String, String> options)
      throws Exception {
    Map<String, Event.Data> told = new TreeMap<>();
    try (RunningProduct product = new RunningProduct(home).durable()) {
      for (Map.Entry<String, String> site : options.entrySet()) {
        RecordedArchiveSite night =
            RecordedArchiveSite.of(RealArchive.of(archive)).countingNothing();
        sites.add(night);
        product.site(site.getKey(), night.url(), "profile: 125", site.getValue());
      }
      product.start();
      for (String site : options.keySet()) {
        told.put(site, product.backup(site).data());
      }
      List<DownloadedArchives.ArchiveView> kept =
          new DownloadedArchives(product.service().configuration().sites(), product.database())
              .newest(List.of("shop"), 10);
      assertThat(kept.get(0).content()).isEqualTo(told.get("shop").content());
    }
    return told;
  }

  @Test
  void rows_that_a_killed_step_lost_are_a_warning_once_the_night_before_is_known()
      throws Exception {
    Map<String, String> options =
        Map.of(
            "shop", "download: {to: \"archives/{site}\"}",
            "ignored", "download: {to: \"archives/{site}\"}\n    census: {ignore: [\"*rows\"]}",
            "there", "comment: \"its archive stays there\"");
    Map<String, Event.Data> good = night("j-night1-good", options);
    assertThat(good.get("shop").state()).isEqualTo("completed");
    assertThat(good.get("shop").content()).isEqualTo(WHOLE);
    assertThat(good.get("there").content()).isNull();

    Map<String, Event.Data> killed = night("j-night2-rows-missing", options);

    assertThat(killed.get("shop").state()).isEqualTo("warning");
    assertThat(killed.get("shop").warnings().texts())
        .singleElement()
        .asString()
        .matches(
            "The table #__lab_rows has no rows with the keys 1175 to 2056 any more, where the last"
                + " good backup of profile 125, of 20\\d\\d-\\d\\d-\\d\\d, had about 88\\d\\. It has 1,618"
                + " rows now, and had 2,500\\. If nobody has deleted them, a step of the dump was"
                + " interrupted: take the backup anew\\.");
    assertThat(killed.get("shop").content().rows()).isEqualTo(2_237);
    assertThat(killed.get("ignored").state()).isEqualTo("completed");
    assertThat(killed.get("there").state()).isEqualTo("completed");
  }
}
