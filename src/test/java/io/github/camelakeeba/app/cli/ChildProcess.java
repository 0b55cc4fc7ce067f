package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.QuickTimings;
import io.github.camelakeeba.product.RunningProduct;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The program in a process of its own, as an operator would start it. */
public final class ChildProcess implements AutoCloseable {
  /** The JVM that runs the tests. */
  static final String JAVA = ProcessHandle.current().info().command().orElseThrow();

  private static final String API = "the HTTP API is at ";

  static {
    // the mail catcher throws in its own thread when a process that was talking to it is killed
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final Path out;
  private final Path err;

  /** Starts it; its output goes to files in the folder. */
  public ChildProcess(Path folder, String... arguments) throws IOException {
    this(folder, List.of(), arguments);
  }

  /** The same behind another command that starts it. */
  public ChildProcess(Path folder, List<String> starter, String... arguments) throws IOException {
    this(folder, command(starter, arguments));
  }

  /** Starts it with a folder more on its class path: a later version that has what is in there. */
  public static ChildProcess withClasses(Path folder, Path classes, String... arguments)
      throws IOException {
    List<String> command = command(List.of(), arguments);
    int classPath = command.indexOf("-cp") + 1;
    command.set(classPath, command.get(classPath) + File.pathSeparator + classes);
    return new ChildProcess(folder, command);
  }

  private ChildProcess(Path folder, List<String> command) throws IOException {
    out = Files.createTempFile(folder, "child", ".out");
    err = Files.createTempFile(folder, "child", ".err");
    process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
  }

  /**
   * Starts a jar, which no archive of classes fits: they are not verified, as in the tests' JVM.
   */
  static ChildProcess ofJar(Path folder, Path jar, String... arguments) throws IOException {
    List<String> command = java();
    command.addAll(
        List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote"));
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of(arguments));
    return new ChildProcess(folder, command);
  }

  private static List<String> command(List<String> starter, String... arguments) {
    List<String> command = new ArrayList<>(starter);
    command.addAll(java());
    command.addAll(SharedClasses.get().options());
    command.add(BackupApp.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  private static List<String> java() {
    List<String> command = new ArrayList<>(List.of(JAVA));
    command.addAll(SharedClasses.LIGHT);
    command.add(QuickTimings.option(QuickTimings.QUICK));
    return command;
  }

  /** What it has written to stdout so far. */
  public String out() {
    return read(out);
  }

  /** What it has written to stderr so far. */
  public String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until its log says this. */
  public void says(String text) {
    await()
        .atMost(RunningProduct.PATIENCE)
        .failFast("it ended", () -> !process.isAlive() && !err().contains(text))
        .until(() -> err().contains(text));
  }

  /** Writes to its stdin. */
  void types(String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Sends SIGKILL, and waits until it is gone. */
  public void kill() {
    try {
      assertThat(process.isAlive()).as(err()).isTrue();
      assertThat(process.destroyForcibly().waitFor()).isEqualTo(128 + 9);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Sends a signal such as {@code KILL}, {@code STOP} or {@code CONT}. */
  public void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    if (code != 0) {
      throw new AssertionError("kill -" + name + " ended with " + code);
    }
  }

  /** Whether it runs, or is paused. */
  public boolean alive() {
    return process.isAlive();
  }

  /** Where its HTTP API is. */
  public String address() {
    says(API);
    return err().substring(err().indexOf(API) + API.length()).lines().findFirst().orElseThrow();
  }

  /** Its health page. */
  public HttpResponse<String> health() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address() + "/observe/health")).build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  /** Asks for a backup through its HTTP API; it must be accepted. */
  public void backup(String site) throws IOException, InterruptedException {
    HttpResponse<String> answer = post(site);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  /** Asks for a backup through its HTTP API. */
  public HttpResponse<String> post(String site) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address() + "/api/backups"))
            .header("Authorization", "Bearer " + RunningProduct.TOKEN)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"site\":\"" + site + "\"}"))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  /** Its exit code, when it ends within so many seconds. */
  public int code(long seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new AssertionError("it did not end within " + seconds + " s: " + err());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
