package io.github.camelakeeba.api;

import io.github.camelakeeba.api.ApiClient.Answer;
import io.github.camelakeeba.product.RunningProduct;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;

/** A page of the service in a browser: it sends what a browser sends. */
final class Browser {
  private final ApiClient client;
  private final String origin;
  private String cookie;

  Browser(RunningProduct product) {
    client = new ApiClient(product);
    URI address = product.service().apiAddress();
    origin = "%s://%s:%s".formatted(address.getScheme(), address.getHost(), address.getPort());
  }

  String origin() {
    return origin;
  }

  String cookie() {
    return cookie;
  }

  /** Signs in; keeps the cookie. */
  Answer signIn(String token) throws Exception {
    Answer answer = send("POST", "/ui/session", "{\"token\":\"" + token + "\"}");
    answer
        .response()
        .headers()
        .firstValue("Set-Cookie")
        .ifPresent(set -> cookie = set.replaceFirst(";.*", ""));
    return answer;
  }

  /** With everything that the page sends. */
  Answer send(String method, String path, String body) throws Exception {
    return send(method, path, body, "Origin", origin, "X-Backup-Request", "1");
  }

  /** With these headers and the cookie only. */
  Answer send(String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        client
            .bare(path)
            .method(method, BodyPublishers.ofString(body)); // an empty one has a length
    List<String> all = new ArrayList<>(List.of(headers));
    if (cookie != null) {
      all.addAll(List.of("Cookie", cookie));
    }
    if (!all.isEmpty()) {
      request.headers(all.toArray(String[]::new));
    }
    return client.send(request);
  }

  Answer get(String path) throws Exception {
    return send("GET", path, "", "Sec-Fetch-Site", "same-origin");
  }
}
