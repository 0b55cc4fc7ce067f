package io.github.camelakeeba.app.demo;

import com.icegreen.greenmail.util.GreenMail;
import io.github.camelakeeba.app.cli.output.LiveLines;
import io.github.camelakeeba.app.cli.output.OutcomeView;
import io.github.camelakeeba.app.cli.output.ProgressView;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.service.Service;
import jakarta.mail.internet.MimeMessage;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What happens in the demo: on a terminal a moving line a site below what is printed, elsewhere
 * lines as they come; the outcomes and the mails. Nothing is backed up twice unasked.
 */
public final class DemoScreen {
  private static final long POLL_INTERVAL = 100; // milliseconds

  /** So long after a schedule was due its run is there, or the service started too late for it. */
  private static final Duration LATE = Duration.ofSeconds(15);

  private final Service service;
  private final DemoMails mails;
  private final DemoBackups backups;
  private final PrintStream out;
  private final LiveLines lines;
  private final ProgressView<RunView> progress = new ProgressView.RunLines();
  private final Map<String, Instant> due = new LinkedHashMap<>();
  private final Map<String, String> known = new HashMap<>(); // the newest run that has ended
  private final Set<String> left = new HashSet<>();
  private boolean told;

  /**
   * @param page the address of the page with a token, or null: there is none
   */
  public DemoScreen(Service service, GreenMail smtp, PrintStream out, String page) {
    this.service = service;
    this.mails = new DemoMails(smtp, page);
    this.backups = new DemoBackups(service);
    this.out = out;
    this.lines = LiveLines.ofTerminal(out);
    Instant earlier = Instant.now().minus(Duration.ofHours(1));
    ScheduleCalculator schedules = new ScheduleCalculator(service.configuration());
    for (DemoSite lively : DemoSite.LIVELY) {
      Site site = service.configuration().sites().get(lively.name());
      due.put(site.name(), schedules.next(site, earlier));
      left.add(site.name());
    }
    skipPast();
  }

  private void skipPast() {
    for (String site : service.configuration().sites().keySet()) {
      newest(site)
          .filter(run -> run.endedAt() != null && run.endedAt().isBefore(due.get("shop")))
          .ifPresent(run -> known.put(site, run.id()));
    }
  }

  /** Until every site has ended once and every mail has arrived. */
  public void showOnce() throws Exception {
    while (!isDone()) {
      showNow();
      Thread.sleep(POLL_INTERVAL);
    }
    print("%n%s%n".formatted(NextSteps.text(false)));
  }

  /**
   * For ever.
   *
   * @param again starts the three anew each time that a line comes from there
   */
  public void showAlways(Again again) throws Exception {
    while (true) {
      showNow();
      if (isDone() && !told) {
        told = true;
        print("%n%s%n".formatted(NextSteps.text(true)));
      }
      if (again.asked() && left.isEmpty()) {
        for (String site : due.keySet()) {
          backups.start(site);
          left.add(site);
        }
        told = false;
      }
      Thread.sleep(POLL_INTERVAL);
    }
  }

  private boolean isDone() {
    return left.isEmpty()
        && service.beans().outbox().undeliveredCount(null) == 0
        && mails.areShown();
  }

  private void showNow() throws Exception {
    Instant now = Instant.now();
    for (String site : service.configuration().sites().keySet()) {
      Optional<RunView> run = newest(site).filter(newest -> !newest.id().equals(known.get(site)));
      if (run.isPresent()) {
        show(run.get(), now);
      } else if (left.contains(site)) {
        await(site, now);
      }
    }
    for (MimeMessage mail = mails.next(); mail != null; mail = mails.next()) {
      print(mails.text(mail));
    }
  }

  private Optional<RunView> newest(String site) {
    return service.beans().runs().newest(site);
  }

  private void await(String site, Instant now) throws Exception {
    if (lines != null) {
      SiteLine line = SiteLine.waiting(site, due.get(site), now);
      lines.set(site, line.text(), line.colour());
    }
    if (now.isAfter(due.get(site).plus(LATE))) {
      due.put(site, now);
      backups.start(site);
    }
  }

  private void show(RunView run, Instant now) {
    // the outcome first: it is written in the transaction that ends the run
    Optional<Event> outcome = service.beans().runs().outcome(run.id());
    if (lines != null) {
      SiteLine line = outcome.map(SiteLine::ended).orElse(SiteLine.running(run, now));
      lines.set(run.site(), line.text(), line.colour());
    } else {
      progress.show(run);
    }
    if (outcome.isPresent()) {
      known.put(run.site(), run.id());
      left.remove(run.site());
      if (lines == null) {
        print("%n%s%n".formatted(OutcomeView.of(outcome.get())));
      }
    }
  }

  private void print(String text) {
    if (lines == null) {
      out.print(text);
    } else {
      lines.print(text);
    }
  }
}
