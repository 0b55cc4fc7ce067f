package io.github.camelakeeba.notify;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.FileTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FreeMarker templates: the user's own where there is one that works, else the built-in. A template
 * sees texts, numbers, lists and maps; it cannot call Java.
 */
final class Templates {
  private static final Logger LOG = LoggerFactory.getLogger(Templates.class);
  private static final String FOLDER = "config/templates";

  private final Configuration own;
  private final Configuration builtIn;

  /** With the user's own templates in {@code config/templates} of this folder. */
  Templates(Path home) {
    TemplateLoader shipped = new ClassTemplateLoader(Templates.class.getClassLoader(), FOLDER);
    Path folder = home.resolve(FOLDER);
    this.own = Files.isDirectory(folder) ? configuration(files(folder), shipped) : null;
    this.builtIn = configuration(shipped);
  }

  /** The text that this template makes of these facts; a broken one of the user is passed over. */
  String render(String name, Map<String, Object> facts) {
    return render(name, facts, text -> text.isBlank() ? "gives an empty text" : null);
  }

  /** The same; {@code fault} says what is wrong with a text, or gives null. */
  String render(String name, Map<String, Object> facts, Function<String, String> fault) {
    if (own != null) {
      try {
        String text = render(own, name, facts);
        String wrong = fault.apply(text);
        if (wrong == null) {
          return text;
        }
        LOG.warn("{}/{} {}; the built-in one is used", FOLDER, name, wrong);
      } catch (IOException | TemplateException | RuntimeException e) {
        LOG.warn("{}/{} does not work; the built-in one is used: {}", FOLDER, name, reason(e));
      }
    }
    try {
      return render(builtIn, name, facts);
    } catch (IOException | TemplateException e) {
      throw new IllegalStateException("built-in template " + name + ": " + reason(e), e);
    }
  }

  private static String render(Configuration from, String name, Map<String, Object> facts)
      throws IOException, TemplateException {
    StringWriter out = new StringWriter();
    from.getTemplate(name).process(facts, out);
    return out.toString();
  }

  private static String reason(Exception e) {
    return ServerText.oneLine(String.valueOf(e.getMessage()), 500);
  }

  private static TemplateLoader files(Path folder) {
    try {
      // links are followed: that is how orchestrators mount files
      return new FileTemplateLoader(folder.toFile(), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Configuration configuration(TemplateLoader... loaders) {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setTemplateLoader(new MultiTemplateLoader(loaders));
    configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
    configuration.setLocale(Locale.ENGLISH);
    configuration.setLocalizedLookup(false);
    configuration.setNumberFormat("computer");
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setWrapUncheckedExceptions(true);
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    configuration.setAPIBuiltinEnabled(false);
    configuration.setObjectWrapper(new SimpleObjectWrapper(Configuration.VERSION_2_3_34));
    JsonFormat.addTo(configuration);
    return configuration;
  }
}
