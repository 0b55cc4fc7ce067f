package io.github.camelakeeba.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One {@code serve} in a process of its own. */
final class Node implements AutoCloseable {
  static final String TOKEN = "test-token-1234";

  private static final Pattern ID = Pattern.compile("serving .* as node (\\S+);");
  private static final Pattern API = Pattern.compile("the HTTP API is at (\\S+)");

  private final Path home;
  private final HttpClient http = HttpClient.newHttpClient();
  private ChildProcess child;

  Node(Path home) {
    this.home = home;
  }

  /** An answer of its API. */
  record Answer(int status, JsonNode json) {
    /** The run's id, from the run, or from its outcome event when it has ended already. */
    String run() {
      return json.path(json.has("subject") ? "subject" : "id").asText();
    }
  }

  /** Writes its configuration. */
  void configure(String sites, String jdbcUrl) throws IOException {
    Path config = Files.createDirectories(home.resolve("config"));
    Files.writeString(config.resolve("sites.yaml"), sites);
    Files.writeString(
        config.resolve("application.properties"),
        """
        backup.database.url = %s
        backup.database.user = postgres
        backup.api.token = %s
        backup.api.port = 0
        backup.recovery.pause = 50ms
        """
            .formatted(jdbcUrl, TOKEN));
  }

  /** Starts it, and does not wait for it. */
  void start() throws IOException {
    child = new ChildProcess(home, "serve", "--home", home.toString());
  }

  /** The same with a folder more on its class path. */
  void start(Path classes) throws IOException {
    child = ChildProcess.withClasses(home, classes, "serve", "--home", home.toString());
  }

  /** Waits until it serves. */
  void serving() {
    child.says("serving ");
  }

  boolean alive() {
    return child != null && child.alive();
  }

  ChildProcess process() {
    return child;
  }

  /** Its log so far. */
  String log() {
    return child.err();
  }

  /** The id of this process in the store. */
  String id() {
    return said(ID);
  }

  /** Asks for a backup; gives the run's id. */
  String request(String site) throws Exception {
    return post("{\"site\":\"" + site + "\",\"ifBusy\":\"queue\"}").run();
  }

  Answer post(String body) throws Exception {
    return post("/api/backups", body);
  }

  /** Asks it to stop a run, whoever works on it. */
  Answer stop(String run) throws Exception {
    return post("/api/runs/" + run + "/stop", "");
  }

  private Answer post(String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(said(API)).resolve(path))
            .header("Authorization", "Bearer " + TOKEN)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    return new Answer(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
  }

  private String said(Pattern pattern) {
    Matcher matcher = pattern.matcher(log());
    if (!matcher.find()) {
      throw new AssertionError("it did not say " + pattern + ": " + log());
    }
    return matcher.group(1);
  }

  @Override
  public void close() {
    if (child != null) {
      child.close();
    }
  }
}
