package io.github.camelakeeba.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;

/** What is accepted is answered as such, however many ask. */
@Tag("slow")
class ManyCallersOfOneSiteTest {
  @TempDir Path folder;
  private final CountDownLatch go = new CountDownLatch(1);
  private RunningProduct product;

  @BeforeEach
  void start() throws Exception {
    product = new RunningProduct(folder).api().property("backup.api.rate = 0");
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1);
    shop.fault(Fault.on("startBackup").holdAnswer(go));
    product.site("shop", shop.url()).start();
  }

  @AfterEach
  void stop() throws Exception {
    go.countDown();
    product.close();
  }

  @Test
  void of_500_that_100_threads_ask_one_is_accepted_and_all_others_are_told_that_it_runs()
      throws Exception {
    ApiClient client = new ApiClient(product);
    ExecutorService callers = Executors.newFixedThreadPool(100);
    Map<Integer, Integer> answers = new TreeMap<>();
    try {
      List<Future<Integer>> asked = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        asked.add(callers.submit(() -> client.post("/api/backups", "shop").status()));
      }
      for (Future<Integer> answer : asked) {
        answers.merge(answer.get(), 1, Integer::sum);
      }
    } finally {
      callers.shutdown();
    }

    assertThat(answers).isEqualTo(Map.of(202, 1, 409, 499));
    assertThat(product.jdbc().queryForObject("select count(*) from run", Integer.class))
        .isEqualTo(1);
  }

  @Test
  void where_the_store_goes_away_after_the_row_the_run_is_given() throws Exception {
    AdviceWith.adviceWith(
        product.service().context(),
        "backup-api-backup",
        route ->
            route
                .weaveByToUri("direct:backup-request")
                .after()
                .throwException(new DataAccessResourceFailureException("gone")));

    ApiClient.Answer answer = new ApiClient(product).post("/api/backups?wait=30s", "shop");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("site").asText()).isEqualTo("shop");
  }
}
