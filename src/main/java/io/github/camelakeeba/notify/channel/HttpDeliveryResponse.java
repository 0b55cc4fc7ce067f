package io.github.camelakeeba.notify.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.akeeba.http.HttpTime;
import io.github.camelakeeba.secret.UntrustedText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header Retry-After, or null, and the beginning of the body. */
record HttpDeliveryResponse(int status, String retryAfter, byte[] body) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_HINT_LENGTH = 160;

  /** In which Telegram, Discord, Mattermost and ntfy give the reason. */
  private static final List<String> REASON_MEMBERS = List.of("description", "message", "error");

  /** Of Telegram and Discord. */
  private static final Pattern RETRY_AFTER_MEMBER =
      Pattern.compile("\"retry_after\"\\s*:\\s*(\\d+)(?:\\.\\d+)?");

  private static final Duration MAX_PAUSE = Duration.ofHours(1);

  /** Why the server has not accepted the message, or null when it has. */
  String rejectionReason(String type) {
    if (status < 200 || status >= 300) {
      String redirect = status >= 300 && status < 400 ? " (redirects are not followed)" : "";
      return "the server answered HTTP " + status + redirect + hint();
    }
    return rejectionInBody(type);
  }

  /** Whether nothing is ever accepted here again. */
  boolean isGone() {
    return status == 410;
  }

  /** Three servers reject with HTTP 200, according to their documentation or to their users. */
  private String rejectionInBody(String type) {
    String text = text();
    return switch (type) {
      case "teams" ->
          text.contains("Webhook message delivery failed")
              ? "Teams did not accept it" + hint()
              : null;
      case "telegram" ->
          text.matches("(?s).*\"ok\"\\s*:\\s*false.*")
              ? "Telegram did not accept it" + hint()
              : null;
      case "healthchecks" ->
          text.contains("(not found)")
              ? "the server knows no check of this address"
              : text.contains("(rate limited)") ? "too many pings for the server" : null;
      default -> null;
    };
  }

  Duration requestedPause(Instant now) {
    boolean busy = status == 429 || status == 503 || status == 200;
    Duration pause = busy ? HttpTime.retryAfter(retryAfter, now, MAX_PAUSE) : null;
    Matcher member = RETRY_AFTER_MEMBER.matcher(text());
    if (pause != null || !busy || !member.find()) {
      return pause;
    }
    // it may have been a fraction more
    return HttpTime.retryAfter(member.group(1), now, MAX_PAUSE).plusSeconds(1);
  }

  private String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** A short line of the server's reason; nothing of a page. */
  private String hint() {
    String message = serverMessage();
    String line = message.contains("<") ? "" : UntrustedText.oneLine(message, MAX_HINT_LENGTH);
    return line.isEmpty() ? "" : ": " + line;
  }

  private String serverMessage() {
    try {
      JsonNode json = JSON.readTree(text());
      for (String name : REASON_MEMBERS) {
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
