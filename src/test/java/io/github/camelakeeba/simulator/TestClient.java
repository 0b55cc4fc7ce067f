package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.simulator.http.PhpJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/** A bare keep-alive client: no retries, no redirects; cookies only when wanted. */
final class TestClient implements AutoCloseable {
  private final CloseableHttpClient http;

  TestClient(boolean cookies) {
    var builder = HttpClients.custom().disableAutomaticRetries().disableRedirectHandling();
    http = (cookies ? builder : builder.disableCookieManagement()).build();
  }

  /** What came back. */
  record Got(int status, String contentType, Map<String, String> headers, byte[] body) {
    JsonNode json() {
      return PhpJson.parse(body);
    }

    /** The member {@code data} of the answer. */
    JsonNode data() {
      return json().get("data");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** Calls by POST with the site's secret; the rest is name, value, name, value, … */
  Got call(SimulatedSite site, String method, Object... pairs) throws IOException {
    StringBuilder form = new StringBuilder("method=" + method);
    for (int i = 0; i < pairs.length; i += 2) {
      form.append('&').append(pairs[i]).append('=').append(encoded(pairs[i + 1].toString()));
    }
    return send(site.url(), "POST", Map.of("X-Akeeba-Auth", site.secret()), form.toString());
  }

  /** Starts a backup and steps it to its end; the last answer's data. */
  JsonNode run(SimulatedSite site) throws IOException {
    JsonNode answer = call(site, "startBackup", "profile", 1, "description", "test").data();
    while (answer.path("HasRun").asBoolean()) {
      answer = step(site, answer).data();
    }
    return answer;
  }

  /** The next step after this answer. */
  Got step(SimulatedSite site, JsonNode answer) throws IOException {
    return call(site, "stepBackup", "backupid", answer.get("backupid").asText());
  }

  Got send(URI url, String verb, Map<String, String> headers, String form) throws IOException {
    ClassicRequestBuilder request = ClassicRequestBuilder.create(verb).setUri(url);
    headers.forEach(request::setHeader);
    if (form != null) {
      request.setEntity(form, ContentType.APPLICATION_FORM_URLENCODED);
    }
    return http.execute(request.build(), TestClient::got);
  }

  @Override
  public void close() throws IOException {
    http.close();
  }

  private static Got got(ClassicHttpResponse response) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : response.getHeaders()) {
      headers.put(header.getName(), header.getValue());
    }
    byte[] body =
        response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
    return new Got(response.getCode(), headers.get("Content-Type"), headers, body);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
