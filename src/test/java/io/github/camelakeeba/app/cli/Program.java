package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.product.RunningProduct;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program in a home of its own, called in this process as a shell would call it. */
public final class Program {
  private final Path home;
  private final StringBuilder sites = new StringBuilder("sites:\n");

  public Program(Path home) {
    this.home = home;
  }

  /**
   * How a call ended.
   *
   * @param code the exit code
   * @param out what stood on stdout
   * @param err what stood on stderr
   */
  public record Ended(int code, String out, String err) {
    /** The lines on stderr. */
    public List<String> errLines() {
      return err.lines().toList();
    }
  }

  /** Adds a site with the usual secret; each line is a key with its value. */
  public Program site(String name, URI url, String... lines) throws IOException {
    sites.append("  %s:\n    url: %s\n".formatted(name, url));
    if (String.join("\n", lines).lines().noneMatch(line -> line.startsWith("secret"))) {
      sites.append("    secret: ").append(RunningProduct.SECRET).append('\n');
    }
    for (String line : lines) {
      sites.append("    ").append(line).append('\n');
    }
    return sites(sites.toString());
  }

  /** Writes the whole of config/sites.yaml. */
  public Program sites(String yaml) throws IOException {
    return config("sites.yaml", yaml);
  }

  /** Writes more behind the sites. */
  public Program more(String yaml) throws IOException {
    sites.append(yaml);
    return sites(sites.toString());
  }

  /** Writes the whole of config/application.properties. */
  public Program properties(String text) throws IOException {
    return config("application.properties", text);
  }

  private Program config(String name, String text) throws IOException {
    Files.writeString(Files.createDirectories(home.resolve("config")).resolve(name), text);
    return this;
  }

  /** Runs one command in this home. */
  public Ended run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--home");
    all.add(home.toString());
    return anywhere(all.toArray(String[]::new));
  }

  /** Runs one command. */
  static Ended anywhere(String... arguments) {
    PrintStream before = System.out;
    PrintStream errBefore = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int code = BackupApp.run(arguments);
      return new Ended(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
      System.setErr(errBefore);
    }
  }
}
