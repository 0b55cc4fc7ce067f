package io.github.camelakeeba.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/**
 * Which representation of what was read a caller gets: none where it has it already, compressed
 * where it takes that.
 */
public final class Representation {
  private static final int WORTH_COMPRESSING = 1_000; // bytes
  private static final Pattern GZIP =
      Pattern.compile(
          "(?i)(^|,)\\s*(x-)?gzip\\s*(;\\s*q\\s*=\\s*(0\\.0*[1-9]\\d*|1(\\.0*)?)\\s*)?(,|$)");

  private final ObjectMapper json;

  /** By the mapper of the answers. */
  public Representation(ObjectMapper json) {
    this.json = json;
  }

  /**
   * What a call says of the answer that it wants.
   *
   * @param known the entity tags that the caller has, as {@code If-None-Match}; or null
   */
  public record Conditions(boolean reading, String known, boolean gzip) {}

  public Conditions conditions(
      @Header(Exchange.HTTP_METHOD) String method,
      @Header("If-None-Match") String known,
      @Header("Accept-Encoding") String encodings) {
    return new Conditions(
        "GET".equals(method), known, encodings != null && GZIP.matcher(encodings).find());
  }

  /**
   * Gives an answer that was read, as JSON, its entity tag; one that the caller has becomes 304. It
   * is a weak one: it stands for the compressed one, too. Camel compresses.
   */
  public void negotiate(
      Exchange exchange,
      @Variable("backup-reply") RestResponse reply,
      @Variable("backup-call-conditions") Conditions conditions)
      throws JsonProcessingException {
    if (!conditions.reading() || reply.status() != 200 || !reply.asJson()) {
      return;
    }
    Message message = exchange.getMessage();
    byte[] body = message.getBody(byte[].class);
    String tag = tag(reply.identity() == null ? body : json.writeValueAsBytes(reply.identity()));
    message.setHeader("ETag", "W/" + tag);
    message.setHeader("Vary", "Accept-Encoding");
    if (conditions.known() != null && knows(conditions.known(), tag)) {
      message.setHeader(Exchange.HTTP_RESPONSE_CODE, 304);
      message.removeHeader(Exchange.CONTENT_TYPE);
      message.setBody(null);
    } else if (conditions.gzip() && body.length > WORTH_COMPRESSING) {
      message.setHeader(Exchange.CONTENT_ENCODING, "gzip");
    }
  }

  private static boolean knows(String known, String tag) {
    return Arrays.stream(known.split(","))
        .map(String::strip)
        .anyMatch(one -> one.equals("*") || one.replaceFirst("^W/", "").equals(tag));
  }

  private static String tag(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
