package io.github.camelakeeba.app.demo;

import com.icegreen.greenmail.util.GreenMail;
import io.github.camelakeeba.app.cli.output.OutcomeView;
import io.github.camelakeeba.app.cli.output.ProgressView;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.service.Service;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

public final class DemoScreen {
  private final Service service;
  private final GreenMail smtp;
  private final PrintStream out;
  private final ProgressView<RunView> progress = new ProgressView.RunLines();
  private final Set<String> ended = new HashSet<>();
  private int mails;

  public DemoScreen(Service service, GreenMail smtp, PrintStream out) {
    this.service = service;
    this.smtp = smtp;
    this.out = out;
  }

  /**
   * Shows what happens from now on for ever, or until every site has ended once and every mail has
   * arrived.
   */
  public void show(boolean once) throws Exception {
    Set<String> left = new HashSet<>(service.configuration().sites().keySet());
    boolean delivered = false;
    if (!once) {
      skipPast();
    }
    while (!once || !left.isEmpty() || !delivered) {
      for (String site : service.configuration().sites().keySet()) {
        Optional<RunView> run = service.beans().runs().newest(site);
        if (run.isPresent() && !ended.contains(run.get().id()) && (!once || left.contains(site))) {
          show(run.get(), left);
        }
      }
      delivered = service.beans().outbox().undeliveredCount(null) == 0;
      MimeMessage[] received = smtp.getReceivedMessages();
      while (mails < received.length) {
        show(received[mails++]);
      }
      Thread.sleep(100);
    }
  }

  private void skipPast() {
    for (String site : service.configuration().sites().keySet()) {
      service
          .beans()
          .runs()
          .newest(site)
          .filter(run -> run.endedAt() != null)
          .ifPresent(run -> ended.add(run.id()));
    }
  }

  private void show(RunView run, Set<String> left) {
    progress.show(run);
    Optional<Event> outcome = service.beans().runs().outcome(run.id());
    if (outcome.isPresent()) {
      ended.add(run.id());
      left.remove(run.site());
      out.printf("%n%s%n", OutcomeView.of(outcome.get()));
    }
  }

  private void show(MimeMessage mail) throws Exception {
    out.printf("---- mail to %s ----%n", mail.getHeader("To", ", "));
    out.printf("Subject: %s%n%n%s%n----%n%n", mail.getSubject(), text(mail).strip());
  }

  private static String text(Part part) throws Exception {
    return part.getContent() instanceof MimeMultipart parts
        ? text(parts.getBodyPart(0))
        : part.getContent().toString();
  }
}
