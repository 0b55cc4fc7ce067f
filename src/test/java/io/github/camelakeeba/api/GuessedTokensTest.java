package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.api.ApiClient.Answer;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.service.ServeFiles;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody tries one token after the other. */
@Tag("slow")
class GuessedTokensTest {
  private static final String OTHER = "token-of-another-0123456789";

  @TempDir Path folder;

  private static Answer bearer(ApiClient api, String token) throws Exception {
    return api.send(api.bare("/api/sites").header("Authorization", "Bearer " + token));
  }

  private interface Guess {
    Answer of(String token) throws Exception;
  }

  private static Answer firstSlowed(Guess guess) throws Exception {
    Answer answer = guess.of("guess-0123456789");
    for (int i = 0; i < 2_000 && answer.status() == 401; i++) {
      answer = guess.of("guess-0123456789-" + i);
    }
    return answer;
  }

  @Tag("fault")
  @Test
  void is_slowed_while_those_who_were_right_before_go_on() throws Exception {
    try (RunningProduct product =
        new RunningProduct(folder)
            .yaml("  {}\n")
            .property("backup.api.tokens.other.token = " + OTHER)
            .api()
            .start()) {
      ApiClient api = new ApiClient(product);
      Browser browser = new Browser(product);
      assertThat(browser.signIn(RunningProduct.TOKEN).status()).isEqualTo(200);
      assertThat(bearer(api, RunningProduct.TOKEN).status()).isEqualTo(200);

      Answer byHeader = firstSlowed(token -> bearer(api, token));
      assertThat(byHeader.status()).isEqualTo(429);
      problem(byHeader, "too many wrong tokens from this address");
      assertThat(byHeader.response().headers().firstValue("Retry-After").orElse(""))
          .matches("[1-9][0-9]?");

      Browser guesser = new Browser(product);
      Answer bySignIn = firstSlowed(guesser::signIn);
      assertThat(bySignIn.status()).isEqualTo(429);
      assertThat(bySignIn.response().headers().firstValue("Retry-After")).isPresent();

      assertThat(browser.get("/api/sites").status()).isEqualTo(200);
      assertThat(bearer(api, RunningProduct.TOKEN).status()).isEqualTo(200);
      assertThat(new Browser(product).signIn(RunningProduct.TOKEN).status()).isEqualTo(200);
      assertThat(api.send(api.bare("/observe/health/live")).status()).isEqualTo(200);
      await()
          .atMost(RunningProduct.PATIENCE)
          .untilAsserted(() -> assertThat(bearer(api, OTHER).status()).isEqualTo(200));
    }
  }

  @Tag("fault")
  @Test
  void is_slowed_at_the_address_of_the_commands_and_makes_no_command_wait() throws Exception {
    try (RunningProduct product =
        new RunningProduct(folder).yaml("  {}\n").api().commands().start()) {
      ApiClient api = new ApiClient(product);
      ServeFiles.Serve own = product.commandAddress();
      Guess guess =
          token ->
              api.send(
                  HttpRequest.newBuilder(own.address().resolve("/api/sites"))
                      .header("Authorization", "Bearer " + token));

      assertThat(firstSlowed(guess).status()).isEqualTo(429);

      assertThat(guess.of(own.token().reveal()).status()).isEqualTo(200);
      assertThat(bearer(api, RunningProduct.TOKEN).status()).isEqualTo(200);
    }
  }
}
