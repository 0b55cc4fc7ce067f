package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A body as text: UTF-8, with or without a byte order mark in front. */
@Internal
public final class Utf8RequestBody {
  private static final int BYTE_ORDER_MARK = '\uFEFF';

  private Utf8RequestBody() {}

  /** The text, "" of null; throws {@link RunRefusedException} when it is no UTF-8. */
  public static String decode(byte[] body) {
    if (body == null) {
      return "";
    }
    if (utf16(body)) {
      throw RequestReader.invalid("the body is UTF-16; send it as UTF-8");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw RequestReader.invalid("the body is no UTF-8 text; send it as UTF-8");
    }
  }

  /** It begins with its mark, or each second byte of its beginning is zero. */
  private static boolean utf16(byte[] body) {
    if (body.length < 2) {
      return false;
    }
    int first = body[0] & 0xFF;
    int second = body[1] & 0xFF;
    return first == 0xFE && second == 0xFF
        || first == 0xFF && second == 0xFE
        || (first == 0) != (second == 0);
  }
}
