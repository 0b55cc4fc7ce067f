package io.github.camelakeeba.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.SqlArrayValue;

/** The restore tests, a row each, and how the sites stand by them; throws what the store throws. */
public final class ProofStore {
  private static final String OURS =
      " where id = ? and owner = ? and claim = ? and verdict is null";

  /** A node that is gone has left them, or this process has: it is not at work on them. */
  private static final String REQUEUE_LOST =
      """
      update proof set owner = null
      where active_site is not null and owner is not null
        and (owner not in (select id from node) or owner = ? and not id = any(?))
      """;

  /** No archive is fetched from a site, or compared, while a backup of it is taken. */
  private static final String CLAIMABLE =
      """
      select id from proof p
      where p.active_site is not null and p.owner is null and (? or p.id = any(?))
        and not exists (select 1 from run r where r.active_site = p.site)
      order by p.asked_at, p.id limit ?
      """;

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAX_COUNTS_LENGTH = 1_000_000;

  private final Database database;
  private final JdbcTemplate jdbc;

  public ProofStore(Database database) {
    this.database = database;
    this.jdbc = database.jdbc();
  }

  /** A new one; false when there is one of this id, or one of the site that has not ended. */
  boolean insert(
      String id, String site, String askedId, String trigger, String requestedBy, Instant now) {
    return jdbc.update(
            """
            insert into proof (id, site, active_site, asked_id, trigger_kind, requested_by, asked_at)
            values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """,
            id,
            site,
            site,
            askedId,
            trigger,
            requestedBy,
            SqlTime.of(now))
        > 0;
  }

  /** Of this site, which one has not ended, with what was asked for. */
  Optional<ClaimedProof> open(String site) {
    return jdbc
        .query("select * from proof where active_site = ?", ProofStore::claimed, site)
        .stream()
        .findFirst();
  }

  /** Makes it a test of this archive, if a command had asked for it whose process is gone. */
  boolean retarget(String id, String askedId, String requestedBy, Instant now) {
    return jdbc.update(
            """
            update proof set asked_id = ?, requested_by = ?, asked_at = ?, owner = null, attempts = 0,
              started_at = null, progress = null, backupid = null, record_id = null, archive = null, size = null
            where id = ? and active_site is not null and trigger_kind = 'command'
              and (owner not in (select id from node) or owner is null and ?)
            """,
            askedId,
            requestedBy,
            SqlTime.of(now),
            id,
            database.embedded())
        > 0;
  }

  public Optional<Proof> find(String id) {
    return jdbc.query("select * from proof where id = ?", ProofStore::proof, id).stream()
        .findFirst();
  }

  /** The newest of this site first, at most so many, those that were asked for before this one. */
  public List<Proof> newest(String site, Proof before, int limit) {
    return before == null
        ? jdbc.query(
            "select * from proof where site = ? order by asked_at desc, id desc limit ?",
            ProofStore::proof,
            site,
            limit)
        : jdbc.query(
            """
            select * from proof where site = ? and (asked_at < ? or asked_at = ? and id < ?)
            order by asked_at desc, id desc limit ?
            """,
            ProofStore::proof,
            site,
            SqlTime.of(before.askedAt()),
            SqlTime.of(before.askedAt()),
            before.id(),
            limit);
  }

  /** The last one of this site that has ended so. */
  Optional<Proof> lastEnded(String site, String verdict) {
    return jdbc
        .query(
            """
            select * from proof where site = ? and verdict = ?
            order by checked_at desc, id desc limit 1
            """,
            ProofStore::proof,
            site,
            verdict)
        .stream()
        .findFirst();
  }

  /**
   * Claims at most so many, those that were asked for first; in one transaction, one node at a
   * time.
   *
   * @param active those that this process is at work on
   * @param own only these; null: all
   */
  List<ClaimedProof> claim(
      int most, String owner, Collection<String> active, Collection<String> own, Instant now) {
    return database
        .transaction()
        .execute(
            status -> {
              jdbc.queryForList("select name from latch where name = 'proof' for update");
              jdbc.update(REQUEUE_LOST, owner, array(active));
              List<ClaimedProof> claimed = new ArrayList<>();
              for (String id :
                  jdbc.queryForList(
                      CLAIMABLE,
                      String.class,
                      own == null,
                      array(own == null ? List.of() : own),
                      most)) {
                claim(id, owner, now).ifPresent(claimed::add);
              }
              boolean alive =
                  !jdbc.queryForList("select id from node where id = ?", owner).isEmpty();
              if (!alive) { // held up while it claimed: others take it for dead
                status.setRollbackOnly();
                return List.<ClaimedProof>of();
              }
              return claimed;
            });
  }

  private Optional<ClaimedProof> claim(String id, String owner, Instant now) {
    jdbc.update(
        """
        update proof set owner = ?, claim = claim + 1, attempts = attempts + 1, progress = null,
          started_at = ?
        where id = ? and owner is null and active_site is not null
        """,
        owner,
        SqlTime.of(now),
        id);
    return jdbc
        .query("select * from proof where id = ? and owner = ?", ProofStore::claimed, id, owner)
        .stream()
        .findFirst();
  }

  private static SqlArrayValue array(Collection<String> texts) {
    return new SqlArrayValue("varchar", texts.toArray());
  }

  /** Leaves it for the next claim, as if it had not been begun. */
  void release(ClaimedProof claimed) {
    jdbc.update(
        "update proof set owner = null, attempts = attempts - 1, progress = null" + OURS,
        claimed.proof().id(),
        claimed.owner(),
        claimed.claim());
  }

  /** Which archive is tested; false when the test is another node's by now. */
  boolean recordArchive(
      ClaimedProof claimed, String backupid, Long recordId, String archive, Long size) {
    return jdbc.update(
            "update proof set backupid = ?, record_id = ?, archive = ?, size = ?" + OURS,
            backupid,
            recordId,
            archive,
            size,
            claimed.proof().id(),
            claimed.owner(),
            claimed.claim())
        > 0;
  }

  /** What it is doing; false when the test is another node's by now. */
  boolean recordProgress(ClaimedProof claimed, String what) {
    return jdbc.update(
            "update proof set progress = ?" + OURS,
            what,
            claimed.proof().id(),
            claimed.owner(),
            claimed.claim())
        > 0;
  }

  /** Writes the result; false when the test is another node's by now. Joins the transaction. */
  boolean recordEnd(ClaimedProof claimed, ProofResult result, String node, Instant now) {
    return jdbc.update(
            """
            update proof set verdict = ?, reason = ?, server = ?, table_count = ?, row_count = ?,
              sha256 = ?, counts = ?, files = ?, checked_at = ?, node = ?, active_site = null,
              progress = null
            """
                + OURS,
            result.verdict().word(),
            result.reason(),
            result.server(),
            result.tables(),
            result.rows(),
            result.sha256(),
            counts(result.counts()),
            result.files(),
            SqlTime.of(now),
            node,
            claimed.proof().id(),
            claimed.owner(),
            claimed.claim())
        > 0;
  }

  private static final String STANDING =
      """
      select site, last_good_at, proof_since, proof_at, proof_verdict, proved_at, untested_told,
        proof_told_at, unproved_told_at, proof_reminded_at
      from standing\s""";

  /** Of the sites that are watched. */
  List<ProofStanding> standings() {
    return jdbc.query(STANDING + "where watched order by site", ProofStore::standing);
  }

  /** Of this site, locked until the transaction ends; null: nothing is known of it. */
  ProofStanding lock(String site) {
    return jdbc.query(STANDING + "where site = ? for update", ProofStore::standing, site).stream()
        .findFirst()
        .orElse(null);
  }

  /** From now on restore tests of this site are wanted, or no more. */
  void setWanted(String site, Instant since) {
    jdbc.update(
        """
        update standing set proof_since = ?, unproved_told_at = null,
          change = nextval('standing_change')
        where site = ?
        """,
        SqlTime.of(since),
        site);
  }

  /** That a backup of it is proved: what was told of it is over. */
  void recordProved(Proof proof) {
    jdbc.update(
        """
        update standing set proof_at = ?, proof_verdict = 'proved', proved_at = ?,
          proved_server = ?, proved_tables = ?, proved_rows = ?, untested_told = null,
          proof_told_at = null, unproved_told_at = null, proof_reminded_at = null,
          change = nextval('standing_change')
        where site = ?
        """,
        SqlTime.of(proof.checkedAt()),
        SqlTime.of(proof.checkedAt()),
        proof.server(),
        proof.tables(),
        proof.rows(),
        proof.site());
  }

  /** That a backup of it is not proved, and since when this is told. */
  void recordNotProved(Proof proof, String untested, Instant toldAt) {
    jdbc.update(
        """
        update standing set proof_at = ?, proof_verdict = ?, untested_told = ?,
          proof_reminded_at = case when proof_told_at = ? then proof_reminded_at end,
          proof_told_at = ?, change = nextval('standing_change')
        where site = ?
        """,
        SqlTime.of(proof.checkedAt()),
        proof.verdict(),
        untested,
        SqlTime.of(toldAt),
        SqlTime.of(toldAt),
        proof.site());
  }

  /** That it is told of as overdue; false when another node has, or it is proved since. */
  boolean markOverdue(ProofStanding standing, Instant now) {
    return jdbc.update(
            """
            update standing set unproved_told_at = ?, proof_reminded_at = null,
              change = nextval('standing_change')
            where site = ? and watched and unproved_told_at is null
              and proved_at is not distinct from cast(? as timestamp(3) with time zone)
            """,
            SqlTime.of(now),
            standing.site(),
            SqlTime.of(standing.provedAt()))
        > 0;
  }

  /** That it was told again; false when it has changed. */
  boolean markReminded(ProofStanding standing, Instant now) {
    return jdbc.update(
            """
            update standing set proof_reminded_at = ?
            where site = ? and watched
              and proof_told_at is not distinct from cast(? as timestamp(3) with time zone)
              and unproved_told_at is not distinct from cast(? as timestamp(3) with time zone)
              and proof_reminded_at is not distinct from cast(? as timestamp(3) with time zone)
            """,
            SqlTime.of(now),
            standing.site(),
            SqlTime.of(standing.toldAt()),
            SqlTime.of(standing.overdueToldAt()),
            SqlTime.of(standing.remindedAt()))
        > 0;
  }

  private static ProofStanding standing(ResultSet row, int number) throws SQLException {
    return new ProofStanding(
        row.getString("site"),
        SqlTime.instant(row, "last_good_at"),
        SqlTime.instant(row, "proof_since"),
        SqlTime.instant(row, "proof_at"),
        row.getString("proof_verdict"),
        SqlTime.instant(row, "proved_at"),
        row.getString("untested_told"),
        SqlTime.instant(row, "proof_told_at"),
        SqlTime.instant(row, "unproved_told_at"),
        SqlTime.instant(row, "proof_reminded_at"));
  }

  private static String counts(List<TableCount> counts) {
    try {
      String json = JSON.writeValueAsString(counts);
      return json.length() > MAX_COUNTS_LENGTH ? "[]" : json; // the sums are there
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("counts can't be written as JSON", e);
    }
  }

  private static List<TableCount> counts(String json) {
    try {
      return json == null ? List.of() : JSON.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the counts of a restore test are no JSON", e);
    }
  }

  private static ClaimedProof claimed(ResultSet row, int number) throws SQLException {
    return new ClaimedProof(
        proof(row, number),
        row.getString("asked_id"),
        row.getString("owner"),
        row.getLong("claim"),
        row.getInt("attempts"));
  }

  private static Proof proof(ResultSet row, int number) throws SQLException {
    Instant started = SqlTime.instant(row, "started_at");
    Instant checked = SqlTime.instant(row, "checked_at");
    return new Proof(
        row.getString("id"),
        row.getString("site"),
        row.getString("verdict"),
        row.getString("trigger_kind"),
        row.getString("requested_by"),
        SqlTime.instant(row, "asked_at"),
        started,
        checked,
        Proof.duration(started, checked),
        row.getString("backupid"),
        row.getObject("record_id", Long.class),
        row.getString("archive"),
        row.getObject("size", Long.class),
        row.getString("sha256"),
        row.getString("server"),
        row.getObject("table_count", Integer.class),
        row.getObject("row_count", Long.class),
        counts(row.getString("counts")),
        row.getObject("files", Long.class),
        row.getString("reason"),
        row.getString("node"),
        row.getString("progress"));
  }
}
