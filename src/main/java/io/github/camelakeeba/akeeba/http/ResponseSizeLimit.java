package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.akeeba.answer.ResponseBody;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Bounds the bytes of an answer as they come over the wire: what follows a compressed one is read,
 * too, when it is closed. Files are bounded where they are written.
 */
final class ResponseSizeLimit implements ExecChainHandler {
  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    ClassicHttpResponse response = chain.proceed(request, scope);
    HttpEntity entity = response.getEntity();
    if (entity != null && !BoundedResponse.call(scope).streamed()) {
      response.setEntity(new Bounded(entity));
    }
    return response;
  }

  private static final class Bounded extends HttpEntityWrapper {
    private InputStream content;

    Bounded(HttpEntity entity) {
      super(entity);
    }

    @Override
    public InputStream getContent() throws IOException {
      if (content == null) {
        content = new Counted(super.getContent());
      }
      return content;
    }
  }

  private static final class Counted extends FilterInputStream {
    private long remaining = ResponseBody.MAX_BYTES;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(int bytes) throws IOException {
      remaining -= bytes;
      if (remaining < 0) {
        throw LargeResponseSpool.tooLong();
      }
    }
  }
}
