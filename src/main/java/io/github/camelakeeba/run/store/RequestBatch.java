package io.github.camelakeeba.run.store;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What {@link RequestRepository} decides for one request, for those of many sites: a statement for
 * many in place of one each. They have ids, each site is there once, and they join a queued run.
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
   * Of each request the run, by site.
   *
   * @param made the ids of the runs that are new
   */
  record Decisions(List<Run> runs, Set<String> made) {}

  /** In the transaction of the caller; by site, so that two nodes don't wait for each other. */
  Decisions decide(List<BackupRequest> requests) {
    List<BackupRequest> bySite =
        requests.stream().sorted(Comparator.comparing(BackupRequest::site)).toList();
    List<Run> runs = new ArrayList<>();
    Set<String> made = new HashSet<>();
    for (int from = 0; from < bySite.size(); from += MAX_STATEMENT) {
      int to = Math.min(from + MAX_STATEMENT, bySite.size());
      decide(bySite.subList(from, to), runs, made);
    }
    return new Decisions(runs, made);
  }

  private void decide(List<BackupRequest> requests, List<Run> decided, Set<String> made) {
    lock(requests);
    Map<String, String> runs = known(requests); // by the ids of requests
    List<BackupRequest> unknown = new ArrayList<>(requests);
    unknown.removeIf(request -> runs.containsKey(request.id()));
    Map<String, Run> queued = queued(unknown);
    List<BackupRequest> fresh = new ArrayList<>();
    for (BackupRequest request : unknown) {
      Run open = queued.get(key(request));
      if (open == null) {
        fresh.add(request);
      } else {
        runs.put(request.id(), open.id());
      }
    }
    List<String> ids = rows.insert(fresh).stream().map(Run::id).toList();
    for (int i = 0; i < fresh.size(); i++) {
      runs.put(fresh.get(i).id(), ids.get(i));
    }
    made.addAll(ids);
    jdbc.batchUpdate(
        "insert into request (id, run) values (?, ?)",
        unknown.stream()
            .map(request -> new Object[] {request.id(), runs.get(request.id())})
            .toList());
    decided.addAll(read(requests, runs));
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

  private Map<String, String> known(List<BackupRequest> requests) {
    Map<String, String> known = new HashMap<>();
    jdbc.query(
        "select id, run from request where id = any(?)",
        row -> {
          known.put(row.getString(1), row.getString(2));
        },
        (Object) requests.stream().map(BackupRequest::id).toArray(String[]::new));
    return known;
  }

  /** The longest waiting run of each site, profile and overrides. */
  private Map<String, Run> queued(List<BackupRequest> requests) {
    Map<String, Run> queued = new HashMap<>();
    jdbc.query(
            "select * from run where site = any(?) and state = 'queued' and "
                + RequestRows.NOT_ABANDONED
                + " order by queued_at",
            RunRowMapper.MAPPER,
            (Object) requests.stream().map(BackupRequest::site).toArray(String[]::new))
        .forEach(run -> queued.putIfAbsent(key(run.request()), run));
    return queued;
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
    return requests.stream().map(request -> read.get(runs.get(request.id()))).toList();
  }
}
