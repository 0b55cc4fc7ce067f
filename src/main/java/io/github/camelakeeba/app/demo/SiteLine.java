package io.github.camelakeeba.app.demo;

import io.github.camelakeeba.app.cli.output.Colour;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Duration;
import java.time.Instant;

/** What the demo shows of a site while its backup is awaited, goes on and has ended. */
record SiteLine(String text, Colour colour) {
  private static final int BAR = 24; // characters

  static SiteLine waiting(String site, Instant due, Instant now) {
    long seconds = Math.max(0, Duration.between(now, due).toSeconds());
    return new SiteLine(
        "%-10s %s".formatted(site, seconds == 0 ? "starts" : "starts in " + seconds + " s"),
        Colour.CYAN);
  }

  static SiteLine running(RunView run, Instant now) {
    int done = BAR * run.progress() / 100;
    Instant begun = run.startedAt() == null ? run.queuedAt() : run.startedAt();
    String step = run.domain().isEmpty() ? run.state() : run.domain() + "  " + run.stepText();
    return new SiteLine(
        "%-10s [%s%s%s] %3s %%  %3s s  %s"
            .formatted(
                run.site(),
                "=".repeat(done),
                done == BAR ? "" : ">",
                " ".repeat(Math.max(0, BAR - 1 - done)),
                run.progress(),
                Math.max(0, Duration.between(begun, now).toSeconds()),
                UntrustedText.oneLine(step, 120)),
        Colour.CYAN);
  }

  static SiteLine ended(Event outcome) {
    Event.Data data = outcome.data();
    String took =
        data.durationMs() == null
            ? ""
            : "  in " + HumanFormat.duration(Duration.ofMillis(data.durationMs()));
    return switch (data.state()) {
      case "completed" ->
          new SiteLine(line(data, HumanFormat.size(data.size()) + took), Colour.GREEN);
      case "warning" ->
          new SiteLine(
              line(
                  data,
                  "%s%s  %s %s"
                      .formatted(
                          HumanFormat.size(data.size()),
                          took,
                          data.warnings().count(),
                          data.warnings().count() == 1 ? "warning" : "warnings")),
              Colour.YELLOW);
      default ->
          new SiteLine(
              line(
                  data,
                  data.error() == null ? "" : UntrustedText.oneLine(data.error().message(), 200)),
              Colour.RED);
    };
  }

  private static String line(Event.Data data, String more) {
    return "%-10s %-9s  %s".formatted(data.site(), data.state(), more);
  }
}
