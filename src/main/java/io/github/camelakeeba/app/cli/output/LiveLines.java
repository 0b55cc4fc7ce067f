package io.github.camelakeeba.app.cli.output;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Lines that are written over while things go on, below all that is printed meanwhile. Each stays
 * as wide as the terminal, since one that wraps can't be written over.
 */
public final class LiveLines {
  private static final String UP = "\u001b[%sA";
  private static final String CLEAR = "\r\u001b[2K";

  /**
   * @param text without colour
   * @param colour of all of it, or null
   */
  private record Line(String text, Colour colour) {}

  private final PrintStream out;
  private final boolean coloured;
  private final int width;
  private final Map<String, Line> lines = new LinkedHashMap<>();
  private int drawn;

  /**
   * @param width of the terminal, in characters
   */
  public LiveLines(PrintStream out, boolean coloured, int width) {
    this.out = out;
    this.coloured = coloured;
    this.width = width;
  }

  /** For this process's terminal; null where lines can't be written over. */
  public static LiveLines ofTerminal(PrintStream out) {
    return Terminal.movable()
        ? new LiveLines(
            out, Terminal.coloured(), CommandSpec.create().usageMessage().autoWidth(true).width())
        : null;
  }

  /** Sets a line; a new one comes last. */
  public void set(String name, String text, Colour colour) {
    Line line = new Line(text, colour);
    if (!line.equals(lines.put(name, line))) {
      draw("");
    }
  }

  /** Prints above the lines, for good. */
  public void print(String text) {
    draw(text);
  }

  private void draw(String above) {
    StringBuilder screen = new StringBuilder();
    if (drawn > 0) {
      screen.append(UP.formatted(drawn)).append("\r\u001b[J");
    }
    screen.append(above);
    lines.values().forEach(line -> screen.append(CLEAR).append(shown(line)).append('\n'));
    out.print(screen);
    out.flush();
    drawn = lines.size();
  }

  private String shown(Line line) {
    String text =
        line.text().length() < width ? line.text() : line.text().substring(0, width - 2) + "…";
    return line.colour() == null ? text : line.colour().of(text, coloured);
  }
}
