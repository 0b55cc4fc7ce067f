package io.github.camelakeeba.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.rest.ChangeFeed.SiteChange;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.run.store.SampleRuns;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SampleStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a follower of all changes is told, and how much of it, by a clock of the test's own. */
class ChangeFeedTest {
  private static final Pattern EVENT =
      Pattern.compile("id: (\\S+)\nevent: (\\w+)\ndata: (\\{.*\\})\n\n");
  private static final Pattern RUN = Pattern.compile("\"id\":\"(run-\\d+)\"");

  private final Database database = new SampleStore().open("h2", 2);
  private final AtomicLong time = new AtomicLong();
  private final List<SiteChange> sites = new ArrayList<>();
  private final ChangeFeed feed =
      new ChangeFeed(
          new RunQueries(database),
          most -> {
            List<SiteChange> now = List.copyOf(sites);
            sites.clear();
            return now.size() > most ? Optional.empty() : Optional.of(now);
          },
          time::get,
          Clock.systemUTC());

  @AfterEach
  void close() {
    database.close();
  }

  /** An event as a browser has it. */
  private record Told(String id, String event, String data) {
    String run() {
      return RUN.matcher(data).results().map(found -> found.group(1)).findFirst().orElse(null);
    }
  }

  private ChangeEvents follow(String lastEventId) {
    feed.ask();
    return new ChangeEvents(feed, feed.place(lastEventId), site -> true, null, time::get);
  }

  /** What the follower is told in so many quarters of a second. */
  private List<Told> told(ChangeEvents follower, int quarters) throws Exception {
    List<Told> told = new ArrayList<>();
    for (int i = 0; i < quarters; i++) {
      time.addAndGet(Duration.ofMillis(250).toNanos());
      String text = follower.next();
      assertThat(follower.next()).as("at once after it").isNull();
      List<MatchResult> events = text == null ? List.of() : EVENT.matcher(text).results().toList();
      assertThat(events.stream().map(MatchResult::group)).hasSizeLessThanOrEqualTo(5);
      events.forEach(one -> told.add(new Told(one.group(1), one.group(2), one.group(3))));
    }
    return told;
  }

  private void running(int count) {
    SampleRuns.queue(database, count, 9);
    database.jdbc().update("update run set state = 'running', active_site = site, owner = 'b'");
  }

  private void progress() {
    database.jdbc().update("update run set progress = progress + 1 where state = 'running'");
  }

  private void end(String run) {
    database
        .jdbc()
        .update(
            """
            update run set state = 'failed', active_site = null, ended_at = current_timestamp,
              outcome = '{"specversion":"1.0","id":"' || id || '/failed"}' where id = ?
            """,
            run);
  }

  @Test
  void who_begins_to_follow_is_told_what_changes_from_then_on() throws Exception {
    running(3);
    ChangeEvents follower = follow(null);
    assertThat(told(follower, 2)).isEmpty();

    database.jdbc().update("update run set progress = 40 where id = 'run-00001'");

    assertThat(told(follower, 2))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.event()).isEqualTo("progress");
              assertThat(one.data()).contains("\"id\":\"run-00001\"", "\"progress\":40");
            });
  }

  @Test
  void of_300_runs_each_has_its_turn_with_its_newest_state_and_outcomes_go_first()
      throws Exception {
    running(300);
    ChangeEvents follower = follow(null);
    progress();
    Set<String> runs = new HashSet<>();
    told(follower, 1).forEach(one -> runs.add(one.run()));
    IntStream.range(0, 9).forEach(i -> progress());
    end("run-00299");

    List<Told> next = told(follower, 1);
    assertThat(next.get(0).event()).isEqualTo("outcome");
    assertThat(next.get(0).data()).contains("run-00299/failed");
    assertThat(next.subList(1, 5)).allMatch(one -> one.data().contains("\"progress\":10"));
    next.subList(1, 5).forEach(one -> runs.add(one.run()));
    for (int i = 0; i < 60; i++) {
      progress();
      told(follower, 1).forEach(one -> runs.add(one.run()));
    }

    assertThat(runs).hasSize(299);
  }

  @Test
  void who_comes_back_goes_on_behind_the_last_event_also_behind_those_that_waited()
      throws Exception {
    running(12);
    ChangeEvents follower = follow(null);
    progress();
    List<Told> first = told(follower, 1);
    assertThat(first).hasSize(5);
    end("run-00003");

    ChangeEvents again = follow(first.get(4).id());
    List<Told> rest = told(again, 8);

    Set<String> all = new HashSet<>();
    first.forEach(one -> all.add(one.run()));
    rest.stream().filter(one -> one.event().equals("progress")).forEach(o -> all.add(o.run()));
    assertThat(rest).extracting(Told::event).doesNotContain("reset").contains("outcome");
    all.add("run-00003");
    assertThat(all).hasSize(12);
    assertThat(told(follow(rest.get(rest.size() - 1).id()), 2)).isEmpty();
  }

  @Test
  void who_comes_back_to_another_process_or_too_late_has_to_ask_anew() throws Exception {
    follow(null);
    assertThat(told(follow("4c1d08ce-17"), 1)).extracting(Told::event).containsExactly("reset");
    assertThat(told(follow("nonsense"), 1)).extracting(Told::event).containsExactly("reset");

    ChangeEvents slow = follow(null);
    for (int asked = 0; asked <= ChangeFeed.MAX_KEPT / ChangeFeed.MAX_SITES; asked++) {
      change(asked * ChangeFeed.MAX_SITES, ChangeFeed.MAX_SITES);
      time.addAndGet(Duration.ofSeconds(2).toNanos());
      feed.ask();
    }

    List<Told> told = told(slow, 3);
    assertThat(told).extracting(Told::event).containsExactly("reset");
    progress();
    assertThat(told(follow(told.get(0).id()), 1)).isEmpty();
  }

  private void change(int from, int count) {
    for (int i = from; i < from + count; i++) {
      sites.add(new SiteChange("site-" + i, Map.of("site", "site-" + i)));
    }
  }

  @Test
  void sites_and_progress_are_told_in_turn_behind_outcomes() throws Exception {
    running(12);
    ChangeEvents follower = follow(null);
    told(follower, 4);
    progress();
    change(0, 12);
    time.addAndGet(Duration.ofSeconds(1).toNanos());
    feed.ask();
    end("run-00011");

    assertThat(told(follower, 2))
        .extracting(Told::event)
        .startsWith("outcome", "site", "progress", "site", "progress")
        .hasSize(10);
  }

  @Test
  void when_very_many_sites_change_at_once_all_have_to_be_asked_for_but_not_each_second()
      throws Exception {
    ChangeEvents follower = follow(null);
    List<Told> told = new ArrayList<>();
    for (int second = 0; second < 12; second++) {
      change(second * 600, 600);
      told.addAll(told(follower, 4));
    }
    assertThat(told).extracting(Told::event).containsOnly("reset").hasSizeBetween(2, 3);
    told.addAll(told(follower, 20));

    change(0, 1);

    assertThat(told(follower, 8)).extracting(Told::event).containsExactly("site");
    assertThat(told(follow(told.get(told.size() - 1).id()), 4))
        .extracting(Told::event)
        .containsExactly("site");
  }

  @Test
  void of_a_site_that_changes_before_it_is_told_the_newest_state_is_told() throws Exception {
    ChangeEvents follower = follow(null);
    change(0, 40);
    told(follower, 4);
    sites.add(new SiteChange("site-39", Map.of("site", "site-39", "state", "missed")));

    assertThat(told(follower, 12).stream().map(Told::data).filter(one -> one.contains("site-39")))
        .singleElement()
        .asString()
        .contains("missed");
  }

  @Test
  void a_run_that_begins_and_ends_between_two_questions_is_told_once() throws Exception {
    SampleRuns.queue(database, 2, 1);
    end("run-00000");
    ChangeEvents follower = follow(null);
    end("run-00001");
    sites.add(new SiteChange("site-1", Map.of("site", "site-1", "state", "failed")));

    List<Told> told = told(follower, 20);

    assertThat(told).extracting(Told::event).containsExactly("outcome", "site");
    assertThat(told.get(0).data()).contains("run-00001/failed");
    assertThat(told.get(1).data()).contains("\"state\":\"failed\"");
  }

  @Test
  void who_may_not_see_a_site_is_not_told_of_it() throws Exception {
    running(4);
    feed.ask();
    ChangeEvents follower =
        new ChangeEvents(feed, feed.place(null), site -> site.equals("site-2"), null, time::get);
    progress();
    end("run-00001");
    sites.add(new SiteChange("site-3", Map.of("site", "site-3")));

    assertThat(told(follower, 8)).extracting(Told::run).containsExactly("run-00002");
  }

  @Test
  void the_pause_after_a_long_question_is_49_times_as_long() {
    AtomicLong asked = new AtomicLong();
    ChangeFeed slow =
        new ChangeFeed(
            new RunQueries(database),
            most -> {
              asked.incrementAndGet();
              time.addAndGet(Duration.ofMillis(40).toNanos());
              return Optional.of(List.of());
            },
            time::get,
            Clock.systemUTC());
    slow.ask();
    time.addAndGet(Duration.ofMillis(1_950).toNanos());
    slow.ask();
    assertThat(asked).hasValue(1);
    time.addAndGet(Duration.ofMillis(20).toNanos());
    slow.ask();
    assertThat(asked).hasValue(2);
  }
}
