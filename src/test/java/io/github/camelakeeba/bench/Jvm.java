package io.github.camelakeeba.bench;

import java.util.ArrayList;
import java.util.List;

/** The JVM and class path that run the benchmark, for its child processes. */
final class Jvm {
  private Jvm() {}

  /** The command up to the name of the main class. */
  static List<String> command(String... options) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return command;
  }
}
