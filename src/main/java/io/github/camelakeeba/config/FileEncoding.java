package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;

/** In which encoding this Java names files: that of the locale it was started in. */
@Internal
public final class FileEncoding {
  private static final String NAME = System.getProperty("sun.jnu.encoding", "UTF-8");

  private FileEncoding() {}

  /** What to set where only some names can be encoded, in a sentence; null: all can. */
  public static String warning() {
    return Charset.isSupported(NAME) && Charset.forName(NAME).equals(StandardCharsets.UTF_8)
        ? null
        : "names of files are %s here, so that one with other letters can be neither read nor written; start with LC_ALL=C.UTF-8"
            .formatted(NAME);
  }

  /** What is wrong with a value: of a path that can't be encoded here, what to set. */
  public static String reason(IllegalArgumentException wrong) {
    return wrong instanceof InvalidPathException && warning() != null
        ? warning()
        : wrong.getMessage();
  }
}
