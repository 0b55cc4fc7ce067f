package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers name the profile that runs: another one is another backup than was asked for. */
@Tag("fault")
class OtherProfileTest {
  @RegisterExtension
  static final Sites SITES =
      new Sites(14, "profile: 2", "busyWait: 0s", "retry: {unreachable: 3, untrusted: 3}");

  private final Sites.Taken shop = SITES.take();
  private final SimulatedSite site = shop.site();

  @BeforeEach
  void two_profiles() {
    site.profiles(1, "Default", 2, "Nightly");
  }

  @Test
  void a_start_of_another_one_is_told_never_repeated_and_ours_all_the_same() {
    rewrite("startBackup", 1, data -> data.put("Profile", 1));

    assertThat(shop.failure("configuration"))
        .startsWith("The site runs backup profile 1, but profile 2 was asked for")
        .contains("final address into its url");
    assertThat(site.requests("startBackup")).hasSize(1);
    assertThat(site.requests("stepBackup")).isEmpty();

    // what it has begun is nobody else's: the next run need not wait
    assertThat(shop.backup().data().state()).isEqualTo("completed");
  }

  @Test
  void a_step_of_another_one_ends_the_run_too() {
    rewrite("stepBackup", 3, data -> data.put("Profile", "1"));

    assertThat(shop.failure("configuration")).contains("profile 1");
    assertThat(site.requests("stepBackup")).hasSize(3);
    assertThat(site.requests("startBackup")).hasSize(1);
  }

  @Test
  void so_it_does_whatever_else_the_answer_says() {
    rewrite(
        "stepBackup",
        5,
        data -> data.put("Profile", 1).put("Error", "nothing of importance").put("HasRun", false));

    assertThat(shop.failure("configuration")).contains("profile 1");
  }

  @Test
  void an_answer_of_another_backup_is_told_as_that() {
    rewrite(
        "stepBackup", 3, data -> data.put("Profile", 1).put("backupid", "").put("stepNumber", 1));

    assertThat(shop.failure("restarted-on-server")).contains("an empty backupid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "\"2\"", "2.0", "null", "0", "\"\"", "\"x\"", "[]"})
  void the_profile_that_was_asked_for_may_come_in_any_type_or_not_at_all(String json)
      throws Exception {
    var value = new ObjectMapper().readTree(json);
    Consumer<ObjectNode> change = data -> data.set("Profile", value);
    site.fault(always("startBackup", change));
    site.fault(always("stepBackup", change));

    assertThat(shop.backup().data().state()).isEqualTo("completed");
  }

  @Test
  void older_servers_name_none() {
    site.fault(always("startBackup", data -> data.remove("Profile")));
    site.fault(always("stepBackup", data -> data.remove("Profile")));

    assertThat(shop.backup().data().state()).isEqualTo("completed");
  }

  private void rewrite(String method, int number, Consumer<ObjectNode> change) {
    site.fault(changing(Fault.on(method).nth(number), change));
  }

  private static Fault always(String method, Consumer<ObjectNode> change) {
    return changing(Fault.on(method).always(), change);
  }

  private static Fault changing(Fault fault, Consumer<ObjectNode> change) {
    return fault.jsonRewrite(
        answer -> {
          change.accept((ObjectNode) answer.get("data"));
          return answer;
        });
  }
}
