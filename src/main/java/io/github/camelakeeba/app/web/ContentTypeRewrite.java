package io.github.camelakeeba.app.web;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Removes the Content-Type: {@code curl -d} declares everything a form, and both Jetty and Camel
 * would parse a form before a route sees it.
 */
final class ContentTypeRewrite extends Handler.Wrapper {
  ContentTypeRewrite(Handler handler) {
    super(handler);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(new WithoutContentType(request), response, callback);
  }

  private static final class WithoutContentType extends Request.Wrapper {
    private final HttpFields headers;

    WithoutContentType(Request request) {
      super(request);
      headers =
          HttpFields.from(
              request.getHeaders().stream()
                  .filter(field -> field.getHeader() != HttpHeader.CONTENT_TYPE)
                  .toArray(HttpField[]::new));
    }

    @Override
    public HttpFields getHeaders() {
      return headers;
    }
  }
}
