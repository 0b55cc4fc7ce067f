package io.github.camelakeeba.config;

import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.Sha256;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a configuration says, as one number: whatever has an effect counts, secrets too, but neither
 * the order of files and lists nor the place of the home directory.
 */
final class ConfigurationFingerprint {
  /** Each component's method, since a lookup for each of ten thousand sites takes a second. */
  private static final ClassValue<RecordComponent[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
          RecordComponent[] components = type.getRecordComponents();
          Stream.of(components).forEach(one -> one.getAccessor().setAccessible(true));
          return components;
        }
      };

  private final Path home;

  private ConfigurationFingerprint(Path home) {
    this.home = home;
  }

  /** 64 hexadecimal digits. A file below the home counts by its name there; null: by its path. */
  static String of(Configuration configuration, Path home) {
    ConfigurationFingerprint fingerprint =
        new ConfigurationFingerprint(home == null ? null : home.toAbsolutePath().normalize());
    return Sha256.hex(
        Stream.of(
                configuration.sites(),
                configuration.limits(),
                configuration.historyKeep(),
                configuration.channels(),
                configuration.rules(),
                configuration.triggers(),
                configuration.heartbeat(),
                configuration.reports(),
                configuration.badges())
            .map(fingerprint::text)
            .collect(Collectors.joining("\n")));
  }

  /** A text that tells each value from any other of its type. */
  private String text(Object value) {
    if (value == null) {
      return "~";
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> text(entry.getKey()) + "=" + Sha256.hex(text(entry.getValue())))
          .sorted()
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof Collection<?> collection) {
      return collection.stream()
          .map(this::text)
          .sorted()
          .collect(Collectors.joining(",", "[", "]"));
    }
    return value instanceof Record one
        ? Arrays.stream(COMPONENTS.get(one.getClass()))
            .map(component -> component.getName() + "=" + text(read(component, one)))
            .collect(Collectors.joining(",", one.getClass().getSimpleName() + "(", ")"))
        : quoted(scalar(value));
  }

  private static Object read(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a record's component is always readable", e);
    }
  }

  private String scalar(Object value) {
    if (value instanceof Secret secret) {
      return secret.reveal();
    }
    if (value instanceof Path path) {
      boolean below = home != null && path.startsWith(home);
      return (below ? home.relativize(path) : path).toString().replace('\\', '/');
    }
    if (value instanceof Enum<?> word) {
      return word.name();
    }
    if (value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof URI
        || value instanceof Duration
        || value instanceof ZoneId
        || value instanceof LocalTime) {
      return value.toString();
    }
    // toString of another class may hold its address in memory
    throw new IllegalStateException("no fingerprint of a " + value.getClass().getName());
  }

  /** With its length, so that no value can look like two. */
  private static String quoted(String text) {
    return text.length() + ":" + text;
  }
}
