package io.github.camelakeeba.observe;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** The log lines of this process while it is open. */
public final class LogLines extends AbstractAppender implements AutoCloseable {
  private final List<LogEvent> events = new CopyOnWriteArrayList<>();
  private final List<String> loggers;

  private LogLines(String... loggers) {
    super("lines", null, null, false, Property.EMPTY_ARRAY);
    this.loggers = List.of(loggers);
  }

  /** Of loggers whose names begin so. */
  public static LogLines of(String... loggers) {
    LogLines lines = new LogLines(loggers);
    lines.start();
    context().getConfiguration().getRootLogger().addAppender(lines, Level.INFO, null);
    return lines;
  }

  private static LoggerContext context() {
    return (LoggerContext) LogManager.getContext(false);
  }

  @Override
  public void append(LogEvent event) {
    if (loggers.stream().anyMatch(event.getLoggerName()::startsWith)) {
      events.add(event.toImmutable());
    }
  }

  /** Those whose message contains this. */
  public List<LogEvent> containing(String text) {
    return events.stream()
        .filter(event -> event.getMessage().getFormattedMessage().contains(text))
        .toList();
  }

  @Override
  public void close() {
    context().getConfiguration().getRootLogger().removeAppender("lines");
    stop();
  }
}
