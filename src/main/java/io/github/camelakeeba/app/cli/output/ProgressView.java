package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.archive.DownloadProgress;
import io.github.camelakeeba.extract.ExtractProgress;
import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as a bar on a terminal, as lines elsewhere, and not at all beside JSON. */
@FunctionalInterface
public interface ProgressView<T> extends AutoCloseable {
  int REFRESH_INTERVAL = 200; // milliseconds
  int POLL_INTERVAL = 100; // milliseconds

  void show(T now);

  @Override
  default void close() {}

  /** A bar for a single run: percent, domain, step text and elapsed time. */
  static ProgressView<RunView> ofRuns(List<RunView> runs, boolean silent) {
    if (silent) {
      return run -> {};
    }
    return runs.size() == 1 && Terminal.present()
        ? new Bar<>(
            bar(runs.get(0).site()).setInitialMax(100).hideEta().build(), ProgressView::update)
        : new RunLines();
  }

  /** How many of so many things have been done; on a terminal only, since their table follows. */
  static <T> ProgressView<T> ofTests(int number, boolean silent) {
    return !silent && Terminal.present()
        ? new Bar<>(bar("test").setInitialMax(number).build(), (bar, done) -> bar.step())
        : done -> {};
  }

  static ProgressView<DownloadProgress> ofDownload(String site, boolean silent) {
    if (silent) {
      return download -> {};
    }
    return Terminal.present()
        ? new Bar<>(bar(site).setUnit(" MB", 1_000_000).showSpeed().build(), ProgressView::update)
        : new ByteLines<>(site, DownloadProgress::downloaded, DownloadProgress::total);
  }

  /** How much of an archive has been read. */
  static ProgressView<ExtractProgress> ofExtraction(String archive, boolean silent) {
    if (silent) {
      return extraction -> {};
    }
    return Terminal.present()
        ? new Bar<>(
            bar(archive).setUnit(" MB", 1_000_000).showSpeed().build(),
            (bar, progress) -> {
              bar.maxHint(progress.total());
              bar.stepTo(progress.done());
            })
        : new ByteLines<>(archive, ExtractProgress::done, ExtractProgress::total);
  }

  private static void update(ProgressBar bar, RunView run) {
    bar.stepTo(run.progress());
    bar.setExtraMessage(" " + position(run));
  }

  private static void update(ProgressBar bar, DownloadProgress progress) {
    bar.maxHint(progress.total());
    bar.stepTo(progress.isReading() ? progress.total() : progress.downloaded());
    if (progress.isReading() && progress.total() > 0) {
      bar.setExtraMessage(" reading " + 100 * progress.read() / progress.total() + " %");
    }
  }

  /** Shows what changes by itself, again and again, and once more when it is closed. */
  default AutoCloseable follow(T changing) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    timer.scheduleAtFixedRate(
        () -> show(changing), REFRESH_INTERVAL, REFRESH_INTERVAL, TimeUnit.MILLISECONDS);
    return () -> {
      timer.shutdownNow();
      show(changing);
      close();
    };
  }

  /** What there is to know of one now. */
  @FunctionalInterface
  interface Poll<T> {
    T of(T last) throws Exception;
  }

  /** Polls all until each has ended, and shows them meanwhile; in their order, as they ended. */
  default List<T> await(List<T> begun, Poll<T> poll, Predicate<T> ended) throws Exception {
    List<T> now = new ArrayList<>(begun);
    while (true) {
      for (int i = 0; i < now.size(); i++) {
        if (!ended.test(now.get(i))) {
          now.set(i, poll.of(now.get(i)));
          show(now.get(i));
        }
      }
      if (now.stream().allMatch(ended)) {
        return now;
      }
      Thread.sleep(POLL_INTERVAL);
    }
  }

  /** The domain and the step's text; before the start what the run waits for. */
  static String position(RunView run) {
    return UntrustedText.oneLine(
        run.domain().isEmpty() ? run.state() : run.domain() + " " + run.stepText(), 120);
  }

  private static ProgressBarBuilder bar(String site) {
    return new ProgressBarBuilder()
        .setTaskName(site)
        .setUpdateIntervalMillis(REFRESH_INTERVAL)
        .setStyle(ProgressBarStyle.ASCII);
  }

  record Bar<T>(ProgressBar bar, BiConsumer<ProgressBar, T> update) implements ProgressView<T> {
    @Override
    public synchronized void show(T now) {
      update.accept(bar, now);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** One line on stderr whenever something has changed. */
  final class RunLines implements ProgressView<RunView> {
    private final Map<String, String> last = new HashMap<>();

    @Override
    public void show(RunView run) {
      String now = run.progress() + "% " + position(run);
      if (!now.equals(last.put(run.id(), now))) {
        Instant begun = run.startedAt() == null ? run.queuedAt() : run.startedAt();
        String elapsed = Duration.between(begun, Instant.now()).toSeconds() + " s";
        System.err.printf(
            "%-20s %3s %%  %6s  %s%n", run.site(), run.progress(), elapsed, position(run));
      }
    }
  }

  /** A line on stderr each ten percent, and at most one each ten seconds between. */
  final class ByteLines<T> implements ProgressView<T> {
    private static final long MAX_SILENCE = Duration.ofSeconds(10).toNanos();
    private final String site;
    private final ToLongFunction<T> done;
    private final ToLongFunction<T> size;
    private final long begun = System.nanoTime();
    private long first = -1;
    private long printedAt = System.nanoTime();
    private long tenth = -1;

    ByteLines(String site, ToLongFunction<T> done, ToLongFunction<T> size) {
      this.site = site;
      this.done = done;
      this.size = size;
    }

    @Override
    public synchronized void show(T progress) {
      long total = size.applyAsLong(progress);
      if (total == 0) {
        return;
      }
      long fetched = done.applyAsLong(progress);
      first = first < 0 ? fetched : first;
      long now = System.nanoTime();
      if (fetched * 10 / total != tenth || now - printedAt > MAX_SILENCE) {
        tenth = fetched * 10 / total;
        printedAt = now;
        System.err.println(line(fetched, total, now));
      }
    }

    private String line(long fetched, long total, long now) {
      double seconds = Math.max(0.001, (now - begun) / 1e9);
      long rate = (long) ((fetched - first) / seconds);
      String speed = // none is known of what was there, or over, when it was first looked at
          rate == 0
              ? ""
              : ", %s/s%s"
                  .formatted(
                      HumanFormat.size(rate),
                      fetched >= total
                          ? ""
                          : ", "
                              + HumanFormat.duration(Duration.ofSeconds((total - fetched) / rate))
                              + " left");
      return "%-20s %3s %%  %s of %s%s"
          .formatted(
              site,
              100 * fetched / total,
              HumanFormat.size(fetched),
              HumanFormat.size(total),
              speed);
    }
  }
}
