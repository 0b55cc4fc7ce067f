package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was asked for arrives at the site as it was asked for. */
@Tag("slow")
class RequestReachesTheSiteTest {
  @TempDir Path folder;

  private RunningProduct product;
  private SimulatedSite shop;

  @BeforeEach
  void start() throws Exception {
    product = new RunningProduct(folder);
    shop =
        product
            .server()
            .joomla("shop")
            .secret(RunningProduct.SECRET)
            .steps(2)
            .profiles(1, "Default", 3, "Files only");
    product
        .site(
            "shop",
            shop.url(),
            "zone: Europe/Athens",
            "profile: 3",
            "description: \"{site} / {profile} / {date} {time} & 50 % + ü €\"",
            "comment: \"<b>before</b> the update\"",
            "overrides: {akeeba.tuning.max_exec_time: 14, akeeba.advanced.remove: false}")
        .start();
  }

  @AfterEach
  void stop() throws Exception {
    product.close();
  }

  @Test
  void the_configuration_of_the_site_is_sent_with_its_placeholders_filled() {
    Event outcome = product.backup("shop");

    RecordedRequest start = startOf();
    assertThat(start.param("profile")).isEqualTo("3");
    assertThat(start.param("description"))
        .matches("shop / 3 / \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d & 50 % \\+ ü €");
    assertThat(start.param("comment")).isEqualTo("<b>before</b> the update");
    assertThat(start.params())
        .containsEntry("overrides[akeeba.tuning.max_exec_time]", "14")
        .containsEntry("overrides[akeeba.advanced.remove]", "0");
    assertThat(outcome.data().description()).isEqualTo(start.param("description"));
  }

  @Test
  void the_request_decides_over_the_configuration() {
    product.backup(
        "{\"site\":\"shop\",\"profile\":1,\"description\":\"deploy {profile}\",\"comment\":\"\","
            + "\"overrides\":{\"akeeba.tuning.max_exec_time\":20,\"engine.x\":\"a b&c=d\"}}");

    assertThat(startOf().params())
        .containsAllEntriesOf(
            Map.of(
                "profile", "1",
                "description", "deploy 1",
                "overrides[akeeba.tuning.max_exec_time]", "20",
                "overrides[akeeba.advanced.remove]", "0",
                "overrides[engine.x]", "a b&c=d"))
        .doesNotContainKey("comment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\\t \\n"})
  void a_blank_description_of_a_request_is_the_one_of_the_site(String blank) {
    product.backup("{\"site\":\"shop\",\"description\":\"" + blank + "\"}");

    assertThat(startOf().param("description")).startsWith("shop / 3 / ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "' '", "'{{no.such.word:}}'"})
  void a_blank_description_in_the_file_is_the_default(String blank) throws Exception {
    product.stop();
    SimulatedSite blog = product.server().joomla("blog").secret(RunningProduct.SECRET).steps(2);
    blog.pastBackups(2).fault(Fault.on("startBackup").answerLost());
    product.site("blog", blog.url(), "zone: UTC", "description: " + blank).start();

    Event outcome = product.backup("blog");

    assertThat(blog.requests("startBackup").get(0).param("description"))
        .matches("Backup of blog, \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    assertThat(outcome.data().state()).as("%s", outcome.data().error()).isEqualTo("completed");
    assertThat(outcome.data().attempts()).isEqualTo(1);
  }

  @Test
  void a_profile_that_the_site_does_not_have_is_refused_before_the_start() {
    Event outcome = product.backup("{\"site\":\"shop\",\"profile\":2}");

    assertThat(outcome.data().error().kind()).isEqualTo("not-found");
    assertThat(outcome.data().error().message())
        .isEqualTo("The site has no backup profile 2. It has: 1 (Default), 3 (Files only).");
    assertThat(shop.requests("startBackup")).isEmpty();
    assertThat(shop.records()).isEmpty();
  }

  @Test
  void what_looks_like_a_placeholder_of_camel_is_data() {
    product.backup(
        "{\"site\":\"shop\",\"description\":\"${exchangeId} {{env:PATH}} #{x} $simple\"}");

    assertThat(startOf().param("description")).isEqualTo("${exchangeId} {{env:PATH}} #{x} $simple");
  }

  private RecordedRequest startOf() {
    assertThat(shop.violations()).isEmpty();
    return shop.requests("startBackup").get(0);
  }
}
