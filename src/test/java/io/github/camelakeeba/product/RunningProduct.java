package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.camelakeeba.app.web.ApiServer;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.store.ClaimPolicy;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.ServeFiles;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The whole product in the process: the shipped routes, a database, a mail catcher, and simulated
 * sites. Tests say what is in sites.yaml, ask for backups, and look at what a user would notice.
 */
public final class RunningProduct implements AutoCloseable {
  /** The longest that anything in a test may take. */
  public static final Duration PATIENCE = Duration.ofSeconds(120);

  /** The secret word of every simulated site, unless a test says otherwise. */
  public static final String SECRET = "Sample-Secret-3kT9wQ";

  /** The token of the HTTP API. */
  public static final String TOKEN = "test-token-1234";

  private final Path folder;
  private final SimulatedServer server = SimulatedServer.start();
  private final GreenMail smtp =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final StringBuilder sites = new StringBuilder();
  private final StringBuilder properties =
      new StringBuilder(
          """
          backup.recovery.pause = 50ms
          backup.recovery.retryPause = 300ms
          backup.outbox.gather = 1s
          """);
  private String rest = "";
  private boolean schedules;
  private boolean api;
  private boolean commands;
  private Timings timings = QuickTimings.QUICK;
  private boolean file;
  private Database database;
  private String url;
  private Service service;

  /** Works below this folder, such as a {@code @TempDir}. */
  public RunningProduct(Path folder) {
    this.folder = folder;
    smtp.start();
  }

  /** The server of the simulated sites. */
  public SimulatedServer server() {
    return server;
  }

  /** Catches the mails. */
  public GreenMail smtp() {
    return smtp;
  }

  /** A site in sites.yaml; each line is a key with its value, such as {@code profile: 2}. */
  public RunningProduct site(String name, URI url, String... lines) {
    sites.append("  ").append(name).append(":\n    url: ").append(url).append('\n');
    boolean secret = false;
    boolean retry = false;
    for (String line : lines) {
      sites.append("    ").append(line).append('\n');
      secret |= line.startsWith("secret") || line.startsWith("token");
      retry |= line.startsWith("retry");
    }
    if (!retry) {
      sites.append("    retry: {unreachable: 0}\n");
    }
    if (!secret) {
      sites.append("    secret: ").append(SECRET).append('\n');
    }
    return this;
  }

  /** The rest of sites.yaml; {@code %SMTP%} stands for the mail catcher's address. */
  public RunningProduct yaml(String text) {
    rest = text;
    return this;
  }

  /** A line of application.properties. */
  public RunningProduct property(String line) {
    properties.append(line).append('\n');
    return this;
  }

  /** With the sites' schedules. */
  public RunningProduct schedules() {
    schedules = true;
    return this;
  }

  /** With the HTTP API on an ephemeral port; its token is {@link #TOKEN}. */
  public RunningProduct api() {
    api = true;
    return property("backup.api.token = " + TOKEN).property("backup.api.port = 0");
  }

  /** With the web server on an ephemeral port, for hooks only: the API has no token. */
  public RunningProduct hooks() {
    api = true;
    return property("backup.api.port = 0");
  }

  /** With an address for the commands of its home. */
  public RunningProduct commands() {
    commands = true;
    return this;
  }

  /** Where the commands of its home call. */
  public ServeFiles.Serve commandAddress() {
    return ServeFiles.find(new Home(folder)).orElseThrow();
  }

  /** With other timings than {@link QuickTimings#QUICK}, such as the shipped ones. */
  public RunningProduct timings(Timings other) {
    timings = other;
    return this;
  }

  /** With the database in a file below the folder, which outlives a restart. */
  public RunningProduct durable() {
    file = true;
    return this;
  }

  /** With this PostgreSQL database of the user postgres, who needs no password. */
  public RunningProduct postgres(String jdbcUrl) {
    url = jdbcUrl;
    return this;
  }

  /** Writes the configuration and starts, or starts again. */
  public RunningProduct start() throws Exception {
    configure();
    return startAsItIs();
  }

  /** Starts with the configuration that is in the folder. */
  public RunningProduct startAsItIs() throws Exception {
    service = Service.start(new Home(folder), plan(folder.resolve("config").resolve("sites.yaml")));
    return this;
  }

  /** Writes the configuration for a program that is started otherwise. */
  public void configure() throws IOException {
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        config.resolve("sites.yaml"),
        "sites:\n"
            + sites
            + rest.replace("%SMTP%", "smtp://127.0.0.1:" + smtp.getSmtp().getPort()));
    Files.writeString(config.resolve("application.properties"), properties);
  }

  private Service.Plan plan(Path yaml) {
    return new Service.Plan(
        resolver -> new SitesLoader().load(yaml, resolver),
        context -> database = open(),
        ClaimPolicy.ALL,
        schedules,
        commands ? ApiServer.withCommandsOf(new Home(folder)) : api ? ApiServer::start : null,
        timings);
  }

  private Database open() {
    if (url != null) {
      return Database.open(url, "postgres", null, 10);
    }
    return file
        ? Database.file(folder.resolve("data"), 10)
        : CopiedStore.memory("test-" + UUID.randomUUID(), 10);
  }

  /** The database of the running service. */
  public JdbcTemplate jdbc() {
    return new JdbcTemplate(database.dataSource());
  }

  /** The store of the running service. */
  public Database database() {
    return database;
  }

  /** Stops the service; the sites and the mail catcher go on. */
  public void stop() throws Exception {
    service.close();
    service = null;
  }

  /** The running service. */
  public Service service() {
    return service;
  }

  /** Asks for a backup with a request's text (a site's name or JSON); gives its run. */
  public Run request(String text) {
    BackupRequest request =
        service.beans().reader().readCommand(text.getBytes(StandardCharsets.UTF_8), "cli:test");
    return service
        .context()
        .createProducerTemplate()
        .requestBody("direct:backup-request", request, Run.class);
  }

  /** Asks for a backup that must be refused; gives the refusal. */
  public RunRefusedException refusal(String text) {
    Throwable thrown = catchThrowable(() -> request(text));
    assertThat(thrown).hasRootCauseInstanceOf(RunRefusedException.class);
    return (RunRefusedException) thrown.getCause();
  }

  /** Asks for a backup and waits for its outcome. */
  public Event backup(String text) {
    return outcome(request(text).id());
  }

  /** Waits for the outcome of a run. */
  public Event outcome(String run) {
    return await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> service.beans().runs().outcome(run), java.util.Optional::isPresent)
        .orElseThrow();
  }

  @Override
  public void close() throws IOException {
    try {
      if (service != null) {
        service.close();
      }
    } catch (Exception e) {
      throw new IOException("the service did not stop", e);
    } finally {
      server.close();
      smtp.stop();
    }
  }
}
