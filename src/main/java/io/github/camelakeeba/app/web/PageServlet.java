package io.github.camelakeeba.app.web;

import io.github.camelakeeba.app.web.PageFiles.PageFile;
import io.github.camelakeeba.problem.ProblemDetail.Kind;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;

/** Serves the page, to everybody: it holds no data. */
final class PageServlet extends HttpServlet {
  private transient PageFiles files;

  /** Whether the path is one of the page's files, or would be. */
  static boolean serves(String path) {
    return path.equals("/") || path.startsWith("/ui/") && !path.equals(SessionServlet.PATH);
  }

  /** Reads and sends nothing else: no trace of a request's headers. */
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (Set.of("GET", "HEAD").contains(request.getMethod())) {
      super.service(request, response);
    } else {
      response.setHeader("Allow", "GET, HEAD");
      AccessFilter.reject(
          response, Kind.METHOD_NOT_ALLOWED, "this address does not support this method");
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    PageFile file = files().at(path);
    if (file == null) {
      AccessFilter.reject(response, Kind.UNKNOWN_ADDRESS, "there is no such file of the page");
      return;
    }
    response.setHeader(
        "Cache-Control", file.immutable() ? "public, max-age=31536000, immutable" : "no-cache");
    response.setHeader("ETag", file.etag());
    if (file.etag().equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(file.mediaType());
    response.setContentLength(file.content().length);
    response.getOutputStream().write(file.content());
  }

  /** Read when somebody looks at the page. */
  private synchronized PageFiles files() {
    if (files == null) {
      files = new PageFiles();
    }
    return files;
  }
}
