package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.outbox.ChannelState;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.watch.SiteView;
import io.github.camelakeeba.watch.StatusView;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

public record StatusTables(StatusView status) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm xxx", Locale.ENGLISH);

  public List<String> lines() {
    List<String> lines = new ArrayList<>(sites());
    List<SiteView> paused = status.sites().stream().filter(one -> one.paused() != null).toList();
    if (!paused.isEmpty()) {
      lines.add("");
      paused.forEach(site -> lines.add(PauseText.sentence(site)));
    }
    if (!status.channels().isEmpty()) {
      lines.add("");
      lines.addAll(channels());
    }
    if (status.nodes() == 0) {
      lines.add("");
      lines.add("No serve is running: schedules do not fire, and messages wait for the next one.");
    }
    if (status.channels().stream().anyMatch(one -> one.parked() > 0)) {
      lines.add("");
      lines.add("Parked messages: see 'outbox list --parked'; 'outbox retry' tries them again.");
    }
    return lines;
  }

  private List<String> sites() {
    boolean proofs = status.sites().stream().anyMatch(site -> site.proof() != null);
    Table table =
        new Table(
            row(
                proofs,
                "PROVED",
                "SITE",
                "LAST GOOD BACKUP",
                "AGE",
                "NEWEST RUN",
                "FAILED",
                "NEXT RUN",
                "SCHEDULE"));
    for (SiteView site : status.sites()) {
      table.row(
          row(
              proofs,
              ProofView.cell(site.proof(), status.time()),
              site.site(),
              site.lastGood() == null ? "never" : when(site.lastGood(), site),
              age(site),
              run(site.run()),
              site.failures() == 0 ? "-" : site.failures() + " in a row",
              next(site),
              site.scheduleInWords() == null ? "" : site.scheduleInWords()));
    }
    return table.lines();
  }

  /** With what a restore proved behind the age, where any site is tested. */
  private static String[] row(boolean proofs, String proved, String... others) {
    List<String> cells = new ArrayList<>(List.of(others));
    if (proofs) {
      cells.add(3, proved);
    }
    return cells.toArray(String[]::new);
  }

  private static String when(Instant time, SiteView site) {
    return TIME.format(time.atZone(ZoneId.of(site.zone())));
  }

  private String age(SiteView site) {
    String age = site.lastGood() == null ? "-" : since(site.lastGood());
    return site.overdue() ? age + ", OVERDUE" : age;
  }

  private String since(Instant time) {
    return HumanFormat.age(time, status.time());
  }

  private static String run(RunView run) {
    if (run == null) {
      return "-";
    }
    if (run.waits()) {
      return ProgressView.position(run);
    }
    return run.state().equals("running") && !run.domain().isEmpty()
        ? UntrustedText.oneLine(run.domain(), 40) + " " + run.progress() + " %"
        : run.state();
  }

  private static String next(SiteView site) {
    if (!site.enabled()) {
      return "switched off";
    }
    if (site.paused() != null) {
      return PauseText.shortly(site.paused(), site.zone());
    }
    return site.nextStart() != null
        ? when(site.nextStart(), site)
        : site.schedule() != null
            ? "none: the schedule has ended"
            : site.watched() ? "by others, watched" : "on events only";
  }

  private List<String> channels() {
    Table table =
        new Table("CHANNEL", "TYPE", "ON THEIR WAY", "WAITING", "PARKED", "OLDEST", "LAST ERROR");
    for (ChannelState channel : status.channels()) {
      table.row(
          channel.channel(),
          channel.type() == null ? "not configured" : channel.type(),
          String.valueOf(channel.pending()),
          String.valueOf(channel.waiting()),
          String.valueOf(channel.parked()),
          oldest(channel),
          channel.lastError() == null ? "-" : UntrustedText.oneLine(channel.lastError(), 100));
    }
    return table.lines();
  }

  /** Of those that were to be delivered, not of those that wait on purpose. */
  private String oldest(ChannelState channel) {
    return Stream.of(channel.oldest(), channel.parkedSince())
        .filter(time -> time != null)
        .min(Instant::compareTo)
        .map(this::since)
        .orElse("-");
  }
}
