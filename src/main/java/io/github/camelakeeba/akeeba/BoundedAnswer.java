package io.github.camelakeeba.akeeba;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Reads an answer of the JSON API whole, and breaks off one that would fill the memory, or trickles
 * in for ever. camel-http takes a body of known length as it is; of any other it keeps a stream
 * cache until the run's end.
 */
final class BoundedAnswer implements ExecChainHandler {
  /** Bytes. The longest honest answer is a list of some thousand records, about 1 KiB each. */
  static final int LONGEST = 16 * 1024 * 1024;

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Timeout limit = scope.clientContext.getRequestConfigOrDefault().getResponseTimeout();
    return TimeLimit.within(
        limit == null ? null : limit.toDuration(),
        scope,
        () -> {
          ClassicHttpResponse response = chain.proceed(request, scope);
          HttpEntity entity = response.getEntity();
          if (entity != null) {
            response.setEntity(whole(entity));
          }
          return response;
        });
  }

  /** The answer was longer than the bound. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLongException() {
      super("the answer is longer than " + LONGEST + " bytes");
    }
  }

  private static HttpEntity whole(HttpEntity entity) throws IOException {
    try (entity;
        InputStream in = entity.getContent()) {
      byte[] bytes = in == null ? new byte[0] : in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new TooLongException();
      }
      return new ByteArrayEntity(bytes, ContentType.parseLenient(entity.getContentType()));
    }
  }
}
