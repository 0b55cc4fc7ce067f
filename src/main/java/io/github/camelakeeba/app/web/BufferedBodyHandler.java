package io.github.camelakeeba.app.web;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/**
 * Dispatches a request once its body has arrived: a sender that stalls holds at most 64 KiB, and no
 * thread. A body that will be rejected for its length, for having none, or for its encoding is
 * discarded as it comes.
 */
final class BufferedBodyHandler extends Handler.Wrapper {
  private static final String BODY = BufferedBodyHandler.class.getName();

  /** Unread bytes reset the connection, often before its sender has read the response. */
  private static final long MAX_DISCARDED = 1024 * 1024;

  BufferedBodyHandler(Handler handler) {
    super(handler);
  }

  /** The body of a request that has come through here; empty where it was not read. */
  static byte[] of(Request request) {
    return request.getAttribute(BODY) instanceof byte[] body ? body : new byte[0];
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    long length = request.getLength();
    boolean unknown = length < 0 && request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    if (length <= 0 && !unknown || length > MAX_DISCARDED) {
      return super.handle(request, response, callback);
    }
    Promise.Completable<Request> arriving = new Promise.Completable<>();
    if (unknown) {
      discard(request, MAX_DISCARDED, arriving);
    } else if (length > AccessFilter.MAX_BODY_LENGTH
        || request.getHeaders().contains(HttpHeader.CONTENT_ENCODING)) {
      Content.Source.consumeAll(
          request, Callback.from(() -> arriving.succeeded(request), arriving::failed));
    } else {
      Content.Source.asByteBuffer(
          request,
          Promise.from(
              body -> arriving.succeeded(new BufferedRequest(request, body)), arriving::failed));
    }
    if (arriving.isDone() && !arriving.isCompletedExceptionally()) {
      return super.handle(arriving.join(), response, callback);
    }
    Connection connection = request.getConnectionMetaData().getConnection();
    OpenConnectionLimit connections =
        request.getConnectionMetaData().getConnector().getBean(OpenConnectionLimit.class);
    connections.awaitBody(connection);
    arriving.whenComplete(
        (whole, failure) -> {
          connections.bodyArrived(connection);
          if (failure == null) {
            request.getContext().execute(() -> dispatch(whole, response, callback));
          } else {
            callback.failed(failure); // the connection was cut off
          }
        });
    return true;
  }

  /** Until its end, or until so many bytes have come. */
  private static void discard(Request request, long most, Promise<Request> done) {
    long left = most;
    while (left > 0) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        long rest = left;
        request.demand(() -> discard(request, rest, done));
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        done.failed(chunk.getFailure());
        return;
      }
      left = chunk.isLast() ? 0 : left - chunk.remaining();
      chunk.release();
    }
    done.succeeded(request);
  }

  private void dispatch(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }

  private static final class BufferedRequest extends Request.Wrapper {
    private final Content.Source body;

    BufferedRequest(Request request, ByteBuffer body) {
      super(request);
      byte[] bytes = BufferUtil.toArray(body);
      this.body = Content.Source.from(ByteBuffer.wrap(bytes));
      setAttribute(BODY, bytes);
    }

    @Override
    public Content.Chunk read() {
      return body.read();
    }

    @Override
    public void demand(Runnable ready) {
      body.demand(ready);
    }

    @Override
    public void fail(Throwable failure) {
      body.fail(failure);
      super.fail(failure);
    }
  }
}
