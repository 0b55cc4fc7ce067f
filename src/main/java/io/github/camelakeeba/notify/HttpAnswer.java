package io.github.camelakeeba.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.akeeba.HttpTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a channel's server said to a call.
 *
 * @param retryAfter the header, or null
 * @param body its beginning
 */
record HttpAnswer(int status, String retryAfter, byte[] body) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_HINT = 160;

  /** Where Telegram, Discord, Mattermost and ntfy say what is wrong. */
  private static final List<String> SAYS = List.of("description", "message", "error");

  /** Telegram and Discord say it here. */
  private static final Pattern PAUSE =
      Pattern.compile("\"retry_after\"\\s*:\\s*(\\d+)(?:\\.\\d+)?");

  /** Longer than any pause of ours. */
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /** Why the server has not taken the message, or null when it has. */
  String refusal(String type) {
    if (status < 200 || status >= 300) {
      String redirect = status >= 300 && status < 400 ? " (redirects are not followed)" : "";
      return "the server answered HTTP " + status + redirect + hint();
    }
    return refusalInDisguise(type);
  }

  /** Whether nothing is ever taken here again: that is what 410 Gone says. */
  boolean gone() {
    return status == 410;
  }

  /** Three servers refuse with HTTP 200, according to their documentation or to their users. */
  private String refusalInDisguise(String type) {
    String text = text();
    return switch (type) {
      case "teams" ->
          text.contains("Webhook message delivery failed")
              ? "Teams has not taken it" + hint()
              : null;
      case "telegram" ->
          text.matches("(?s).*\"ok\"\\s*:\\s*false.*")
              ? "Telegram has not taken it" + hint()
              : null;
      case "healthchecks" ->
          text.contains("(not found)")
              ? "the server knows no check of this address"
              : text.contains("(rate limited)") ? "too many pings for the server" : null;
      default -> null;
    };
  }

  /** So long the server wants to be left alone, or null. */
  Duration pause(Instant now) {
    boolean busy = status == 429 || status == 503 || status == 200;
    Duration asked = busy ? HttpTime.wait(retryAfter, now, LONGEST_PAUSE) : null;
    Matcher said = PAUSE.matcher(text());
    if (asked != null || !busy || !said.find()) {
      return asked;
    }
    Duration wait = HttpTime.wait(said.group(1), now, LONGEST_PAUSE);
    return wait.plusSeconds(1); // it may have been a fraction more
  }

  private String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** A short line of what the server says of the refusal; nothing of a page. */
  private String hint() {
    String said = said();
    String line = said.contains("<") ? "" : ServerText.oneLine(said, LONGEST_HINT);
    return line.isEmpty() ? "" : ": " + line;
  }

  private String said() {
    try {
      JsonNode json = JSON.readTree(text());
      for (String name : SAYS) {
        if (json != null && json.path(name).isTextual()) {
          return json.path(name).textValue();
        }
      }
      return json == null || json.isContainerNode() ? "" : text();
    } catch (JsonProcessingException e) {
      return text();
    }
  }
}
