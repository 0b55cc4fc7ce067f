package io.github.camelakeeba.simulator.archive;

/**
 * What the steps of one backup do, as in the captured runs. Step 0 is startBackup; step 1 to {@code
 * steps} are the calls of stepBackup, of which the last one ends the backup.
 */
public record StepPlan(int steps) {
  static final int ROWS = 200; // rows of the table that its steps name: what its dump holds

  public StepPlan {
    if (steps < 1) {
      throw new IllegalArgumentException("steps: " + steps + " given, 1 is the least");
    }
  }

  public boolean last(int step) {
    return step >= steps;
  }

  public String domain(int step) {
    if (step < 1) {
      return "init";
    }
    if (step <= installer()) {
      return "installer";
    }
    return step <= dumpEnd() ? "PackDB" : step <= packEnd() ? "Packing" : "finale";
  }

  /** Whether the step works on the database dump, or begins with what is left of it. */
  public boolean dumps(int step) {
    return "PackDB".equals(domain(step)) || "PackDB".equals(domain(step - 1));
  }

  /** Percent, 0 to 100. */
  public int progress(int step) {
    return switch (domain(step)) {
      case "init" -> 0;
      case "installer" -> step == 1 ? 0 : 25;
      case "PackDB" -> 25;
      case "Packing" -> 50 + 25 * (step - dumpEnd() - 1) / Math.max(1, packEnd() - dumpEnd() - 1);
      default -> step == packEnd() + 1 && !last(step) ? 75 : 100;
    };
  }

  /** The part of the archive on the disk after this step, 0 to 1. */
  public double packed(int step) {
    int done = Math.max(0, step);
    return step >= packEnd() ? Math.min(1, done) : done / (double) packEnd();
  }

  /** What it works on; a table without its prefix. */
  public String step(int step) {
    return switch (domain(step)) {
      case "PackDB" -> step > installer() + 1 && step < dumpEnd() ? "content" : "";
      case "Packing" -> step > dumpEnd() + 1 ? "/srv/site/images/d" + step % 100 : "";
      default -> "";
    };
  }

  public String substep(int step) {
    if (!"PackDB".equals(domain(step)) || step(step).isEmpty()) {
      return "";
    }
    int rows = ROWS * (step - installer() - 1) / Math.max(1, dumpEnd() - installer());
    return Math.max(1, rows) + " / " + ROWS;
  }

  public String state(int step) {
    if (last(step)) {
      return "finished";
    }
    return step == steps - 1 && "finale".equals(domain(step)) ? "postrun" : "running";
  }

  /** The number in the answer: 2 for the start, then one more each; the last one repeats. */
  public int number(int step) {
    return last(step) ? steps + 1 : step + 2;
  }

  private int finale() {
    return Math.min(4, (steps + 2) / 3);
  }

  private int installer() {
    return Math.min(2, (steps - finale() + 1) / 3);
  }

  private int dumpEnd() {
    int rest = steps - finale() - installer();
    return installer() + rest - rest / 2;
  }

  private int packEnd() {
    return steps - finale();
  }
}
