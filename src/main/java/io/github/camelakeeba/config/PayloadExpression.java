package io.github.camelakeeba.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import io.github.camelakeeba.Internal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One value of {@code triggers[].map}: a JSONPath such as {@code $.project.name}, or a text with
 * such paths in it, as in {@code "Deploy of {$.ref}"}.
 */
@Internal
public final class PayloadExpression {
  private static final int MAX_LENGTH = 1000;
  private static final Pattern PART = Pattern.compile("\\{(\\$[^{}]*)}");
  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
  private static final Pattern FUNCTION = Pattern.compile("[A-Za-z0-9_]\\s*\\(");
  private static final Configuration QUIET =
      Configuration.builder()
          .jsonProvider(new JacksonJsonNodeJsonProvider())
          // a list of what matched, also where a path names one value: none is no error
          .options(Option.ALWAYS_RETURN_LIST, Option.SUPPRESS_EXCEPTIONS)
          .build();

  private final List<Object> parts; // texts and paths in turn

  private PayloadExpression(List<Object> parts) {
    this.parts = parts;
  }

  /** {@link IllegalArgumentException}: a path is none, or could be made slow by a hostile body. */
  public static PayloadExpression parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("is longer than %s characters".formatted(MAX_LENGTH));
    }
    if (text.startsWith("$")) {
      return new PayloadExpression(List.of(path(text)));
    }
    List<Object> parts = new ArrayList<>();
    Matcher part = PART.matcher(text);
    int end = 0;
    while (part.find()) {
      parts.add(text.substring(end, part.start()));
      parts.add(path(part.group(1)));
      end = part.end();
    }
    parts.add(text.substring(end));
    if (text.substring(end).contains("{$") || parts.size() == 1) {
      throw new IllegalArgumentException(
          "is no JSONPath such as $.project.name, and no text with one in braces such as \"Deploy of {$.ref}\"");
    }
    return new PayloadExpression(parts);
  }

  private static JsonPath path(String path) {
    String bare = QUOTED.matcher(path).replaceAll("''");
    if (bare.contains("..") || bare.contains("=~") || FUNCTION.matcher(bare).find()) {
      throw new IllegalArgumentException(
          "uses '..', '=~' or a function, which are not allowed here; name the way to the value, as in $.project.name");
    }
    if (bare.chars().filter(c -> c == '[').count() != bare.chars().filter(c -> c == ']').count()) {
      // the compiler overlooks it, and means another path
      throw new IllegalArgumentException(
          "holds '%s', which is no JSONPath: a bracket is missing".formatted(path));
    }
    try {
      return JsonPath.compile(path);
    } catch (InvalidPathException | IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
      throw new IllegalArgumentException(
          "holds '%s', which is no JSONPath: %s".formatted(path, reason), e);
    }
  }

  /**
   * Its value for this body; empty when a path leads nowhere, or to null. Throws {@link
   * IllegalArgumentException} at several values, and at one that is neither text nor number.
   */
  public Optional<String> evaluate(JsonNode body) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      if (part instanceof JsonPath path) {
        Optional<String> found = value(path, body);
        if (found.isEmpty()) {
          return Optional.empty();
        }
        text.append(found.get());
      } else {
        text.append(part);
      }
    }
    return Optional.of(text.toString());
  }

  private static Optional<String> value(JsonPath path, JsonNode body) {
    JsonNode found = path.read(body, QUIET);
    if (found != null && found.size() > 1) {
      throw new IllegalArgumentException("%s leads to several values".formatted(path.getPath()));
    }
    JsonNode value = found == null ? null : found.get(0);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() && !value.isNumber()) {
      throw new IllegalArgumentException(
          "%s leads to what is no text and no number".formatted(path.getPath()));
    }
    return Optional.of(value.asText());
  }
}
