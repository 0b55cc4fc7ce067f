package io.github.camelakeeba.akeeba;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A backup profile as exportConfiguration gives it and importConfiguration takes it. Its settings
 * may hold passwords of the site.
 *
 * @param description its name
 * @param configuration its settings, JSON in a text; null: there is no such profile
 * @param filters what it leaves out, JSON in a text
 */
public record ExportedProfile(String description, String configuration, String filters) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_MIN_STEP_TIME = 300_000; // milliseconds

  /** Of a file; throws {@link IllegalArgumentException} with what is wrong. */
  public static ExportedProfile of(byte[] file) {
    JsonNode data;
    try {
      data = JSON.readTree(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("is no JSON");
    }
    if (!data.isObject()
        || text(data, "description") == null
        || text(data, "configuration") == null
        || text(data, "filters") == null) {
      throw new IllegalArgumentException(
          "is no exported profile: it must be an object with description, configuration and filters");
    }
    return of(data);
  }

  /** As a site gives it: without settings where it has no such profile. */
  public static ExportedProfile of(JsonNode data) {
    return new ExportedProfile(
        text(data, "description"), text(data, "configuration"), text(data, "filters"));
  }

  /** The same; throws {@code not-found} when the site has no profile of this number. */
  public ExportedProfile orMissing(int number) {
    if (configuration == null) {
      throw new AkeebaException(
          ErrorKind.NOT_FOUND, "The site has no profile %s.".formatted(number));
    }
    return this;
  }

  /** A text, or JSON that stands there as it is. */
  private static String text(JsonNode data, String name) {
    JsonNode value = data.path(name);
    return value.isMissingNode() || value.isNull()
        ? null
        : value.isTextual() ? value.asText() : value.toString();
  }

  public String json() {
    return JSON.valueToTree(this).toPrettyString();
  }

  /**
   * The least time that a step takes: the worker sleeps for what is left of it after its work, and
   * saves its state only then (measured). Empty when the profile has none.
   */
  public Optional<Duration> minStepTime() {
    JsonNode value = parse(configuration).at("/akeeba/tuning/min_exec_time");
    return minStepTime(value.isValueNode() ? value.asText() : null);
  }

  /** A profile's setting as people write it into {@code overrides}: milliseconds. */
  public static Optional<Duration> minStepTime(String milliseconds) {
    return milliseconds == null || !milliseconds.matches("\\d{1,7}")
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.min(MAX_MIN_STEP_TIME, Long.parseLong(milliseconds))));
  }

  /** Whether it says the same, whatever white space and order there is in its JSON. */
  public boolean isEquivalentTo(ExportedProfile other) {
    return description.equals(other.description)
        && parse(configuration).equals(parse(other.configuration))
        && parse(filters).equals(parse(other.filters));
  }

  /** What is no JSON stays a text. */
  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text == null ? "null" : text);
    } catch (IOException e) {
      return new POJONode(text);
    }
  }

  /** Without its settings, which may hold passwords. */
  @Override
  public String toString() {
    return "profile " + description;
  }
}
