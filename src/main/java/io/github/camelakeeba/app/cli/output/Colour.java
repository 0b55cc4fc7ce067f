package io.github.camelakeeba.app.cli.output;

/** Colours of a terminal: the reader's own sixteen, so that they suit light and dark ones. */
public enum Colour {
  RED(31),
  GREEN(32),
  YELLOW(33),
  CYAN(36);

  private final int code;

  Colour(int code) {
    this.code = code;
  }

  /** The text in this colour, or as it is. */
  public String of(String text, boolean coloured) {
    return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
