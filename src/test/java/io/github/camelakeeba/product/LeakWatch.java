package io.github.camelakeeba.product;

import io.github.camelakeeba.product.SecretSpellings.Form;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.StringLayout;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/**
 * Sees every log event of every logger at TRACE, as it is and as the shipped layouts print it. What
 * was set before comes back with {@link #close}.
 */
final class LeakWatch extends AbstractAppender implements AutoCloseable {
  private final SecretSpellings secrets;
  private final List<StringLayout> layouts;
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final AtomicLong events = new AtomicLong();
  private final Set<Form> unmasked = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> leaks = new ConcurrentLinkedQueue<>();

  private LeakWatch(SecretSpellings secrets) {
    super("leak-watch", null, null, false, Property.EMPTY_ARRAY);
    this.secrets = secrets;
    Configuration shipped = context.getConfiguration();
    layouts =
        List.of(
            (StringLayout) shipped.getAppender("text").getLayout(),
            (StringLayout) shipped.getAppender("json").getLayout());
  }

  /** Looks for these secrets from here on. */
  static LeakWatch start(SecretSpellings secrets) {
    LeakWatch watch = new LeakWatch(secrets);
    watch.start();
    Configuration configuration = watch.context.getConfiguration();
    LoggerConfig root = configuration.getRootLogger();
    root.getAppenders().keySet().forEach(root::removeAppender);
    root.addAppender(watch, Level.TRACE, null);
    configuration.getLoggers().values().forEach(each -> each.setLevel(Level.TRACE));
    watch.context.updateLoggers();
    return watch;
  }

  @Override
  public void append(LogEvent event) {
    events.incrementAndGet();
    String plain = event.getMessage().getFormattedMessage() + traceOf(event.getThrown());
    unmasked.addAll(secrets.in(plain));
    for (StringLayout layout : layouts) {
      for (Form form : secrets.in(layout.toSerializable(event))) {
        leaks.add(form + " in " + event.getLoggerName());
      }
    }
  }

  private static String traceOf(Throwable thrown) {
    StringBuilder texts = new StringBuilder();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      texts.append('\n').append(t);
    }
    return texts.toString();
  }

  /** How many events were seen. */
  long events() {
    return events.get();
  }

  /** What the log would have told without a mask. */
  Set<Form> unmasked() {
    return unmasked;
  }

  /** What the shipped log tells. */
  List<String> leaks() {
    return leaks.stream().distinct().toList();
  }

  @Override
  public void close() {
    context.reconfigure(); // first: threads of the product still log
    stop();
  }
}
