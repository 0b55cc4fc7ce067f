package io.github.camelakeeba.event;

import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.SiteAddress;
import io.github.camelakeeba.config.proof.ProofSettings;
import io.github.camelakeeba.notify.channel.MailRenderer;
import io.github.camelakeeba.notify.text.MessageRenderer;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.run.BackupProgress;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.CallJournal;
import io.github.camelakeeba.run.ExpectedRows;
import io.github.camelakeeba.run.RetryCounts;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.RunWarnings;
import io.github.camelakeeba.secret.Secret;
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
public final class SampleBackup {
  public static final Instant START = Instant.parse("2026-11-22T00:30:00Z");
  public static final Instant END = START.plusMillis(3_200);
  public static final Instant NEXT = Instant.parse("2026-11-23T00:30:00Z");
  public static final Path PROJECT = Path.of("").toAbsolutePath();

  private SampleBackup() {}

  public static Map<String, Site> sites() {
    return Map.of("shop", site());
  }

  public static Site site(String... tags) {
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
        null,
        ProofSettings.NONE);
  }

  public static Run run(RunState state, RunWarnings warnings, RunFailure failure) {
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
            START,
            "schedule",
            null),
        state,
        new BackupProgress(
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
        CallJournal.NONE,
        warnings,
        failure,
        1,
        0,
        RetryCounts.NONE,
        START,
        START,
        ended ? END : null,
        "web7",
        1);
  }

  public static Event started() {
    return event(run(RunState.RUNNING, RunWarnings.NONE, null), "started");
  }

  public static Event completed() {
    return event(run(RunState.COMPLETED, RunWarnings.NONE, null), "completed");
  }

  public static Event warning(String... texts) {
    return event(run(RunState.WARNING, RunWarnings.NONE.plus(List.of(texts)), null), "warning");
  }

  public static Event failed(String message) {
    return event(
            run(RunState.FAILED, RunWarnings.NONE, new RunFailure(ErrorKind.BACKUP_ERROR, message)),
            "failed")
        .withSiteHealth(null, null, 1);
  }

  public static Event event(Run run, String state) {
    return events().of(run, state, List.of(), null);
  }

  /** Last good two days and four hours before, and so many failures since. */
  public static Event missed(int failures) {
    return events().missed(site(), standing(failures), END);
  }

  public static Event recovered() {
    return events()
        .recovered(run(RunState.COMPLETED, RunWarnings.NONE, null), standing(3), List.of(), null);
  }

  /** Completed, with this description and archive. */
  public static Event described(String text) {
    Run run = run(RunState.COMPLETED, RunWarnings.NONE, null);
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

  public static ParkedNotice parked(String reason) {
    return ParkedNotice.parked(
        EventSource.of("urn:camel-akeeba-backup:6f9e7c0a-3b1d-4e8f-9a52-1c7d0e5b8f34"),
        "ops",
        "shop/failed",
        END.minus(Duration.ofDays(1)),
        END,
        reason);
  }

  private static SiteHealth standing(int failures) {
    Instant good = END.minus(Duration.ofHours(52));
    return new SiteHealth("shop", good, good, null, failures, null, null, END, null, null, null);
  }

  private static BackupEventFactory events() {
    return new BackupEventFactory(
        sites(),
        "web7",
        EventSource.of("urn:camel-akeeba-backup:6f9e7c0a-3b1d-4e8f-9a52-1c7d0e5b8f34"),
        false,
        Clock.fixed(END, ZoneOffset.UTC));
  }

  public static MailRenderer texts(Path home) {
    return new MailRenderer(wording(home));
  }

  public static MessageRenderer wording(Path home) {
    return new MessageRenderer(home, sites(), site -> Optional.of(NEXT), site -> List.of());
  }

  public static Channel.Mail mail(String smtp, String username, String password) {
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

  public static Map<String, Channel> channels(Channel... channels) {
    Map<String, Channel> byName = new LinkedHashMap<>();
    for (Channel channel : channels) {
      byName.put(channel.name(), channel);
    }
    return byName;
  }
}
