package io.github.camelakeeba.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.product.RunningProduct;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code curl -d} sends a form's Content-Type with whatever body. */
@Tag("slow")
class BodyOfAnyTypeTest {
  @TempDir Path folder;

  @Test
  void a_request_is_read_whatever_its_content_type_says() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).api()) {
      product
          .site(
              "shop", product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3).url())
          .start();
      URI backups = product.service().apiAddress().resolve("/api/backups?wait=30s");
      for (String type :
          new String[] {
            "application/x-www-form-urlencoded", "application/json", "text/plain", "nonsense"
          }) {
        assertThat(post(backups, type, "shop")).as(type).isEqualTo(200);
        assertThat(post(backups, type, "{\"site\":\"shop\"}")).as(type).isEqualTo(200);
        assertThat(post(backups, type, "a=b")).as(type).isEqualTo(404);
      }
    }
  }

  private static int post(URI address, String type, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer test-token-1234")
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
