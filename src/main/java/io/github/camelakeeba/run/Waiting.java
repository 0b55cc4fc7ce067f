package io.github.camelakeeba.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.camelakeeba.Internal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a run waits for another client's backup to end.
 *
 * @param text whose, since when, until when at most
 * @param since null: not known
 */
@Internal
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Waiting(String text, Instant since, Instant until) {
  private static final Pattern TIMES =
      Pattern.compile("(?s).* since (\\S+|an unknown time), until (\\S+)");

  /** What the run waits for by its {@code stepText}; null: it does not wait. */
  public static Waiting of(RunView run) {
    if (!run.waits()) {
      return null;
    }
    Matcher times = TIMES.matcher(run.stepText());
    boolean known = times.matches();
    return new Waiting(
        run.stepText(), instant(known ? times.group(1) : ""), instant(known ? times.group(2) : ""));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
