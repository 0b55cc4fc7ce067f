package io.github.camelakeeba.simulator.http;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as PHP's json_encode writes it: slashes escaped, everything beyond ASCII as {@code \\u}. */
public final class PhpJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          new JsonFactoryBuilder()
              .characterEscapes(new SlashEscapes())
              .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
              .build());

  private PhpJson() {}

  public static ObjectNode object() {
    return NODES.objectNode();
  }

  /** The envelope that every API answer has. */
  public static ObjectNode envelope(int status, JsonNode data) {
    ObjectNode answer = object();
    answer.put("status", status);
    answer.set("data", data);
    return answer;
  }

  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
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

  private static final class SlashEscapes extends CharacterEscapes {
    private static final SerializableString SLASH = new SerializedString("\\/");

    private final int[] codes = standardAsciiEscapesForJSON();

    SlashEscapes() {
      codes['/'] = ESCAPE_CUSTOM;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return codes;
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return character == '/' ? SLASH : null;
    }
  }
}
