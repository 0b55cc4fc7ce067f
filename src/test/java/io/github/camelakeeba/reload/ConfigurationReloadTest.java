package io.github.camelakeeba.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.live.CurrentConfiguration;
import io.github.camelakeeba.config.yaml.SitesLoader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** What a reload does when a part of the service, or the store, does not play along. */
class ConfigurationReloadTest {
  private static final Duration A_WHILE = Duration.ofMinutes(1);

  private final Configuration old = configuration("old");
  private final CurrentConfiguration current = new CurrentConfiguration(old);
  private final List<String> story = Collections.synchronizedList(new ArrayList<>());
  private final List<ReloadFollower> before = new ArrayList<>();
  private final List<ReloadFollower> after = new ArrayList<>();
  private final Later clock = new Later();
  private Configuration file = configuration("next");
  private boolean settled = true;
  private final ConfigurationReload reload =
      new ConfigurationReload(
          current,
          new ConfigurationReload.Parts(
              () -> file, List.of(), before, after, this::settle, next -> List.of()),
          clock);

  private static final class Later extends Clock {
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static Configuration configuration(String site) {
    String yaml = "sites: {%s: {url: https://shop.example, secret: a-word}}".formatted(site);
    return new SitesLoader().load(yaml, "sites.yaml", Path.of("home"), text -> text);
  }

  private boolean settle() {
    story.add("settled");
    return settled;
  }

  private ReloadFollower telling(String name) {
    return (from, to) -> story.add(name + ": " + site(from) + " to " + site(to));
  }

  private static String site(Configuration of) {
    return of.sites().keySet().iterator().next();
  }

  private void later() {
    clock.now = clock.now.plus(A_WHILE);
    reload.settle();
  }

  @Tag("fault")
  @Test
  void where_a_part_fails_before_the_change_what_was_stopped_is_brought_back() {
    before.add(telling("stop"));
    before.add(
        (from, to) -> {
          if (site(to).equals("next")) {
            throw new IllegalStateException("the route can't be taken out");
          }
        });
    after.add(telling("add"));

    assertThatThrownBy(() -> reload.reload("test")).hasMessage("the route can't be taken out");

    assertThat(current.get()).isSameAs(old);
    assertThat(reload.status().successful()).isFalse();
    assertThat(story).containsExactly("stop: old to next", "stop: next to old", "add: next to old");
    later();
    later();
    assertThat(story).filteredOn("settled"::equals).hasSize(1);
    assertThat(story).hasSize(4);
  }

  @Tag("fault")
  @Test
  void where_the_store_is_away_it_is_brought_back_later() {
    before.add(telling("rows"));
    before.add(
        (from, to) -> {
          if (site(to).equals("next")) {
            throw new DataAccessResourceFailureException("the store");
          }
        });

    assertThatThrownBy(() -> reload.reload("test"))
        .isInstanceOf(DataAccessResourceFailureException.class);
    assertThat(story).containsExactly("rows: old to next");

    later();

    assertThat(story).containsExactly("rows: old to next", "rows: next to old", "settled");
  }

  @Tag("fault")
  @Test
  void a_change_that_was_noticed_while_the_store_was_away_is_taken_later() {
    boolean[] away = {true};
    before.add(
        (from, to) -> {
          if (away[0]) {
            throw new DataAccessResourceFailureException("the store");
          }
        });
    assertThatThrownBy(reload::takeChange).isInstanceOf(DataAccessResourceFailureException.class);
    assertThat(current.get()).isSameAs(old);
    away[0] = false;
    reload.settle();
    assertThat(current.get()).isSameAs(old);

    later();

    assertThat(current.get()).isSameAs(file);
    assertThat(reload.status().successful()).isTrue();
  }

  @Tag("fault")
  @Test
  void a_part_that_does_not_follow_is_asked_again_until_it_does() {
    boolean[] fails = {true};
    after.add(
        (from, to) -> {
          if (fails[0]) {
            throw new IllegalStateException("no route");
          }
          story.add("followed");
        });
    assertThatThrownBy(() -> reload.reload("test")).hasMessageContaining("no route");
    assertThat(current.get()).isSameAs(file);
    assertThat(reload.status().problems())
        .singleElement()
        .asString()
        .contains("does not follow it yet", "no route");

    later();
    assertThat(reload.status().successful()).isFalse();
    fails[0] = false;
    later();

    assertThat(story).contains("followed");
    assertThat(reload.status().successful()).isTrue();
  }

  @Test
  void what_is_left_behind_is_looked_after_until_nothing_is() {
    settled = false;
    reload.reload("test");
    later();
    settled = true;
    later();
    later();

    assertThat(story).containsExactly("settled", "settled");
  }

  @Test
  void once_the_service_stops_nothing_is_reloaded_and_a_change_under_way_ends_first()
      throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    after.add(
        (from, to) -> {
          begun.countDown();
          go.await(60, TimeUnit.SECONDS);
          story.add("added");
        });
    CompletableFuture<ReloadResult> under = CompletableFuture.supplyAsync(() -> reload.reload("a"));
    begun.await(60, TimeUnit.SECONDS);
    CompletableFuture<Void> stopped =
        CompletableFuture.runAsync(reload::close).thenRun(() -> story.add("stopped"));
    go.countDown();

    await().atMost(A_WHILE).until(stopped::isDone);
    assertThat(under.get().added()).containsExactly("next");
    assertThat(story).containsExactly("added", "stopped");
    file = configuration("other");
    assertThatThrownBy(() -> reload.reload("b"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the service is stopping");
    assertThat(site(current.get())).isEqualTo("next");
    assertThat(reload.status().successful()).isTrue();
  }
}
