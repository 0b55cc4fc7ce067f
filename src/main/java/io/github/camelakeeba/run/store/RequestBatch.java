package io.github.camelakeeba.run.store;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.store.RowChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What {@link RequestRepository} decides for one request, for those of many sites: a statement for
 * many in place of one each. Each site is there once.
 */
final class RequestBatch {
  /** Requests in one statement: H2 compares each row that it finds with all of them. */
  private static final int MAX_STATEMENT = 250;

  private final JdbcTemplate jdbc;
  private final RequestRows rows;

  RequestBatch(JdbcTemplate jdbc, RequestRows rows) {
    this.jdbc = jdbc;
    this.rows = rows;
  }

  /**
   * What has become of the requests, by site.
   *
   * @param runs of each request that was accepted its run
   * @param made the ids of the runs that are new
   * @param busy the unfinished run of each site whose request does not want to wait for it
   */
  record Decisions(List<Run> runs, Set<String> made, Map<String, Run> busy) {}

  /** In the transaction of the caller; by site, so that two nodes don't wait for each other. */
  Decisions decide(List<BackupRequest> requests) {
    List<BackupRequest> bySite =
        requests.stream().sorted(Comparator.comparing(BackupRequest::site)).toList();
    Decisions decisions = new Decisions(new ArrayList<>(), new HashSet<>(), new LinkedHashMap<>());
    for (int from = 0; from < bySite.size(); from += MAX_STATEMENT) {
      int to = Math.min(from + MAX_STATEMENT, bySite.size());
      decide(bySite.subList(from, to), decisions);
    }
    return decisions;
  }

  private void decide(List<BackupRequest> requests, Decisions decisions) {
    lock(requests);
    Map<String, String> known = known(requests);
    Map<String, String> runs = new HashMap<>(); // by site
    List<BackupRequest> unknown = new ArrayList<>();
    for (BackupRequest request : requests) {
      if (known.containsKey(request.id())) {
        runs.put(request.site(), known.get(request.id()));
      } else {
        unknown.add(request);
      }
    }
    Map<String, Run> queued = queued(unknown, IfBusy.JOIN, RequestBatch::key);
    Map<String, Run> unfinished = running(unknown);
    queued(unknown, IfBusy.REFUSE, BackupRequest::site).forEach(unfinished::putIfAbsent);
    List<BackupRequest> fresh = new ArrayList<>();
    List<RowChange> joined = new ArrayList<>();
    for (BackupRequest request : unknown) {
      Run open =
          switch (request.ifBusy()) {
            case JOIN -> queued.get(key(request));
            case REFUSE -> unfinished.get(request.site());
            case QUEUE -> null;
          };
      if (open == null) {
        fresh.add(request);
      } else if (request.ifBusy() == IfBusy.REFUSE) {
        decisions.busy.put(request.site(), open);
      } else {
        runs.put(request.site(), open.id());
        if (request.id() != null) {
          joined.add(RowChange.of(RequestRows.INSERT_REQUEST, request.id(), open.id()));
        }
      }
    }
    List<String> ids = rows.insert(fresh).stream().map(Run::id).toList();
    for (int i = 0; i < fresh.size(); i++) {
      runs.put(fresh.get(i).site(), ids.get(i));
    }
    decisions.made.addAll(ids);
    if (!joined.isEmpty()) {
      RowChange.writeAll(jdbc, joined);
    }
    decisions.runs.addAll(read(requests, runs));
  }

  private void lock(List<BackupRequest> requests) {
    String[] names =
        requests.stream().map(request -> RequestRows.latch(request.site())).toArray(String[]::new);
    jdbc.batchUpdate(
        "insert into latch (name) values (?) on conflict do nothing",
        Arrays.stream(names).map(name -> new Object[] {name}).toList());
    jdbc.queryForList(
        "select name from latch where name = any(?) order by name for update", (Object) names);
  }

  /** By the ids of requests their runs. */
  private Map<String, String> known(List<BackupRequest> requests) {
    Map<String, String> known = new HashMap<>();
    jdbc.query(
        "select id, run from request where id = any(?)",
        row -> {
          known.put(row.getString(1), row.getString(2));
        },
        (Object)
            requests.stream()
                .map(BackupRequest::id)
                .filter(Objects::nonNull)
                .toArray(String[]::new));
    return known;
  }

  /** The longest waiting run, by this key, of the sites of requests that go by it. */
  private Map<String, Run> queued(
      List<BackupRequest> requests, IfBusy ifBusy, Function<BackupRequest, String> key) {
    Map<String, Run> queued = new HashMap<>();
    find(
            "select * from run where site = any(?) and state = 'queued' and "
                + RequestRows.NOT_ABANDONED
                + " order by queued_at",
            requests,
            ifBusy)
        .forEach(run -> queued.putIfAbsent(key.apply(run.request()), run));
    return queued;
  }

  /** By site the run that is going on, where a request would not wait for it. */
  private Map<String, Run> running(List<BackupRequest> requests) {
    Map<String, Run> running = new HashMap<>();
    find(
            "select * from run where active_site = any(?) and state = 'running'",
            requests,
            IfBusy.REFUSE)
        .forEach(run -> running.put(run.site(), run));
    return running;
  }

  private Stream<Run> find(String sql, List<BackupRequest> requests, IfBusy ifBusy) {
    String[] sites =
        requests.stream()
            .filter(request -> request.ifBusy() == ifBusy)
            .map(BackupRequest::site)
            .toArray(String[]::new);
    return sites.length == 0
        ? Stream.empty()
        : jdbc.query(sql, RunRowMapper.MAPPER, (Object) sites).stream();
  }

  private static String key(BackupRequest request) {
    return "%s %s %s".formatted(request.site(), request.profile(), RequestRows.overrides(request));
  }

  private List<Run> read(List<BackupRequest> requests, Map<String, String> runs) {
    Map<String, Run> read = new HashMap<>();
    jdbc.query(
            "select * from run where id = any(?)",
            RunRowMapper.MAPPER,
            (Object) runs.values().toArray(String[]::new))
        .forEach(run -> read.put(run.id(), run));
    // an id that is known may be that of a request for another site
    return requests.stream()
        .flatMap(
            request ->
                Stream.ofNullable(read.get(runs.get(request.site())))
                    .filter(run -> run.site().equals(request.site())))
        .toList();
  }
}
