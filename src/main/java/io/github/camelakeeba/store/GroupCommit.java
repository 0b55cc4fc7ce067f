package io.github.camelakeeba.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Commits what many callers change at the same time in one transaction: with a thousand runs at
 * work, most of a checkpoint is its commit. A caller is told once its change is durable, and hears
 * of no other caller's: it gets the count of its own row, or the failure of its own statement.
 *
 * <p>A caller that meets nobody writes by itself, at once, in a transaction of its own. While it
 * does, the changes of others gather, and one thread writes what has gathered, as a batch, again
 * and again until nothing is left. A group is what came during the group before, and what comes
 * until the first of its callers has run out of patience; most have none. Who is patient waits only
 * where somebody else came a short while before.
 *
 * <p>A group that fails is rolled back, and each of its callers writes its own change by itself,
 * unless the store is unavailable: then all are told that. A row that another transaction has
 * locked holds a group up for {@value #LOCK_TIMEOUT} on PostgreSQL, and then its own caller only.
 *
 * <p>Callers wait without an end of their own, and no interrupt ends that wait: the change may be
 * in a transaction that is being committed. A virtual thread that waits holds no other thread.
 */
public final class GroupCommit implements AutoCloseable {
  /** So that nobody waits for a long group: some 25 ms of work. */
  private static final int MAX_GROUP = 500;

  private static final String LOCK_TIMEOUT = "1s";
  private static final long IDLE_SECONDS = 10;
  private static final long CLOSE_SECONDS = 5;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final JdbcTemplate groupJdbc;
  private final TransactionTemplate groupTransaction;
  private final boolean embedded;
  private final ThreadPoolExecutor thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Waiting> gathered = new ArrayList<>();
  private final Condition urgent = lock.newCondition();
  private boolean groupsAtWork;
  private boolean callerAtWork;
  private long lastArrival = System.nanoTime();
  private long nextGroup = lastArrival; // when it is due

  /** The first two for whoever writes alone, the next two for the groups. */
  GroupCommit(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      JdbcTemplate groupJdbc,
      TransactionTemplate groupTransaction,
      boolean embedded) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.groupJdbc = groupJdbc;
    this.groupTransaction = groupTransaction;
    this.embedded = embedded;
    // of its own, since an interrupt of a thread that writes closes H2's file for all
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread made = new Thread(work, "backup-group-commit");
              made.setDaemon(true);
              return made;
            });
    thread.allowCoreThreadTimeOut(true);
  }

  /**
   * A caller's change, and what becomes of it: how many rows it has updated, or why none.
   *
   * @param due when it is to be written, by {@link System#nanoTime}
   */
  private record Waiting(
      RowChange change, List<RowChange> then, long due, CompletableFuture<Integer> updated) {}

  /** Makes the change durable, or a part of the transaction that is open on this thread. */
  public int update(RowChange change) {
    return update(change, List.of());
  }

  /**
   * The rows that the change has updated, once it is durable; {@code then} is written in the same
   * transaction, if there are any. Inside a transaction both are a part of it. Throws what
   * JdbcTemplate and TransactionTemplate throw; then nothing was written, or it is not known.
   */
  public int update(RowChange change, List<RowChange> then) {
    return update(change, then, Duration.ZERO);
  }

  /** The same for a caller that can wait so long for others to share its commit with. */
  public int update(RowChange change, List<RowChange> then, Duration patience) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      return write(change, then);
    }
    long due = System.nanoTime() + patience.toNanos();
    Waiting mine = new Waiting(change, then, due, new CompletableFuture<>());
    if (join(mine, patience.toNanos())) {
      return await(mine);
    }
    try {
      return writeAlone(change, then);
    } finally {
      lock.lock();
      callerAtWork = false;
      lock.unlock();
    }
  }

  /** Whether the change is in a group; else the caller writes it by itself. */
  private boolean join(Waiting change, long patience) {
    lock.lock();
    try {
      long now = System.nanoTime();
      boolean nobodyNear = now - lastArrival >= patience;
      lastArrival = now;
      if (!groupsAtWork && !callerAtWork && nobodyNear) {
        callerAtWork = true;
        return false;
      }
      gathered.add(change);
      if (groupsAtWork) {
        if (change.due - nextGroup < 0) {
          urgent.signal();
        }
        return true;
      }
      groupsAtWork = true;
    } finally {
      lock.unlock();
    }
    try {
      thread.execute(this::writeGroups);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      writeGroups(); // closed, or without another thread: nobody waits for ever
    }
    return true;
  }

  private int await(Waiting mine) {
    try {
      return mine.updated.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof DataAccessResourceFailureException
          || e.getCause() instanceof CannotCreateTransactionException) {
        throw (RuntimeException) e.getCause();
      }
      return writeAlone(mine.change, mine.then);
    }
  }

  private void writeGroups() {
    for (List<Waiting> group = next(); !group.isEmpty(); group = next()) {
      List<Waiting> changes = group;
      try {
        int[] updated = groupTransaction.execute(status -> write(changes));
        for (int i = 0; i < updated.length; i++) {
          changes.get(i).updated.complete(updated[i]);
        }
      } catch (RuntimeException | Error e) {
        changes.forEach(change -> change.updated.completeExceptionally(e));
      }
    }
  }

  private List<Waiting> next() {
    lock.lock();
    try {
      awaitOthers();
      List<Waiting> first = gathered.subList(0, Math.min(gathered.size(), MAX_GROUP));
      List<Waiting> group = List.copyOf(first);
      first.clear();
      groupsAtWork = !group.isEmpty();
      return group;
    } finally {
      lock.unlock();
    }
  }

  /** Until the first of them is due, or the group is full. */
  private void awaitOthers() {
    try {
      while (!gathered.isEmpty() && gathered.size() < MAX_GROUP) {
        long now = System.nanoTime();
        long left = gathered.stream().mapToLong(change -> change.due - now).min().orElseThrow();
        if (left <= 0) {
          return;
        }
        nextGroup = now + left;
        urgent.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // then it is written at once
    }
  }

  private int[] write(List<Waiting> group) {
    if (!embedded) {
      groupJdbc.execute("set local lock_timeout = '" + LOCK_TIMEOUT + "'");
    }
    int[] updated = batches(group.stream().map(Waiting::change).toList());
    List<RowChange> then = new ArrayList<>();
    for (int i = 0; i < updated.length; i++) {
      if (updated[i] > 0) {
        then.addAll(group.get(i).then);
      }
    }
    batches(then);
    return updated;
  }

  /** A batch for each statement. */
  private int[] batches(List<RowChange> changes) {
    Map<String, List<Integer>> statements = new LinkedHashMap<>();
    for (int i = 0; i < changes.size(); i++) {
      statements.computeIfAbsent(changes.get(i).sql(), sql -> new ArrayList<>()).add(i);
    }
    int[] updated = new int[changes.size()];
    statements.forEach(
        (sql, indexes) -> {
          int[] counts = RowChange.writeAll(groupJdbc, indexes.stream().map(changes::get).toList());
          for (int i = 0; i < counts.length; i++) {
            updated[indexes.get(i)] = counts[i];
          }
        });
    return updated;
  }

  private int writeAlone(RowChange change, List<RowChange> then) {
    if (then.isEmpty()) {
      return jdbc.update(change.sql(), change::bind);
    }
    Integer updated = transaction.execute(status -> write(change, then));
    return updated == null ? 0 : updated;
  }

  private int write(RowChange change, List<RowChange> then) {
    int updated = jdbc.update(change.sql(), change::bind);
    if (updated > 0) {
      then.forEach(next -> jdbc.update(next.sql(), next::bind));
    }
    return updated;
  }

  /** Waits a little for what is being written. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
