package io.github.camelakeeba.config;

import java.util.List;

/** The configuration is wrong; each problem has a line: file, line, key and what is allowed. */
public class ConfigurationException extends RuntimeException {
  private final transient List<String> problems;

  /** At least one problem; none may hold a secret. */
  public ConfigurationException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  public ConfigurationException(String problem) {
    this(List.of(problem));
  }

  public List<String> problems() {
    return problems;
  }
}
