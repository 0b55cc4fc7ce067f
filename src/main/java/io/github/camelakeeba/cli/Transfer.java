package io.github.camelakeeba.cli;

import io.github.camelakeeba.archive.PullProgress;
import io.github.camelakeeba.notify.Readable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how an archive comes: with rate and time left. */
abstract class Transfer implements AutoCloseable {
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "transfer");
            thread.setDaemon(true);
            return thread;
          });

  /** A bar on a terminal, plain lines elsewhere, nothing where JSON was asked for. */
  static Transfer of(String site, PullProgress progress, boolean silent) {
    if (silent) {
      return new Silent();
    }
    return Terminal.present() ? new Bar(site, progress) : new Lines(site, progress);
  }

  abstract void look();

  void begin() {
    clock.scheduleAtFixedRate(this::look, 200, 200, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /** Shows nothing. */
  static final class Silent extends Transfer {
    @Override
    void look() {
      // JSON on stdout, and nothing else
    }
  }

  /** One line that moves. */
  static final class Bar extends Transfer {
    private static final long MEGABYTE = 1_000_000;
    private final PullProgress progress;
    private final ProgressBar bar;

    Bar(String site, PullProgress progress) {
      this.progress = progress;
      bar =
          new ProgressBarBuilder()
              .setTaskName(site)
              .setUnit(" MB", MEGABYTE)
              .setUpdateIntervalMillis(200)
              .setStyle(ProgressBarStyle.ASCII)
              .showSpeed()
              .build();
    }

    @Override
    synchronized void look() {
      bar.maxHint(progress.total());
      bar.stepTo(progress.isReading() ? progress.total() : progress.fetched());
      if (progress.isReading() && progress.total() > 0) {
        bar.setExtraMessage(" reading " + 100 * progress.read() / progress.total() + " %");
      }
    }

    @Override
    public void close() {
      super.close();
      look();
      bar.close();
    }
  }

  /** A line on stderr each ten percent, and at most one each ten seconds between. */
  static final class Lines extends Transfer {
    private static final long QUIET = Duration.ofSeconds(10).toNanos();
    private final String site;
    private final PullProgress progress;
    private final long begun = System.nanoTime();
    private long first = -1;
    private long told = System.nanoTime();
    private long tenth = -1;

    Lines(String site, PullProgress progress) {
      this.site = site;
      this.progress = progress;
    }

    @Override
    synchronized void look() {
      long total = progress.total();
      if (total == 0) {
        return;
      }
      long fetched = progress.fetched();
      first = first < 0 ? fetched : first;
      long now = System.nanoTime();
      if (fetched * 10 / total != tenth || now - told > QUIET) {
        tenth = fetched * 10 / total;
        told = now;
        System.err.println(line(fetched, total, now));
      }
    }

    private String line(long fetched, long total, long now) {
      double seconds = Math.max(0.001, (now - begun) / 1e9);
      long rate = (long) ((fetched - first) / seconds);
      String left =
          rate == 0 || fetched >= total
              ? ""
              : ", " + Readable.duration(Duration.ofSeconds((total - fetched) / rate)) + " left";
      return "%-20s %3s %%  %s of %s, %s/s%s"
          .formatted(
              site,
              100 * fetched / total,
              Readable.size(fetched),
              Readable.size(total),
              Readable.size(rate),
              left);
    }

    @Override
    public void close() {
      super.close();
      look();
    }
  }
}
