package io.github.camelakeeba.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.simulator.archive.StepPlan;
import io.github.camelakeeba.simulator.archive.StoredBackup;
import io.github.camelakeeba.simulator.http.HttpListener;
import io.github.camelakeeba.simulator.http.HttpReply;
import io.github.camelakeeba.simulator.http.PhpJson;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A simulated site with Akeeba Backup. Steps are counted as calls of stepBackup: step 1 is the
 * first one, step 0 is startBackup. Settings apply from the next call on; {@code steps}, {@code
 * size} and {@code parts} from the next backup on.
 */
public final class SimulatedSite {
  private static final StoredBackup.StartParameters FOREIGN =
      new StoredBackup.StartParameters(1, "by somebody else", "");
  private static final DateTimeFormatter DATE =
      // two-digit day, which Java's own RFC 1123 formatter does not write
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final URI address;
  private final SimulatorSettings settings;
  private final ProtocolChecker checker = new ProtocolChecker();
  private final RecordStore records;
  private final RecordMethods recordMethods;
  private final ProfileStore profiles;
  private final CookieSessions sessions;
  private final AuthRules auth;
  private final Engine engine;
  private final FrontController front;
  private final List<RecordedRequest> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile Consumer<RecordedRequest> recorder = requests::add;

  SimulatedSite(URI address, ProductProfile product, HttpListener listener) {
    this.address = address;
    settings = new SimulatorSettings(product);
    records = new RecordStore(settings);
    recordMethods = new RecordMethods(records);
    profiles = new ProfileStore(settings);
    sessions = new CookieSessions(product, checker);
    engine = new Engine(records, checker, listener);
    auth = new AuthRules(settings);
    ApiMethods methods = new ApiMethods(product, engine, recordMethods, profiles);
    front = new FrontController(settings, methods, sessions, auth, checker, listener);
  }

  /** The site's address, with a slash at its end; the endpoint lies below it. */
  public URI address() {
    return address;
  }

  /** The exact endpoint of the JSON API. */
  public URI url() {
    return address.resolve(settings.product.endpoint);
  }

  public SimulatedSite secret(String secret) {
    settings.secret = secret;
    return this;
  }

  public String secret() {
    return settings.secret;
  }

  /** Whether the API is on; off (or Core edition) answers 503 "Access denied" to everything. */
  public SimulatedSite apiEnabled(boolean enabled) {
    settings.apiEnabled = enabled;
    return this;
  }

  public AuthRules access() {
    return auth;
  }

  public SimulatedSite basicAuth(String user, String password) {
    settings.basicAuth = user + ":" + password;
    return this;
  }

  /** The profiles: number, name, number, name, … */
  public SimulatedSite profiles(Object... numbersAndNames) {
    profiles.set(numbersAndNames);
    return this;
  }

  /** A whole backup takes so many calls of stepBackup, from 1; the last answers HasRun false. */
  public SimulatedSite steps(int steps) {
    settings.plan = new StepPlan(steps);
    return this;
  }

  public SimulatedSite stepTime(Duration time) {
    settings.stepTime = time;
    return this;
  }

  public SimulatedSite stepTime(int step, Duration time) {
    settings.stepTimes.put(step, time);
    return this;
  }

  /** Shorter steps sleep up to this before they save their state and answer. */
  public SimulatedSite minExecTime(Duration time) {
    settings.minExecTime = time;
    return this;
  }

  public SimulatedSite clockSkew(Duration ahead) {
    settings.clockSkew = ahead;
    return this;
  }

  /** The clock of the proxy before the site, which writes the Date header, is ahead. */
  public SimulatedSite proxySkew(Duration ahead) {
    settings.proxySkew = ahead;
    return this;
  }

  public SimulatedSite sleepTime(long milliseconds) {
    return sleepTimeJson(String.valueOf(milliseconds));
  }

  /** {@code sleepTime} as a JSON literal, such as {@code "\"1500\""}; Java's null: left out. */
  public SimulatedSite sleepTimeJson(String literal) {
    settings.sleepTime = literal == null ? null : PhpJson.parse(literal.getBytes(UTF_8));
    return this;
  }

  public SimulatedSite warnings(int step, String... texts) {
    settings.warnings.put(step, List.of(texts));
    return this;
  }

  /** Every backup fails at this step, -1: none: JSON 500 "A backup error has occurred: …". */
  public SimulatedSite failAt(int step, String text) {
    settings.failText = text;
    settings.failStep = step;
    return this;
  }

  public SimulatedSite parts(int parts) {
    settings.parts = Math.max(1, parts);
    return this;
  }

  /** The archive's file name extension: jpa, zip, jps (whose cipher text is noise) or sql. */
  public SimulatedSite kind(String kind) {
    if (!List.of("jpa", "zip", "jps", "sql").contains(kind)) {
      throw new IllegalArgumentException("kind: " + kind + " given; jpa, zip, jps or sql allowed");
    }
    settings.kind = kind;
    return this;
  }

  /** The archive's size in bytes: 0, or from 8192. */
  public SimulatedSite size(long bytes) {
    if (bytes != 0 && bytes < StoredBackup.MIN_SIZE) {
      throw new IllegalArgumentException("size: " + bytes + " given, 0 or 8192 and more allowed");
    }
    settings.size = bytes;
    return this;
  }

  /** The next record gets the number after this one. */
  public SimulatedSite lastRecordId(long id) {
    records.lastId(id);
    return this;
  }

  /** Sets a fault; of several that apply to a request the one set first wins. */
  public SimulatedSite fault(Fault fault) {
    front.faults.add(fault);
    return this;
  }

  public SimulatedSite clearFaults() {
    front.faults.clear();
    return this;
  }

  /** Adds a running backup by another client, between two steps, active just now. */
  public ForeignBackup foreignBackup(String origin) {
    return foreignBackup(origin, records.newBackupid(records.now()));
  }

  /** As above with its backupid; origin is {@code backend}, {@code cli}, {@code json}, …. */
  public ForeignBackup foreignBackup(String origin, String backupid) {
    return alive(records.add(FOREIGN, origin, backupid, records.now()));
  }

  /** Displaces running backups; one inside a step continues, and ends damaged (measured). */
  public ForeignBackup foreignStart(String origin) {
    return alive(engine.foreignStart(FOREIGN, origin));
  }

  private ForeignBackup alive(StoredBackup row) {
    synchronized (records) {
      row.alive = true;
      row.grown = row.planned / 10;
      return new ForeignBackup(records, row);
    }
  }

  public SimulatedSite pastBackups(int count) {
    for (int i = 0; i < count; i++) {
      foreignBackup("json").finish();
    }
    return this;
  }

  /** Each request goes to this when it has arrived, and is not kept in {@link #requests()}. */
  public SimulatedSite recorder(Consumer<RecordedRequest> other) {
    recorder = other;
    return this;
  }

  public List<RecordedRequest> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  public List<RecordedRequest> requests(String method) {
    return requests().stream().filter(each -> each.method().equals(method)).toList();
  }

  public long connections() {
    return requests().stream().map(RecordedRequest::connection).distinct().count();
  }

  /** The number of session cookies that were set; 0 on WordPress and Solo. */
  public int sessions() {
    return sessions.count();
  }

  /** What a correct client never does, in the order of the calls. */
  public List<String> violations() {
    return checker.violations();
  }

  /** The backup records as listBackups shows them, newest first. */
  public JsonNode records() {
    return recordMethods.list(0, 0);
  }

  /** How the archive of a record is damaged, also where nothing shows it; empty: it is good. */
  public List<String> damage(long recordId) {
    synchronized (records) {
      return records.find(recordId).map(row -> List.copyOf(row.damage)).orElse(List.of());
    }
  }

  public boolean archiveBroken(long recordId) {
    return !damage(recordId).isEmpty();
  }

  HttpReply answer(RecordedRequest request, String path) throws InterruptedException {
    recorder.accept(request);
    return front
        .answer(request, path)
        .header("Date", DATE.format(records.now().plus(settings.proxySkew)));
  }
}
