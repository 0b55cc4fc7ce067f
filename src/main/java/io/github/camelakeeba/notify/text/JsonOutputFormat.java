package io.github.camelakeeba.notify.text;

import freemarker.cache.ConditionalTemplateConfigurationFactory;
import freemarker.cache.FileExtensionMatcher;
import freemarker.core.CommonMarkupOutputFormat;
import freemarker.core.CommonTemplateMarkupOutputModel;
import freemarker.core.TemplateConfiguration;
import freemarker.template.Configuration;
import java.io.IOException;
import java.io.Writer;

/**
 * A template {@code *.ftlj} makes JSON: each {@code ${…}} is escaped as the inside of a string;
 * {@code ${…?no_esc}} is left as it is.
 */
final class JsonOutputFormat
    extends CommonMarkupOutputFormat<JsonOutputFormat.TemplateJsonOutputModel> {
  private static final JsonOutputFormat INSTANCE = new JsonOutputFormat();

  private JsonOutputFormat() {}

  static void registerIn(Configuration configuration) {
    TemplateConfiguration json = new TemplateConfiguration();
    json.setOutputFormat(INSTANCE);
    json.setBooleanFormat("c");
    configuration.setTemplateConfigurations(
        new ConditionalTemplateConfigurationFactory(new FileExtensionMatcher("ftlj"), json));
  }

  @Override
  public String getName() {
    return "escapedJSON";
  }

  @Override
  public String getMimeType() {
    return "application/json";
  }

  @Override
  public void output(String text, Writer out) throws IOException {
    out.write(escapePlainText(text));
  }

  @Override
  public String escapePlainText(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      switch (c) {
        case '"', '\\' -> escaped.append('\\').append(c);
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x2028 || c == 0x2029) {
            escaped.append(String.format("\\u%04x", (int) c));
          } else {
            escaped.append(isUnpairedSurrogate(text, at) ? '\uFFFD' : c);
          }
        }
      }
    }
    return escaped.toString();
  }

  /** Half of a character can't be sent. */
  private static boolean isUnpairedSurrogate(String text, int at) {
    char c = text.charAt(at);
    return Character.isHighSurrogate(c)
            && (at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1)))
        || Character.isLowSurrogate(c)
            && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  @Override
  public boolean isLegacyBuiltInBypassed(String name) {
    return name.equals("json_string");
  }

  @Override
  protected TemplateJsonOutputModel newTemplateMarkupOutputModel(String plain, String markup) {
    return new TemplateJsonOutputModel(plain, markup);
  }

  static final class TemplateJsonOutputModel
      extends CommonTemplateMarkupOutputModel<TemplateJsonOutputModel> {
    TemplateJsonOutputModel(String plain, String markup) {
      super(plain, markup);
    }

    @Override
    public JsonOutputFormat getOutputFormat() {
      return INSTANCE;
    }
  }
}
