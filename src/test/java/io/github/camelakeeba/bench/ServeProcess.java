package io.github.camelakeeba.bench;

import io.github.camelakeeba.app.cli.BackupApp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A {@code serve} of a home folder, in a process of its own. */
final class ServeProcess implements AutoCloseable {
  private static final String API = "the HTTP API is at ";

  private final Path log;
  private final Process process;

  /** With this heap, and further options of the JVM, separated by commas. */
  ServeProcess(Path home, String heap, String jvm) throws IOException {
    this(home, heap, jvm, false);
  }

  /** The same by the start script of the distribution, with its archive of loaded classes. */
  ServeProcess(Path home, String heap, String jvm, boolean script) throws IOException {
    List<String> options = new ArrayList<>(List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError"));
    Stream.of(jvm.split(",")).filter(option -> !option.isEmpty()).forEach(options::add);
    List<String> serve = List.of("serve", "--home", home.toString());
    log = home.resolve("serve.log");
    process =
        (script ? script(options, serve) : java(options, serve))
            .redirectError(log.toFile())
            .start();
  }

  private static ProcessBuilder script(List<String> options, List<String> serve)
      throws IOException {
    StartScript script = StartScript.find(System.getProperty("java.home"));
    List<String> line = new ArrayList<>(List.of(script.file().toString()));
    line.addAll(serve);
    return script.process(line, "", options);
  }

  private static ProcessBuilder java(List<String> options, List<String> serve) {
    List<String> command = Jvm.command(options.toArray(String[]::new));
    command.add(BackupApp.class.getName());
    command.addAll(serve);
    return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  /** Waits until it is ready. */
  URI address() throws IOException {
    while (true) {
      String text = Files.readString(log);
      int at = text.indexOf(API);
      if (at >= 0 && text.indexOf('\n', at) > 0) {
        return URI.create(text.substring(at + API.length(), text.indexOf('\n', at)).strip());
      }
      if (!process.isAlive()) {
        throw new IllegalStateException("the program did not start: " + text);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  ProcessFigures figures() {
    return ProcessFigures.of(process.pid());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String command() {
    return String.join(" ", process.info().arguments().orElse(new String[0]));
  }

  /** What it has logged last. */
  List<String> lastLines(int count) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }

  /** Stops it as an administrator does. */
  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
