package io.github.camelakeeba.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids that are not written by the sender of a request, but by what carries it. */
final class RequestId {
  private static final int LONGEST = 190;
  private static final int KEPT = 100;

  private RequestId() {}

  /** The event's source and id, by which CloudEvents are told apart; else the other one. */
  static String ofEvent(JsonNode event, String otherwise) {
    String id = event.path("id").asText("");
    return id.isEmpty() ? otherwise : event.path("source").asText("") + "#" + id;
  }

  /** The id as the store takes it: what is too long, or can't be stored, ends in its hash. */
  static String fitting(String id) {
    if (id == null || id.length() <= LONGEST && id.chars().noneMatch(Character::isISOControl)) {
      return id;
    }
    String head = id.replaceAll("\\p{Cntrl}", " ");
    return head.substring(0, Math.min(KEPT, head.length())) + "~" + hash(id);
  }

  private static String hash(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
