package io.github.camelakeeba.notify;

import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.run.Backup;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.ExpectedRows;
import io.github.camelakeeba.run.Failure;
import io.github.camelakeeba.run.Gap;
import io.github.camelakeeba.run.Retries;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.Warnings;
import io.github.camelakeeba.site.Channel;
import io.github.camelakeeba.site.Secret;
import io.github.camelakeeba.site.Site;
import io.github.camelakeeba.site.SiteAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A shop in Athens, and how its night's backup stood or ended. */
final class Sample {
  static final Instant START = Instant.parse("2026-11-22T00:30:00Z");
  static final Instant END = START.plusMillis(3_200);
  static final Instant NEXT = Instant.parse("2026-11-23T00:30:00Z");
  static final Path PROJECT = Path.of("").toAbsolutePath();

  private Sample() {}

  static Map<String, Site> sites() {
    return Map.of("shop", site());
  }

  static Site site(String... tags) {
    return new Site(
        "shop",
        SiteAddress.parse(
            "https://shop.example.com:8443/index.php?option=com_akeebabackup&view=api"),
        new Secret("the-word-of-the-shop"),
        null,
        "0 30 2 * * ?",
        ZoneId.of("Europe/Athens"),
        1,
        "Nightly backup of {site}",
        "",
        Map.of(),
        "shop.example.com",
        Duration.ofMinutes(15),
        Duration.ofMinutes(20),
        Duration.ofMinutes(30),
        new Site.Retry(3, 1),
        true,
        List.of(tags),
        null,
        null,
        Duration.ofHours(6),
        null,
        null,
        null,
        50,
        null);
  }

  static Run run(RunState state, Warnings warnings, Failure failure) {
    boolean ended = state.terminal();
    return new Run(
        "shop@2026-11-22T00:30:00Z",
        new BackupRequest(
            null,
            "shop",
            "schedule",
            1,
            "Nightly backup of shop",
            "",
            Map.of(),
            BackupRequest.IfBusy.JOIN,
            START),
        state,
        new Backup(
            "id-20261122-003000-824357",
            4L,
            "site-shop-20261122.jpa",
            2,
            2_621_440,
            "finale",
            "",
            9,
            9,
            100,
            0,
            false,
            null,
            ExpectedRows.NONE),
        Gap.NONE,
        warnings,
        failure,
        1,
        0,
        Retries.NONE,
        START,
        START,
        ended ? END : null,
        "web7",
        1);
  }

  static Event started() {
    return event(run(RunState.RUNNING, Warnings.NONE, null), "started");
  }

  static Event completed() {
    return event(run(RunState.COMPLETED, Warnings.NONE, null), "completed");
  }

  static Event warning(String... texts) {
    return event(run(RunState.WARNING, Warnings.NONE.and(List.of(texts)), null), "warning");
  }

  static Event failed(String message) {
    return event(
            run(RunState.FAILED, Warnings.NONE, new Failure(ErrorKind.BACKUP_ERROR, message)),
            "failed")
        .standing(null, null, 1);
  }

  static Event event(Run run, String state) {
    return events().of(run, state);
  }

  /** Last good two days and four hours before, and so many failures since. */
  static Event missed(int failures) {
    return events().missed(site(), standing(failures), END);
  }

  static Event recovered() {
    return events().recovered(run(RunState.COMPLETED, Warnings.NONE, null), standing(3), List.of());
  }

  /** Completed, with this description and archive. */
  static Event described(String text) {
    Run run = run(RunState.COMPLETED, Warnings.NONE, null);
    BackupRequest request = run.request();
    String json = new EventJson().write(event(run, "completed"));
    Event made = new EventJson().read(json.replace("Nightly backup of shop", "DESCRIPTION"));
    return new EventJson()
        .read(
            new EventJson()
                .write(made)
                .replace("DESCRIPTION", quoted(text))
                .replace(request.site() + "-20261122.jpa", quoted(text)));
  }

  private static String quoted(String text) {
    String json = com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
    return json.substring(1, json.length() - 1);
  }

  static Notice parked(String reason) {
    return Notice.parked(
        EventSource.of("urn:camel-akeeba-backup:6f9e7c0a-3b1d-4e8f-9a52-1c7d0e5b8f34"),
        "ops",
        "shop/failed",
        END.minus(Duration.ofDays(1)),
        END,
        reason);
  }

  private static Standing standing(int failures) {
    Instant good = END.minus(Duration.ofHours(52));
    return new Standing("shop", good, good, failures, null, null, END, null);
  }

  private static Events events() {
    return new Events(
        sites(),
        "web7",
        EventSource.of("urn:camel-akeeba-backup:6f9e7c0a-3b1d-4e8f-9a52-1c7d0e5b8f34"),
        false,
        Clock.fixed(END, ZoneOffset.UTC));
  }

  static MailTexts texts(Path home) {
    return new MailTexts(wording(home));
  }

  static Texts wording(Path home) {
    return new Texts(home, sites(), site -> Optional.of(NEXT), site -> List.of());
  }

  static Channel.Mail mail(String smtp, String username, String password) {
    return new Channel.Mail(
        "ops",
        URI.create(smtp),
        username,
        password == null ? null : new Secret(password),
        "Büro Backup <backup@example.com>",
        List.of("ops@example.com", "Zoë Ops <zoe@example.com>"),
        List.of("boss@example.com"),
        List.of("archive@example.com"),
        null);
  }

  static Map<String, Channel> channels(Channel... channels) {
    Map<String, Channel> byName = new LinkedHashMap<>();
    for (Channel channel : channels) {
      byName.put(channel.name(), channel);
    }
    return byName;
  }
}
