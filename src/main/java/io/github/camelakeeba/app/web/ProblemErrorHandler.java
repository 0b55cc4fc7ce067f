package io.github.camelakeeba.app.web;

import io.github.camelakeeba.problem.ProblemDetail;
import io.github.camelakeeba.problem.ProblemDetail.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Problem documents for errors before a route; nothing of the request is in them. */
final class ProblemErrorHandler implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    return write(of(Kind.of(status), status, detail(status)), response, callback);
  }

  static boolean write(byte[] document, Response response, Callback callback) {
    SecurityHeaders.put(response.getHeaders());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemDetail.MEDIA_TYPE);
    response.write(true, ByteBuffer.wrap(document), callback);
    return true;
  }

  /** The document; the detail must need no escape. */
  static byte[] of(Kind kind, String detail) {
    return of(kind, kind.status(), detail);
  }

  private static byte[] of(Kind kind, int status, String detail) {
    return "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%s,\"detail\":\"%s\"}"
        .formatted(kind.type(), HttpStatus.getMessage(status), status, detail)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String detail(int status) {
    return switch (status) {
      case 404 -> "there is nothing at this address; the API is below /api";
      case 405 -> "this address does not support this method";
      case 503 -> "this program stops; ask again later";
      default ->
          status < 500 || status == 505
              ? "the request can't be understood"
              : "this program failed; its log holds the details";
    };
  }
}
