package io.github.camelakeeba.trigger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.run.RequestText;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.site.PayloadText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Somebody else's JSON, such as that of a deploy hook, as a request: {@code triggers[].map} says
 * where its members stand. What else stands there is not looked at.
 */
final class ForeignBody {
  private static final int LONGEST_BODY = 64 * 1024;
  private static final int LONGEST_DESCRIPTION = 1000;
  private static final int DEEPEST = 100;
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Map<String, PayloadText> members = new LinkedHashMap<>();

  /** By these texts; they were checked when sites.yaml was read. */
  ForeignBody(Map<String, String> map) {
    map.forEach((member, text) -> members.put(member, PayloadText.parse(text)));
  }

  /**
   * The request as JSON, for {@link io.github.camelakeeba.run.RequestReader}; a member whose value
   * is not there is left out. Throws {@link RunRefusedException} that says what is wrong.
   */
  byte[] request(byte[] body) {
    if (members.isEmpty()) {
      return body; // it is a request already
    }
    JsonNode payload = payload(body);
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    members.forEach(
        (member, text) -> {
          try {
            text.of(payload).ifPresent(value -> put(request, member, value));
          } catch (IllegalArgumentException e) {
            throw bad("the member '%s': %s".formatted(member, e.getMessage()));
          }
        });
    return request.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode payload(byte[] body) {
    if (body == null || body.length == 0) {
      throw bad("the body is empty; this trigger's map reads JSON");
    }
    if (body.length > LONGEST_BODY) {
      throw bad("the body is longer than 64 KiB");
    }
    try {
      JsonNode payload = JSON.readTree(RequestText.of(body));
      if (!payload.isContainerNode()) {
        throw bad("the body is no JSON object; this trigger's map reads JSON");
      }
      return payload;
    } catch (StreamConstraintsException e) {
      throw bad(
          "the body nests more than %s deep, or holds a number of endless length"
              .formatted(DEEPEST));
    } catch (JsonProcessingException e) {
      throw bad("the body is no JSON: " + e.getOriginalMessage());
    }
  }

  private static void put(ObjectNode request, String member, String value) {
    if (member.equals("profile") && value.matches("\\d{1,9}")) {
      request.put(member, Integer.parseInt(value));
    } else if (member.equals("description") && value.length() > LONGEST_DESCRIPTION) {
      // the sender knows nothing of our bounds: a commit's message may be a page
      request.put(member, value.substring(0, LONGEST_DESCRIPTION - 1) + "…");
    } else {
      request.put(member, value);
    }
  }

  private static RunRefusedException bad(String message) {
    return new RunRefusedException(Reason.BAD_REQUEST, message);
  }
}
