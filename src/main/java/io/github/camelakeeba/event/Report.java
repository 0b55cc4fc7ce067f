package io.github.camelakeeba.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.Sha256;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How all sites stand, at a time that {@code reports} names, as a CloudEvent. */
@Internal
public record Report(
    String specversion,
    String id,
    String source,
    String type,
    String subject,
    Instant time,
    String datacontenttype,
    Data data)
    implements Notification {
  static final String TYPE = "io.github.camelakeeba.backup.report.v1";

  /** A message of more sites is larger than what mail programs show. */
  public static final int MAX_SITES = 800;

  private static final int MAX_TAGS_LENGTH = 100; // of what goes into id and subject

  /**
   * @param tags it is about the sites that have one of these; empty: all
   * @param zone IANA name of the zone that its times are for
   * @param sentence whether all is well
   * @param total how many sites it is about
   * @param states how many of them stand so, those with 0 left out; {@code running} counts sites
   *     with a run that is queued or running, which stand otherwise as well
   * @param proofs what restore tests say of how many of them that are switched on, those with 0
   *     left out: {@code unproved}, {@code overdue}, {@code never}, {@code proved}
   * @param parked messages that could not be delivered; of no site, so 0 where it has tags
   * @param sites the worst first, at most {@link #MAX_SITES}
   * @param next when the next report is due; null: never
   */
  public record Data(
      List<String> tags,
      String zone,
      String sentence,
      int total,
      Map<String, Integer> states,
      Map<String, Integer> proofs,
      int parked,
      List<Entry> sites,
      Instant next,
      boolean test) {
    public Data {
      proofs = proofs == null ? Map.of() : proofs; // of an earlier version
    }
  }

  /**
   * A site.
   *
   * @param title null: it has none
   * @param enabled false: it is switched off
   * @param state how it stands
   * @param lastGoodAt when its last good backup had ended; null: there is none
   * @param size bytes of that backup's archive; null: not known
   * @param strip its last 30 days, a letter each, today last
   * @param nextRun when its next scheduled run starts; null: none will
   * @param schedule in words; null: on events only
   * @param reason why somebody should look at it, at most 300 characters; null: nobody needs to
   * @param proof what restore tests say of it; null: there are none
   * @param provedAt when a restore had proved a backup of it last; null: none has
   */
  public record Entry(
      String site,
      String title,
      boolean enabled,
      String state,
      Instant lastGoodAt,
      Long size,
      String strip,
      Instant nextRun,
      String schedule,
      String reason,
      @JsonInclude(JsonInclude.Include.NON_NULL) String proof,
      @JsonInclude(JsonInclude.Include.NON_NULL) Instant provedAt) {
    /** One without restore tests. */
    public Entry(
        String site,
        String title,
        boolean enabled,
        String state,
        Instant lastGoodAt,
        Long size,
        String strip,
        Instant nextRun,
        String schedule,
        String reason) {
      this(
          site,
          title,
          enabled,
          state,
          lastGoodAt,
          size,
          strip,
          nextRun,
          schedule,
          reason,
          null,
          null);
    }
  }

  /** For this time that it is due: on each node, and after a repetition, one with the same id. */
  public static Report of(EventSource source, Instant due, Instant now, Data data) {
    String tags = String.join(",", data.tags());
    String about =
        tags.isEmpty()
            ? "all"
            : "tags/"
                + (tags.length() <= MAX_TAGS_LENGTH ? tags : Sha256.hex(tags).substring(0, 16));
    return new Report(
        SPECVERSION,
        "reports/%s/%s".formatted(about, due),
        source.ofReports(),
        TYPE,
        // with a blank, since no site is called so
        tags.isEmpty() ? "all sites" : UntrustedText.truncate("sites of " + tags, MAX_TAGS_LENGTH),
        now,
        JSON,
        data);
  }
}
