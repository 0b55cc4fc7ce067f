package io.github.camelakeeba.app.cli.output;

import java.util.List;

public final class ExitCode {
  public static final int COMPLETED = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2; // wrong usage or configuration
  public static final int WARNING = 3; // completed with warnings
  public static final int REFUSED = 4; // a backup of this site is running

  private ExitCode() {}

  public static int of(String state) {
    return switch (state) {
      case "completed" -> COMPLETED;
      case "warning" -> WARNING;
      default -> FAILED;
    };
  }

  /** The worse of two: failed before refused before warning before completed. */
  public static int worst(int one, int other) {
    List<Integer> ranks = List.of(COMPLETED, WARNING, REFUSED, FAILED, USAGE);
    return ranks.indexOf(one) >= ranks.indexOf(other) ? one : other;
  }
}
