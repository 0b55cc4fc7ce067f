package io.github.camelakeeba.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.run.store.SiteHealthStore.SiteProof;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a report says of a site. */
class SiteReportsTest {
  private static final Instant NOW = Instant.parse("2026-11-30T05:00:00Z");

  private static String reason(String known, String verdict, Instant overdueSince) {
    ListedSite site = mock(ListedSite.class);
    when(site.reason()).thenReturn(known);
    when(site.proof())
        .thenReturn(
            verdict == null && overdueSince == null
                ? null
                : new SiteProof(verdict, NOW, null, null, null, null, overdueSince));
    return SiteReports.entry(site).reason();
  }

  @Test
  void a_site_that_no_restore_proves_is_named_with_the_reason() {
    assertThat(reason(null, "unproved", null))
        .isEqualTo("The last restore test does not prove its backup.");
    assertThat(reason(null, "untested", NOW))
        .isEqualTo("No restore has proved a backup of it for too long.");
    assertThat(reason("The disk is full.", "unproved", NOW)).isEqualTo("The disk is full.");
    assertThat(reason(null, "proved", null)).isNull();
    assertThat(reason(null, "untested", null)).isNull();
    assertThat(reason(null, null, null)).isNull();
  }
}
