package io.github.camelakeeba.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;

/**
 * A CloudEvents 1.0 event in structured JSON: the state or outcome of a backup, or the result of a
 * restore test.
 *
 * @param id unique, stable across redelivery
 * @param source {@code <backup.source>/sites/<name>}
 * @param type {@code io.github.camelakeeba.backup.<state>.v1}
 * @param subject the run's id; for {@code missed}, {@code recovered}, {@code proved}, {@code
 *     unproved} and {@code untested} the site's name
 * @param time when it happened
 * @param traceparent the span of its run, where traces are kept; null: none, and left out of the
 *     JSON
 */
public record Event(
    String specversion,
    String id,
    String source,
    String type,
    String subject,
    Instant time,
    String datacontenttype,
    @JsonInclude(JsonInclude.Include.NON_NULL) String traceparent,
    Data data)
    implements Notification {
  public static final String MEDIA_TYPE = "application/cloudevents+json";

  /**
   * The event's own members. Instants are ISO 8601 in UTC, sizes are bytes, durations milliseconds.
   * What is not known is null.
   *
   * @param requestedBy whose request it was: an API token's name, {@code cli:<user>}, {@code
   *     trigger:<name>}, {@code application} or {@code schedule}
   * @param error of failed why; of missed why there is no good backup, where that is known
   * @param content what the archive holds; null: it was not downloaded, or can't be read
   * @param lastGoodAt of failed, missed and recovered: when the site's last good backup before it
   *     had ended
   * @param gapMs of missed and recovered: from the last good backup, or from the site's entry, to
   *     this event
   * @param failures of failed: failed runs in a row with this one; of recovered: those that it ends
   * @param reminder whether it was reported before, and lasts
   * @param test whether {@code notify-test} made it up
   * @param proof of proved, unproved and untested: what the restore test found; else null, and its
   *     members are left out of the JSON
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Data(
      String site,
      String url,
      String state,
      String run,
      String trigger,
      String requestedBy,
      int profile,
      String description,
      String backupid,
      Long recordId,
      String archive,
      int parts,
      long size,
      Instant startedAt,
      Instant endedAt,
      Long durationMs,
      int steps,
      int attempts,
      int recoveries,
      Warnings warnings,
      Error error,
      List<String> downloaded,
      Content content,
      String node,
      Instant lastGoodAt,
      Long gapMs,
      int failures,
      boolean reminder,
      boolean test,
      @JsonUnwrapped Proof proof) {
    public Data {
      proof =
          proof == null || proof.isEmpty() ? null : proof; // unwrapped it is read as an empty one
    }
  }

  /**
   * What a restore test found.
   *
   * @param sha256 of the archive's files, hexadecimal: of one file its own; of several that of the
   *     text that {@code sha256sum} prints of them in their order
   * @param checkedAt when the test ended
   * @param server the database server that it was restored on, such as {@code 11.4.5-MariaDB}
   * @param tables restored and counted
   * @param rows of all tables
   * @param provedAt when a restore had proved a backup of the site last; with this one, if it did
   * @param reason why it is not proved, at most 1,000 characters; of proved what to know beside it,
   *     or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Proof(
      String sha256,
      Instant checkedAt,
      String server,
      Integer tables,
      Long rows,
      Instant provedAt,
      String reason) {
    private static final Proof EMPTY = new Proof(null, null, null, null, null, null, null);

    private boolean isEmpty() {
      return equals(EMPTY);
    }
  }

  public Event withSiteHealth(Instant lastGoodAt, Long gapMs, int failures) {
    return with(id, time, data.warnings, lastGoodAt, gapMs, failures, data.reminder, data.test);
  }

  /** The same, repeated since it lasts. */
  public Event asReminder(Instant now) {
    return with(id + "/reminder-" + now, now, data.warnings, true, data.test);
  }

  public Event withTraceParent(String parent) {
    return new Event(specversion, id, source, type, subject, time, datacontenttype, parent, data);
  }

  /** The same, marked as made up. */
  public Event asTest() {
    return with(id, time, data.warnings, data.reminder, true);
  }

  /** The same without the texts of its warnings: a digest only counts them. */
  public Event withoutWarningTexts() {
    return with(id, time, new Warnings(data.warnings.count, List.of()), data.reminder, data.test);
  }

  private Event with(
      String newId, Instant when, Warnings warnings, boolean reminder, boolean test) {
    return with(newId, when, warnings, data.lastGoodAt, data.gapMs, data.failures, reminder, test);
  }

  private Event with(
      String newId,
      Instant when,
      Warnings warnings,
      Instant lastGoodAt,
      Long gapMs,
      int failures,
      boolean reminder,
      boolean test) {
    Data d = data;
    return new Event(
        specversion,
        newId,
        source,
        type,
        subject,
        when,
        datacontenttype,
        traceparent,
        new Data(
            d.site,
            d.url,
            d.state,
            d.run,
            d.trigger,
            d.requestedBy,
            d.profile,
            d.description,
            d.backupid,
            d.recordId,
            d.archive,
            d.parts,
            d.size,
            d.startedAt,
            d.endedAt,
            d.durationMs,
            d.steps,
            d.attempts,
            d.recoveries,
            warnings,
            d.error,
            d.downloaded,
            d.content,
            d.node,
            lastGoodAt,
            gapMs,
            failures,
            reminder,
            test,
            d.proof));
  }

  /** The count, and the first 50 texts. */
  public record Warnings(int count, List<String> texts) {}

  /**
   * What an archive holds.
   *
   * @param files of the site, without those that Akeeba adds to restore it
   * @param bytes of these files, unpacked
   * @param tables of the dump
   * @param rows of all tables
   */
  public record Content(long files, long bytes, int tables, long rows) {}

  /** The kind is a word of the documented list; the message says what to do. */
  public record Error(String kind, String message) {}
}
