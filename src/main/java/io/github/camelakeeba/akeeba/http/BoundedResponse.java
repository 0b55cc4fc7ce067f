package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Reads an answer while the connection can still be closed: in bounded memory, within the time of
 * its call and of the exchange's deadline. What is not read to its end is closed at once;
 * camel-http would read it to its end when the exchange ends, and keep a stream cache of it.
 */
final class BoundedResponse implements ExecChainHandler {
  private static final int MAX_BYTES_IN_MEMORY = 256 * 1024; // a longer answer is read to a file
  private static final int MAX_SEGMENT_BYTES = 2 * 1024 * 1024; // 1 MiB in Base64; a few at once
  private static final int PREFIX_BYTES = 128 * 1024; // of an answer whose beginning is enough
  private static final int PREFIX_LENGTH = (64 * 1024 + 2) / 3 * 4; // 64 KiB in Base64
  // what comes first in every answer of a real server
  private static final Pattern ENVELOPE =
      Pattern.compile("\\{\\s*\"status\"\\s*:\\s*\"?200\"?\\s*,\\s*\"data\"\\s*:\\s*\"");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+");
  private static final Pattern NON_FILE_CONTENT_TYPE = Pattern.compile("(?i)json|html|xml");

  private final LargeResponseSpool large;

  BoundedResponse(LargeResponseSpool large) {
    this.large = large;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Call call = call(scope);
    Deadline deadline =
        exchange(scope.clientContext).getVariable("akeeba-deadline", Deadline.NONE, Deadline.class);
    // a file may take as long as it comes
    return CallDeadline.within(
        call.streamed() ? null : call.timeout(),
        call.modifiesSite() ? deadline.timeOnly() : deadline,
        scope,
        () -> read(chain.proceed(request, scope), scope, call));
  }

  /** There since our component has an activity listener. */
  private static Exchange exchange(HttpContext context) {
    return (Exchange) context.getAttribute(Exchange.class.getName());
  }

  static Call call(HttpContext context) {
    return exchange(context).getVariable("akeeba-call", Call.class);
  }

  static Call call(ExecChain.Scope scope) {
    return call(scope.clientContext);
  }

  private ClassicHttpResponse read(ClassicHttpResponse response, ExecChain.Scope scope, Call call)
      throws IOException {
    HttpEntity entity = response.getEntity();
    InputStream in = entity == null ? null : entity.getContent();
    if (in == null) {
      return response;
    }
    try {
      if (call.streamed() && isFile(response, entity)) {
        call.sink().consume(in);
        response.setEntity(null);
        return response;
      }
      byte[] bytes = large.readPrefix(entity, in, inMemory(call));
      byte[] shortened = call.prefixOnly() ? truncatedResponse(bytes) : null;
      if (shortened != null) {
        bytes = shortened;
      } else {
        bytes = large.readRest(bytes, in, response.getCode());
        entity.close(); // what follows a compressed answer is read before its connection is kept
      }
      response.setEntity(
          bytes.length == 0
              ? null
              : new ByteArrayEntity(bytes, ContentType.parseLenient(entity.getContentType())));
      // it is plain by now; camel-http would inflate what still says otherwise
      response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
      return response;
    } finally {
      if (scope.execRuntime.isEndpointAcquired()) { // else it was read to its end
        scope.execRuntime.discardEndpoint();
      }
    }
  }

  private static int inMemory(Call call) {
    if (call.prefixOnly()) {
      return PREFIX_BYTES;
    }
    return call.method().equals("download") ? MAX_SEGMENT_BYTES : MAX_BYTES_IN_MEMORY;
  }

  /** What comes in a file's place is read as any other answer. */
  private static boolean isFile(ClassicHttpResponse response, HttpEntity entity) {
    String type = entity.getContentType();
    return response.getCode() == 200
        && (type == null || !NON_FILE_CONTENT_TYPE.matcher(type).find());
  }

  /** An answer with the archive's first 64 KiB; null where these bytes begin with anything else. */
  private static byte[] truncatedResponse(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    Matcher envelope = ENVELOPE.matcher(text);
    if (!envelope.find()) {
      return null;
    }
    // PHP writes a slash as \/
    String data = text.substring(envelope.end()).replace("\\/", "/");
    if (data.length() < PREFIX_LENGTH
        || !BASE64.matcher(data.substring(0, PREFIX_LENGTH)).matches()) {
      return null;
    }
    return ("{\"status\":200,\"data\":\"" + data.substring(0, PREFIX_LENGTH) + "\"}")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
