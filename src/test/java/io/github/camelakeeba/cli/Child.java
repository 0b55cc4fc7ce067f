package io.github.camelakeeba.cli;

import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.Product;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, as an operator would start it. */
public final class Child implements AutoCloseable {
  private final Process process;
  private final Path out;
  private final Path err;

  /** Starts it; its output goes to files in the folder. */
  public Child(Path folder, String... arguments) throws IOException {
    out = Files.createTempFile(folder, "child", ".out");
    err = Files.createTempFile(folder, "child", ".err");
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC", // it starts sooner, and leaves a core to others
                "-XX:TieredStopAtLevel=1",
                "-cp",
                // an empty entry would be the working directory, with its routes/ once more
                System.getProperty("java.class.path").replaceFirst(File.pathSeparator + "$", ""),
                Backup.class.getName()));
    command.addAll(List.of(arguments));
    process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
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
        .atMost(Product.PATIENCE)
        .failFast("it ended", () -> !process.isAlive() && !err().contains(text))
        .until(() -> err().contains(text));
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
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
