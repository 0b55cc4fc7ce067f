package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers that mean something to Camel mean nothing when they come from outside. */
class HostileHeadersTest {
  @TempDir Path folder;

  private final Map<String, String> hostile = new LinkedHashMap<>();
  private RunningProduct product;
  private SimulatedSite shop;
  private SimulatedSite trap;

  @BeforeEach
  void start() throws Exception {
    product = new RunningProduct(folder).api();
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(5);
    trap = product.server().joomla("trap").secret(RunningProduct.SECRET);
    product.site("shop", shop.url()).start();
    for (String name : new String[] {"CamelHttpUri", "cAmElHttpUrI", "CAMELHTTPURI"}) {
      hostile.put(name, trap.url().toString());
    }
    hostile.put("CamelHttpPath", "/trap/");
    hostile.put("cAmElHttpMethod", "DELETE");
    hostile.put("CamelHttpResponseCode", "503");
    hostile.put("CAMELhttpresponsecode", "503");
    hostile.put("CamelHttpRawQuery", "x=1");
    hostile.put("cAMELhttpQuery", "x=1");
    hostile.put("CamelBeanMethodName", "failed");
    hostile.put("camelbeanmethodname", "failed");
    hostile.put("CamelFileName", "../../x");
    hostile.put("CamelMailAlternativeBody", "x");
    hostile.put("CamelSqlQuery", "drop table run");
    hostile.put("scheduledFireTime", "x");
    hostile.put("X-Akeeba-Auth", "stolen");
  }

  @AfterEach
  void stop() throws Exception {
    product.close();
  }

  @Test
  void in_the_answers_of_a_site_they_change_nothing() {
    Fault fault = Fault.onAny().always();
    hostile.forEach(fault::header);
    shop.fault(fault);

    assertThat(product.backup("shop").data().state()).isEqualTo("completed");
    assertAsAlways();
  }

  @Test
  void in_a_call_of_the_API_they_change_nothing() throws Exception {
    HttpRequest.Builder call =
        HttpRequest.newBuilder(URI.create(product.service().apiAddress() + "/api/backups?wait=30s"))
            .header("Authorization", "Bearer test-token-1234")
            .POST(HttpRequest.BodyPublishers.ofString("shop"));
    hostile.forEach(call::header);
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(call.build(), HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode event = new ObjectMapper().readTree(answer.body());
    assertThat(event.path("data").path("state").asText()).isEqualTo("completed");
    assertThat(answer.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("camel"));
    assertAsAlways();
  }

  private void assertAsAlways() {
    assertThat(shop.requests()).hasSize(11).allMatch(each -> each.verb().equals("POST"));
    assertThat(shop.requests())
        .allMatch(each -> each.header("X-Akeeba-Auth").equals(RunningProduct.SECRET))
        .allMatch(each -> each.headers().keySet().stream().noneMatch(h -> h.startsWith("camel")))
        .noneMatch(each -> each.query().containsKey("x"));
    assertThat(trap.requests()).isEmpty();
    assertThat(shop.violations()).isEmpty();
  }
}
