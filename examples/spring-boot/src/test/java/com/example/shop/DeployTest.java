package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.Scheduler;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.ClassUtils;

/** Against a simulated Akeeba site: the jar of camel-akeeba-backup with the classifier simulator. */
@SpringBootTest
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class DeployTest {
  private static final String SECRET = "Zuv-Sample-Word-19";
  private static final SimulatedServer SERVER = SimulatedServer.start();
  private static final SimulatedSite SHOP = SERVER.joomla("shop").secret(SECRET).steps(3);

  @TempDir static Path store;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("backup.data", store::toString);
    registry.add("shop.url", SHOP::url);
    registry.add("shop.secret", () -> SECRET);
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Autowired ProducerTemplate template;
  @Autowired CamelContext camel;
  @Autowired JdbcTemplate database;
  @Autowired Scheduler scheduler;

  @Test
  void deploys_once_there_is_a_good_backup_and_hears_of_it(CapturedOutput log) {
    assertThat(template.requestBody("direct:deploy", "shop", String.class)).isEqualTo("deployed");
    assertThat(SHOP.requests("startBackup")).isNotEmpty();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(log)
                    .contains("sites/shop: io.github.camelakeeba.backup.started.v1")
                    .contains("sites/shop: io.github.camelakeeba.backup.completed.v1"));
  }

  @Test
  void does_not_deploy_after_a_backup_that_failed() {
    SHOP.fault(Fault.on("getProfiles").always().answer(403, "text/plain", "no"));
    try {
      assertThat(template.requestBody("direct:deploy", "shop", String.class))
          .isEqualTo("not deployed, the backup is failed");
    } finally {
      SHOP.clearFaults();
    }
  }

  /** What Maven gives an application that depends on the library. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.icegreen.greenmail.util.GreenMail",
        "io.github.camelakeeba.app.cli.BackupApp",
        "io.micrometer.prometheusmetrics.PrometheusMeterRegistry",
        "io.opentelemetry.sdk.OpenTelemetrySdk",
        "org.apache.logging.log4j.core.LoggerContext",
        "org.eclipse.jetty.server.Server",
        "org.postgresql.Driver",
        "picocli.CommandLine"
      })
  void the_library_brings_nothing_of_the_program_and_nothing_optional(String name) {
    assertThat(ClassUtils.isPresent(name, getClass().getClassLoader())).isFalse();
  }

  @Test
  void database_and_scheduler_are_the_applications_own() throws Exception {
    assertThat(
            database.queryForList(
                "select lower(table_name) from information_schema.tables where table_schema = 'PUBLIC'",
                String.class))
        .isEqualTo(List.of("deployment", "flyway_schema_history"));
    assertThat(scheduler.getTriggerKeys(GroupMatcher.anyGroup())).isEmpty();
    assertThat(camel.getRoute("backup-schedule")).isNotNull();
  }
}
