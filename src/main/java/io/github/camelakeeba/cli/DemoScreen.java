package io.github.camelakeeba.cli;

import com.icegreen.greenmail.util.GreenMail;
import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunView;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What the demo shows: how the backups go, how they ended, and the mails that they caused. */
final class DemoScreen {
  private final Service service;
  private final GreenMail smtp;
  private final PrintStream out;
  private final Progress progress = new Progress.Lines();
  private final Set<String> ended = new HashSet<>(); // runs
  private final Set<String> told = new HashSet<>(); // sites of these runs
  private int mails;

  DemoScreen(Service service, GreenMail smtp, PrintStream out) {
    this.service = service;
    this.smtp = smtp;
    this.out = out;
  }

  /** Shows it for ever, or until every site has ended once and its mail has arrived. */
  void show(boolean once) throws Exception {
    Set<String> sites = service.configuration().sites().keySet();
    while (!once || !told.containsAll(sites) || mails < ended.size()) {
      for (String site : sites) {
        Optional<Run> run = service.beans().store().newest(site);
        if (run.isPresent() && !ended.contains(run.get().id())) {
          show(run.get());
        }
      }
      MimeMessage[] received = smtp.getReceivedMessages();
      while (mails < received.length) {
        show(received[mails++]);
      }
      Thread.sleep(100);
    }
  }

  private void show(Run run) {
    progress.show(RunView.of(run, null));
    Optional<Event> outcome = service.beans().store().outcome(run.id());
    if (outcome.isPresent()) {
      ended.add(run.id());
      told.add(run.site());
      out.printf("%n%s%n", Summary.of(outcome.get()));
    }
  }

  private void show(MimeMessage mail) throws Exception {
    out.printf("---- mail to %s ----%n", mail.getHeader("To", ", "));
    out.printf("Subject: %s%n%n%s%n----%n%n", mail.getSubject(), text(mail).strip());
  }

  private static String text(Part part) throws Exception {
    if (part.getContent() instanceof MimeMultipart parts) {
      return text(parts.getBodyPart(0));
    }
    return part.getContent().toString();
  }
}
