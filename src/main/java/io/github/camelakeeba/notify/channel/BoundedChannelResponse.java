package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.akeeba.Deadline;
import io.github.camelakeeba.akeeba.http.CallDeadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Bounds a call to a channel: its whole time, and the response to what is read of it. */
final class BoundedChannelResponse implements ExecChainHandler {
  static final int MAX_BYTES = 16 * 1024; // the reason of a rejection is at the beginning

  private final Duration limit;

  /** From the connection to the last byte that is read. */
  BoundedChannelResponse(Duration limit) {
    this.limit = limit;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    return CallDeadline.within(
        limit, Deadline.NONE, scope, () -> bounded(chain.proceed(request, scope), scope));
  }

  private static ClassicHttpResponse bounded(ClassicHttpResponse response, ExecChain.Scope scope)
      throws IOException {
    Header pause = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    response.setHeaders(pause == null ? new Header[0] : new Header[] {pause});
    HttpEntity entity = response.getEntity();
    if (entity != null) {
      response.setEntity(new ByteArrayEntity(readBounded(entity, scope), null));
    }
    return response;
  }

  /** The status decides: a body that breaks off or trickles changes nothing. */
  private static byte[] readBounded(HttpEntity entity, ExecChain.Scope scope) {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    boolean whole = false;
    try (entity) {
      InputStream in = entity.getContent();
      byte[] packet = new byte[4096];
      int length = 0;
      while (length >= 0 && read.size() < MAX_BYTES) {
        read.write(packet, 0, length);
        length = in.read(packet);
      }
      whole = length < 0;
      if (!whole) {
        scope.execRuntime.discardEndpoint(); // closed as it is, the stream would read on to its end
      }
    } catch (IOException e) {
      scope.execRuntime.discardEndpoint();
    }
    return read.toByteArray();
  }
}
