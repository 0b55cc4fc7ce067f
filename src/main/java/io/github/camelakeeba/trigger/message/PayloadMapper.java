package io.github.camelakeeba.trigger.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.config.PayloadExpression;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.run.Utf8RequestBody;
import io.github.camelakeeba.secret.UntrustedText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Maps foreign JSON, such as that of a deploy hook, to a request, by {@code triggers[].map}. */
public final class PayloadMapper {
  private static final int MAX_BODY_LENGTH = 64 * 1024;
  private static final int MAX_DESCRIPTION_LENGTH = 1000;
  private static final int MAX_DEPTH = 100;
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Map<String, PayloadExpression> members = new LinkedHashMap<>();

  /** By these expressions; they were checked when sites.yaml was read. */
  public PayloadMapper(Map<String, String> map) {
    map.forEach((member, text) -> members.put(member, PayloadExpression.parse(text)));
  }

  /** The request, without members that have no value. Throws {@link RunRefusedException}. */
  public byte[] toRequest(byte[] body) {
    if (members.isEmpty()) {
      return body; // it is a request already
    }
    JsonNode payload = payload(body);
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    members.forEach(
        (member, expression) -> {
          try {
            expression.evaluate(payload).ifPresent(value -> put(request, member, value));
          } catch (IllegalArgumentException e) {
            throw badRequest("the member '%s': %s".formatted(member, e.getMessage()));
          }
        });
    return request.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode payload(byte[] body) {
    if (body == null || body.length == 0) {
      throw badRequest("the body is empty; this trigger's map reads JSON");
    }
    if (body.length > MAX_BODY_LENGTH) {
      throw badRequest("the body is longer than 64 KiB");
    }
    try {
      JsonNode payload = JSON.readTree(Utf8RequestBody.decode(body));
      if (!payload.isContainerNode()) {
        throw badRequest("the body is no JSON object; this trigger's map reads JSON");
      }
      return payload;
    } catch (StreamConstraintsException e) {
      throw badRequest(
          "the body nests more than %s deep, or holds a number of endless length"
              .formatted(MAX_DEPTH));
    } catch (JsonProcessingException e) {
      throw badRequest("the body is no JSON: " + e.getOriginalMessage());
    }
  }

  private static void put(ObjectNode request, String member, String value) {
    if (member.equals("profile") && value.matches("\\d{1,9}")) {
      request.put(member, Integer.parseInt(value));
    } else if (member.equals("description")) {
      // the sender knows nothing of our bounds: a commit's message may be a page
      request.put(member, UntrustedText.truncate(value, MAX_DESCRIPTION_LENGTH));
    } else {
      request.put(member, value);
    }
  }

  private static RunRefusedException badRequest(String message) {
    return new RunRefusedException(Reason.BAD_REQUEST, message);
  }
}
