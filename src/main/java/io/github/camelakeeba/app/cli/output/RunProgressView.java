package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How runs go: a bar on a terminal, plain lines elsewhere, nothing where JSON was asked for. */
public interface RunProgressView extends AutoCloseable {
  /** Holds who is waited for, since when and until when. */
  int MAX_LENGTH = 120;

  /** Shows where the run stands. */
  void show(RunView run);

  @Override
  void close();

  /** A bar for a single run on a terminal. */
  static RunProgressView of(List<RunView> runs, boolean silent) {
    if (silent) {
      return new Silent();
    }
    return runs.size() == 1 && Terminal.present() ? new Bar(runs.get(0).site()) : new Lines();
  }

  /** Shows nothing. */
  record Silent() implements RunProgressView {
    @Override
    public void show(RunView run) {
      // JSON on stdout, and nothing else
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  /** Percent, domain, step text and elapsed time in one line that moves. */
  final class Bar implements RunProgressView {
    private final ProgressBar bar;

    Bar(String site) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(site)
              .setInitialMax(100)
              .setUpdateIntervalMillis(100)
              .setStyle(ProgressBarStyle.ASCII)
              .hideEta()
              .build();
    }

    @Override
    public void show(RunView run) {
      bar.stepTo(run.progress());
      bar.setExtraMessage(" " + UntrustedText.oneLine(position(run), MAX_LENGTH));
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** One line on stderr whenever something has changed. */
  final class Lines implements RunProgressView {
    private final Map<String, String> last = new HashMap<>();

    @Override
    public void show(RunView run) {
      String now = run.progress() + "% " + position(run);
      if (!now.equals(last.put(run.id(), now))) {
        System.err.printf(
            "%-20s %3s %%  %6s  %s%n",
            run.site(),
            run.progress(),
            elapsed(run),
            UntrustedText.oneLine(position(run), MAX_LENGTH));
      }
    }

    private static String elapsed(RunView run) {
      Instant begun = run.startedAt() == null ? run.queuedAt() : run.startedAt();
      return Duration.between(begun, Instant.now()).toSeconds() + " s";
    }

    @Override
    public void close() {
      // every line is complete
    }
  }

  /** The domain and the step's text; before the start the run's state. */
  static String position(RunView run) {
    return run.domain().isEmpty() ? run.state() : (run.domain() + " " + run.stepText()).strip();
  }
}
