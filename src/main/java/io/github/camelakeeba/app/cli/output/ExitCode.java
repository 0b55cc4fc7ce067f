package io.github.camelakeeba.app.cli.output;

/** How the program ends. */
public final class ExitCode {
  /** Completed. */
  public static final int COMPLETED = 0;

  /** Failed. */
  public static final int FAILED = 1;

  /** Wrong usage or configuration. */
  public static final int USAGE = 2;

  /** Completed with warnings. */
  public static final int WARNING = 3;

  /** Refused: a backup of this site is running. */
  public static final int REFUSED = 4;

  private ExitCode() {}

  /** The code of a run's state word. */
  public static int of(String state) {
    return switch (state) {
      case "completed" -> COMPLETED;
      case "warning" -> WARNING;
      default -> FAILED;
    };
  }

  /** The worse of two: failed before refused before warning before completed. */
  public static int worst(int one, int other) {
    return rank(one) >= rank(other) ? one : other;
  }

  private static int rank(int code) {
    return java.util.List.of(COMPLETED, WARNING, REFUSED, FAILED, USAGE).indexOf(code);
  }
}
