package io.github.camelakeeba.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.product.RunningProduct;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A caller of the HTTP API, as a deployment script would be. */
final class ApiClient {
  static final String TOKEN = RunningProduct.TOKEN;

  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();

  ApiClient(RunningProduct product) {
    this.address = product.service().apiAddress();
  }

  /** An answer: its status, media type and JSON. */
  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    String type() {
      return response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return new ObjectMapper().readTree(response.body());
      } catch (java.io.IOException e) {
        throw new AssertionError("no JSON: " + text(), e);
      }
    }
  }

  Answer get(String path, String... headers) throws Exception {
    return send(request(path, headers).GET());
  }

  Answer post(String path, String body, String... headers) throws Exception {
    return send(request(path, headers).POST(BodyPublishers.ofString(body)));
  }

  /** A request with the token and further headers, name and value in turn. */
  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = bare(path).header("Authorization", "Bearer " + TOKEN);
    return headers.length == 0 ? request : request.headers(headers);
  }

  /** A request without the token. */
  HttpRequest.Builder bare(String path) {
    return HttpRequest.newBuilder(address.resolve(path));
  }

  Answer send(HttpRequest.Builder request) throws Exception {
    return new Answer(http.send(request.build(), BodyHandlers.ofByteArray()));
  }
}
