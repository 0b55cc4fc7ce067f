package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.archive.DownloadProgress;
import io.github.camelakeeba.notify.text.HumanFormat;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how an archive comes: with rate and time left. */
public abstract class DownloadProgressView implements AutoCloseable {
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "transfer");
            thread.setDaemon(true);
            return thread;
          });

  /** A bar on a terminal, plain lines elsewhere, nothing where JSON was asked for. */
  public static DownloadProgressView of(String site, DownloadProgress progress, boolean silent) {
    if (silent) {
      return new Silent();
    }
    return Terminal.present() ? new Bar(site, progress) : new Lines(site, progress);
  }

  abstract void refresh();

  public void start() {
    clock.scheduleAtFixedRate(this::refresh, 200, 200, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /** Shows nothing. */
  static final class Silent extends DownloadProgressView {
    @Override
    void refresh() {
      // JSON on stdout, and nothing else
    }
  }

  /** One line that moves. */
  static final class Bar extends DownloadProgressView {
    private static final long MEGABYTE = 1_000_000;
    private final DownloadProgress progress;
    private final ProgressBar bar;

    Bar(String site, DownloadProgress progress) {
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
    synchronized void refresh() {
      bar.maxHint(progress.total());
      bar.stepTo(progress.isReading() ? progress.total() : progress.downloaded());
      if (progress.isReading() && progress.total() > 0) {
        bar.setExtraMessage(" reading " + 100 * progress.read() / progress.total() + " %");
      }
    }

    @Override
    public void close() {
      super.close();
      refresh();
      bar.close();
    }
  }

  /** A line on stderr each ten percent, and at most one each ten seconds between. */
  static final class Lines extends DownloadProgressView {
    private static final long QUIET = Duration.ofSeconds(10).toNanos();
    private final String site;
    private final DownloadProgress progress;
    private final long begun = System.nanoTime();
    private long first = -1;
    private long told = System.nanoTime();
    private long tenth = -1;

    Lines(String site, DownloadProgress progress) {
      this.site = site;
      this.progress = progress;
    }

    @Override
    synchronized void refresh() {
      long total = progress.total();
      if (total == 0) {
        return;
      }
      long fetched = progress.downloaded();
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
              : ", " + HumanFormat.duration(Duration.ofSeconds((total - fetched) / rate)) + " left";
      return "%-20s %3s %%  %s of %s, %s/s%s"
          .formatted(
              site,
              100 * fetched / total,
              HumanFormat.size(fetched),
              HumanFormat.size(total),
              HumanFormat.size(rate),
              left);
    }

    @Override
    public void close() {
      super.close();
      refresh();
    }
  }
}
