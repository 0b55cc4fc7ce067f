package io.github.camelakeeba.proof;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.MissingRecordException;
import io.github.camelakeeba.config.Site;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/** Looks for an archive that somebody asks for, before a restore test of it is accepted. */
public final class ArchiveSearch {
  /** Whoever asks by HTTP waits for it; a command gives up after 30 seconds. */
  private static final long TIMEOUT_SECONDS = 5;

  private final BiConsumer<Site, String> locator;
  private final ExecutorService threads;

  /**
   * @param locator throws {@link MissingRecordException} where there is no backup of that id
   */
  public ArchiveSearch(BiConsumer<Site, String> locator, ExecutorService threads) {
    this.locator = locator;
    this.threads = threads;
  }

  /**
   * Whether there is certainly no such backup. One that can't be looked for now is left to its
   * test, which tells why.
   */
  boolean isMissing(Site site, String id) {
    Future<?> search = threads.submit(() -> locator.accept(site, id));
    try {
      search.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return AkeebaException.in(e) instanceof MissingRecordException;
    } catch (TimeoutException e) {
      search.cancel(true);
    } catch (InterruptedException e) {
      search.cancel(true);
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
