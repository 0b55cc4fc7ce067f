package io.github.camelakeeba.run.store;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.run.store.RequestBatch.Decisions;
import io.github.camelakeeba.run.store.RequestRows.NewRun;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.NodeTable;
import io.github.camelakeeba.store.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The one way in: a request becomes a row, and is durable, or is refused. */
public final class RequestRepository {
  /** The running one, else the longest waiting; each by an index that begins so. */
  static final String UNFINISHED =
      """
      select * from run where id = coalesce(
        (select id from run where active_site = ? and state = 'running'),
        (select id from run where site = ? and state = 'queued' and
      """
          + RequestRows.NOT_ABANDONED
          + " order by site, state, queued_at limit 1))";

  private static final Duration MAX_LOCK_WAIT = Duration.ofSeconds(10); // for earlier requests

  private static final Logger LOG = LoggerFactory.getLogger(RequestRepository.class);

  private final JdbcTemplate jdbc;
  private final Database database;
  private final RequestRows rows;
  private final String owner;
  private final RunListener listener;
  private final Clock clock;
  private final Map<String, Lock> siteLocks = new ConcurrentHashMap<>();

  private record Decision(Run run, boolean created) {}

  /** The function gives the web host of a site; the owner is this node, which took the request. */
  public RequestRepository(
      Database database,
      Function<String, String> hostOf,
      String owner,
      RunListener listener,
      Clock clock) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.rows = new RequestRows(jdbc, hostOf, owner, clock);
    this.owner = owner;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Writes the request's row and gives its run. A known id gives the run that it made before; a
   * request that joins gives the queued run it joined. Throws {@link RunRefusedException} ({@code
   * BUSY}) when the site has an unfinished run and the request does not want to wait.
   */
  public Run accept(BackupRequest request) {
    try {
      Decision decision = acceptNow(request);
      listener.accepted(request.trigger(), decision.created());
      return decision.run();
    } catch (RunRefusedException e) {
      listener.refused(request.trigger());
      throw e;
    }
  }

  /**
   * The same for one fire of a schedule, in one transaction: all rows are written, or none. A
   * request that the store does not take is logged, and keeps no other from being written.
   */
  public List<Run> acceptAll(List<BackupRequest> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    try {
      RequestBatch batch = new RequestBatch(jdbc, rows);
      Decisions decisions = database.transaction().execute(status -> batch.decide(requests));
      decisions
          .runs()
          .forEach(run -> listener.accepted("schedule", decisions.made().contains(run.id())));
      return decisions.runs();
    } catch (DataIntegrityViolationException e) {
      return requests.stream().flatMap(this::acceptAlone).toList();
    }
  }

  /**
   * What has become of requests for many sites, by site where there is no run of theirs.
   *
   * @param busy the unfinished run of each site whose request does not want to wait for it
   * @param refused why the others were not accepted
   */
  public record BulkAcceptance(
      List<Run> runs, Map<String, Run> busy, Map<String, String> refused) {}

  /**
   * Accepts what can be of the requests for many sites, one a site, in one transaction. A request
   * that the store does not take keeps no other from being accepted.
   */
  public BulkAcceptance acceptEach(List<BackupRequest> requests) {
    BulkAcceptance result = new BulkAcceptance(new ArrayList<>(), new TreeMap<>(), new TreeMap<>());
    try {
      RequestBatch batch = new RequestBatch(jdbc, rows);
      Decisions decisions = database.transaction().execute(status -> batch.decide(requests));
      result.runs.addAll(decisions.runs());
      result.busy.putAll(decisions.busy());
      result.runs.forEach(
          run -> listener.accepted(run.request().trigger(), decisions.made().contains(run.id())));
    } catch (DataIntegrityViolationException e) {
      requests.forEach(request -> acceptAlone(request, result));
    }
    Set<String> accepted = result.runs.stream().map(Run::site).collect(Collectors.toSet());
    for (BackupRequest request : requests) {
      if (!accepted.contains(request.site())) {
        if (!result.busy.containsKey(request.site())) {
          result.refused.putIfAbsent(
              request.site(), "the id %s was given to another request".formatted(request.id()));
        }
        listener.refused(request.trigger());
      }
    }
    return result;
  }

  private void acceptAlone(BackupRequest request, BulkAcceptance result) {
    try {
      Decision decision = acceptNow(request);
      listener.accepted(request.trigger(), decision.created());
      result.runs.add(decision.run());
    } catch (RunRefusedException e) {
      Run open = e.reason() == Reason.BUSY ? findUnfinished(request.site()) : null;
      if (open == null) {
        result.refused.put(request.site(), e.getMessage());
      } else {
        result.busy.put(request.site(), open);
      }
    } catch (DataIntegrityViolationException e) {
      LOG.error("the backup of {} can't be queued", request.site(), e);
      result.refused.put(request.site(), "the store does not take this request; the log says why");
    }
  }

  private Stream<Run> acceptAlone(BackupRequest request) {
    try {
      return Stream.of(accept(request));
    } catch (DataIntegrityViolationException | RunRefusedException e) {
      LOG.error("the backup of {} that its schedule asks for can't be queued", request.site(), e);
      return Stream.empty();
    }
  }

  private Decision acceptNow(BackupRequest request) {
    return request.ifBusy() == IfBusy.QUEUE ? queue(request) : acceptInTurn(request);
  }

  /**
   * Of a request that waits whoever else does, nothing is decided but whether its id is known: it
   * needs no turn, and its row shares its commit with what else is written meanwhile.
   */
  private Decision queue(BackupRequest request) {
    Run known = findById(request.id());
    if (known != null) {
      return again(request, known);
    }
    NewRun made = rows.newRun(request);
    try {
      database.groups().update(made.row(), made.rest());
    } catch (DuplicateKeyException e) {
      // the same id came at the same instant; or a commit that had failed has written ours
      Run there = request.id() == null ? null : findById(request.id());
      if (there == null) {
        there = RunRowMapper.find(database, made.run().id()).orElseThrow(() -> e);
      }
      if (!there.id().equals(made.run().id())) {
        return again(request, there);
      }
    }
    return new Decision(made.run(), true);
  }

  /**
   * The row's lock serializes the decisions about a site. Here they wait without a connection, else
   * many requests for one site would take all of them from the others; not for long, since while
   * the store is unavailable each would wait for the timeouts of all before it.
   */
  private Decision acceptInTurn(BackupRequest request) {
    Lock lock = siteLocks.computeIfAbsent(request.site(), site -> new ReentrantLock(true));
    boolean ours = tryLock(lock);
    try {
      return decideWithRetry(request);
    } finally {
      if (ours) {
        lock.unlock();
      }
    }
  }

  private static boolean tryLock(Lock lock) {
    try {
      return lock.tryLock(MAX_LOCK_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Decision decideWithRetry(BackupRequest request) {
    try {
      return database.transaction().execute(status -> decide(request));
    } catch (DuplicateKeyException e) {
      // the same id came for another site at the same instant: now it is known
      return database.transaction().execute(status -> decide(request));
    }
  }

  private Decision decide(BackupRequest request) {
    lock(RequestRows.latch(request.site()));
    Run known = findById(request.id());
    return known == null ? decideNew(request) : again(request, known);
  }

  /** A request whose id has made this run before. */
  private static Decision again(BackupRequest request, Run known) {
    if (!known.site().equals(request.site())) {
      throw new RunRefusedException(
          Reason.BAD_REQUEST,
          // whose name may not be for the caller
          "the id %s was given to a backup of another site already".formatted(request.id()));
    }
    return new Decision(known, false);
  }

  private Run findById(String id) {
    return id == null
        ? null
        : first("select * from run where id = (select run from request where id = ?)", id);
  }

  private Decision decideNew(BackupRequest request) {
    Run open =
        switch (request.ifBusy()) {
          case QUEUE -> null;
          case JOIN -> findQueued(request);
          case REFUSE -> findUnfinished(request.site());
        };
    if (open == null) {
      return new Decision(insert(request), true);
    }
    if (request.ifBusy() == IfBusy.JOIN) {
      return joined(request, open);
    }
    if (request.trigger().equals("command") && isAbandoned(open)) {
      return joined(request, resumeHere(open));
    }
    throw new RunRefusedException(
        Reason.BUSY,
        "a backup of %s is %s already (run %s)"
            .formatted(request.site(), open.state().word(), open.id()));
  }

  private Decision joined(BackupRequest request, Run open) {
    if (request.id() != null) {
      jdbc.update(RequestRows.INSERT_REQUEST, request.id(), open.id());
    }
    return new Decision(open, false);
  }

  private void lock(String name) {
    String lock = "select name from latch where name = ? for update";
    if (jdbc.queryForList(lock, name).isEmpty()) { // at the first request of all
      jdbc.update("insert into latch (name) values (?) on conflict do nothing", name);
      jdbc.queryForList(lock, name);
    }
  }

  /** The longest waiting run of the requested backup, or null. */
  private Run findQueued(BackupRequest request) {
    return first(
        """
        select * from run where site = ? and state = 'queued' and profile = ? and overrides = ? and
        """
            + RequestRows.NOT_ABANDONED
            + " order by site, state, queued_at limit 1",
        request.site(),
        request.profile(),
        RequestRows.overrides(request));
  }

  private Run findUnfinished(String site) {
    return first(UNFINISHED, site, site);
  }

  private Run first(String sql, Object... arguments) {
    return jdbc.query(sql, RunRowMapper.MAPPER, arguments).stream().findFirst().orElse(null);
  }

  /** Whether it was begun, and no node works on it: its process died, or it waits until due. */
  private boolean isAbandoned(Run open) {
    return database.count(
            "run where id = ? and active_site is not null and not " + NodeTable.ownerAlive("run"),
            open.id())
        > 0;
  }

  /** A backup in the foreground continues the abandoned one, now. */
  private Run resumeHere(Run left) {
    jdbc.update(
        """
        update run set state = 'queued', owner = ?, due_at = ?,
          lost = lost + case when sending is null then 0 else 1 end,
          recoveries = recoveries + case when sending is null then 0 else 1 end, sending = null
        where id = ?
        """,
        owner,
        SqlTime.of(clock.instant()),
        left.id());
    return RunRowMapper.find(database, left.id()).orElseThrow();
  }

  private Run insert(BackupRequest request) {
    return rows.insert(List.of(request)).get(0);
  }
}
