package io.github.camelakeeba.simulator.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as PHP's json_encode writes it: slashes escaped, everything beyond ASCII as {@code \\u}. */
public final class PhpJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(new JsonFactoryBuilder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());

  private PhpJson() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ObjectNode envelope(int status, JsonNode data) {
    return object().put("status", status).<ObjectNode>set("data", data);
  }

  public static byte[] bytes(JsonNode node) {
    try {
      // a slash stands in strings only
      return MAPPER.writeValueAsString(node).replace("/", "\\/").getBytes(US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Throws {@link UncheckedIOException} when the text is not JSON. */
  public static JsonNode parse(byte[] text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
