package io.github.camelakeeba.notify.text;

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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** FreeMarker templates, the user's own if it works, else the built-in. They cannot call Java. */
public final class Templates {
  static final String FOLDER = "config/templates"; // below the home and on the class path
  private static final Logger LOG = LoggerFactory.getLogger(Templates.class);

  private final Configuration userTemplates;
  private final Configuration builtIn;

  /** With the user's own templates in {@code config/templates} of this folder. */
  public Templates(Path home) {
    this(home, name -> true);
  }

  Templates(Path home, Predicate<String> used) {
    TemplateLoader shipped = new ClassTemplateLoader(Templates.class.getClassLoader(), FOLDER);
    Path folder = home.resolve(FOLDER);
    this.userTemplates =
        Files.isDirectory(folder) ? configuration(files(folder, used), shipped) : null;
    this.builtIn = configuration(shipped);
  }

  String render(String name, Map<String, Object> model) {
    return render(name, model, Templates::emptyTextError);
  }

  /** The same; {@code check} says what is wrong with a text, or gives null. */
  public String render(String name, Map<String, Object> model, Function<String, String> check) {
    if (userTemplates != null) {
      String wrong;
      try {
        String text = render(userTemplates, name, model);
        wrong = check.apply(text);
        if (wrong == null) {
          return text;
        }
      } catch (IOException | TemplateException | RuntimeException | StackOverflowError e) {
        wrong = TemplateErrorMessage.of(e, name);
      }
      LOG.warn("{}/{}: {}; the built-in one is used", FOLDER, name, wrong);
    }
    try {
      return render(builtIn, name, model);
    } catch (IOException | TemplateException | StackOverflowError e) {
      throw new IllegalStateException(
          "built-in template " + name + ": " + TemplateErrorMessage.of(e, name), e);
    }
  }

  /** Why the user's templates make no good text of these model, or null when they do. */
  String userTemplateError(String name, Map<String, Object> model, Function<String, String> fault) {
    try {
      return fault.apply(render(userTemplates, name, model));
    } catch (IOException | TemplateException | RuntimeException | StackOverflowError e) {
      return TemplateErrorMessage.of(e, name);
    }
  }

  static String emptyTextError(String text) {
    return text.isBlank() ? "gives an empty text" : null;
  }

  private static String render(Configuration from, String name, Map<String, Object> model)
      throws IOException, TemplateException {
    BoundedWriter out = new BoundedWriter();
    from.getTemplate(name).process(model, out);
    return out.toString();
  }

  private static TemplateLoader files(Path folder, Predicate<String> used) {
    try {
      // links are followed: that is how orchestrators mount files
      return new FileTemplateLoader(folder.toFile(), true) {
        @Override
        public Object findTemplateSource(String name) throws IOException {
          return used.test(name) ? super.findTemplateSource(name) : null;
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Configuration configuration(TemplateLoader... loaders) {
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
    JsonOutputFormat.registerIn(configuration);
    return configuration;
  }
}
