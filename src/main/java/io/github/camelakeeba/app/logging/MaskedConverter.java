package io.github.camelakeeba.app.logging;

import io.github.camelakeeba.secret.SecretMasker;
import java.util.List;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.core.pattern.ConverterKeys;
import org.apache.logging.log4j.core.pattern.LogEventPatternConverter;
import org.apache.logging.log4j.core.pattern.PatternConverter;
import org.apache.logging.log4j.core.pattern.PatternFormatter;

/** {@code %masked{…}} of the log pattern: what is in the braces, without any known secret. */
@Plugin(name = "masked", category = PatternConverter.CATEGORY)
@ConverterKeys("masked")
public final class MaskedConverter extends LogEventPatternConverter {
  private final List<PatternFormatter> inner;

  private MaskedConverter(List<PatternFormatter> inner) {
    super("masked", "masked");
    this.inner = inner;
  }

  /** Called by Log4j; options hold the inner pattern. */
  public static MaskedConverter newInstance(Configuration configuration, String[] options) {
    return new MaskedConverter(
        PatternLayout.createPatternParser(configuration).parse(options[0], false, false, true));
  }

  @Override
  public void format(LogEvent event, StringBuilder output) {
    StringBuilder text = new StringBuilder();
    for (PatternFormatter formatter : inner) {
      formatter.format(event, text);
    }
    output.append(SecretMasker.mask(text.toString()));
  }

  @Override
  public boolean handlesThrowable() {
    return inner.stream().anyMatch(PatternFormatter::handlesThrowable);
  }
}
