package io.github.camelakeeba.config.source;

import io.github.camelakeeba.config.source.SourceContent.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the lists of {@code sources}, all at once, and knows those that were read before. */
public final class Sources {
  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
  private static final Duration LONGER = Duration.ofSeconds(5); // than the source's own time limit

  private final SourceCopies copies;
  private final boolean ask;
  private final boolean keep;
  private final AtomicReference<Map<SourceRequest, Good>> good = new AtomicReference<>();

  /**
   * What there is of a source: content that was read now, or why not, and the copy.
   *
   * @param read null: not asked, or not available
   * @param reason null: it was read, or not asked
   * @param copy of the last time; it may be there besides
   */
  public record Answer(SourceContent read, String reason, Optional<SourceContent> copy) {}

  /** What is kept of a source. */
  public record Good(SourceContent content, Format format) {}

  private Sources(Path copies, boolean ask, boolean keep) {
    this.copies = new SourceCopies(copies);
    this.ask = ask;
    this.keep = keep;
  }

  /**
   * For what goes on working: sources are asked, and their lists are kept in this folder once they
   * are {@link #taken}.
   */
  public static Sources kept(Path copies) {
    return new Sources(copies, true, true);
  }

  /** For a trial: sources are asked, but nothing is written. The folder may be null. */
  public static Sources tried(Path copies) {
    return new Sources(copies, true, false);
  }

  /** For a look at what was read before: only a source without a copy is asked. */
  public static Sources known(Path copies) {
    return new Sources(copies, false, false);
  }

  /** Whether people should hear of it by the log. */
  public boolean lasting() {
    return keep;
  }

  /** In the order of the requests; takes as long as the slowest. */
  public List<Answer> read(List<SourceRequest> requests) {
    Map<SourceRequest, FutureTask<SourceContent>> asked = new LinkedHashMap<>();
    for (SourceRequest request : requests) {
      if (ask || copies.read(request).isEmpty()) {
        asked.computeIfAbsent(request, one -> started(() -> content(one)));
      }
    }
    return requests.stream().map(request -> answer(request, asked.get(request))).toList();
  }

  private Answer answer(SourceRequest request, FutureTask<SourceContent> task) {
    if (task == null) {
      return new Answer(null, null, copies.read(request));
    }
    String reason;
    try {
      long limit = request.timeout().plus(LONGER).toMillis();
      return new Answer(task.get(limit, TimeUnit.MILLISECONDS), null, copies.read(request));
    } catch (TimeoutException e) {
      task.cancel(true);
      reason = "it did not answer in time";
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      reason = "reading it was interrupted";
    } catch (ExecutionException e) {
      reason =
          e.getCause() instanceof SourceUnavailableException
              ? e.getCause().getMessage()
              : "it failed with " + e.getCause().getClass().getSimpleName();
      LOG.debug("a source of sites is not available", e.getCause());
    }
    return new Answer(null, reason, copies.read(request));
  }

  /** Nobody waits for it longer than its time limit: what hangs must not hold up the start. */
  private static FutureTask<SourceContent> started(Callable<SourceContent> read) {
    FutureTask<SourceContent> task = new FutureTask<>(read);
    Thread thread = new Thread(task, "backup-source");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static SourceContent content(SourceRequest request) throws Exception {
    return switch (request.kind()) {
      case FILE -> FileSource.read(request);
      case HTTP -> HttpSource.read(request);
      case CAMEL -> CamelSource.read(request);
    };
  }

  /**
   * The files and lists are good; whether all that is made of them can be used is not known yet.
   *
   * @param read what was read now, by request; null: its copy stays
   */
  public void keep(Map<SourceRequest, Good> read) {
    if (keep) {
      good.set(read);
    }
  }

  /**
   * The configuration that was read last holds from now on: its lists are kept, and copies of other
   * sources are removed. One that is refused leaves those of the one before.
   */
  public void taken() {
    Map<SourceRequest, Good> read = good.getAndSet(null);
    if (read == null) {
      return;
    }
    try {
      for (Map.Entry<SourceRequest, Good> one : read.entrySet()) {
        if (one.getValue() != null) {
          copies.write(one.getKey(), one.getValue().format(), one.getValue().content());
        }
      }
      copies.removeOthers(read.keySet());
    } catch (IOException e) {
      LOG.warn(
          "the lists of sources can't be kept in data/sources ({}): a start while a source is away"
              + " will fail",
          e.getClass().getSimpleName());
    }
  }
}
