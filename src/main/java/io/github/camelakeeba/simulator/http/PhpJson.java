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
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          new JsonFactoryBuilder()
              .characterEscapes(new SlashEscapes())
              .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
              .build());

  private PhpJson() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The envelope that every API answer has. */
  public static ObjectNode envelope(int status, JsonNode data) {
    return object().put("status", status).<ObjectNode>set("data", data);
  }

  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
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
