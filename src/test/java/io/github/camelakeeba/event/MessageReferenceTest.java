package io.github.camelakeeba.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.notify.text.BuiltInTemplates;
import io.github.camelakeeba.notify.text.MinimalMessages;
import io.github.camelakeeba.notify.text.SampleMessages;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference of digests, reports and parked messages says what the code does. */
class MessageReferenceTest {
  private static final Path REFERENCE = SampleBackup.PROJECT.resolve("docs/reference");
  private static final String DIGEST = "digest.schema.json";
  private static final String PARKED = "parked.schema.json";
  private static final String REPORT = "report.schema.json";

  private final EventJson json = new EventJson();

  @Test
  void every_digest_follows_its_schema() throws IOException {
    SampleDigests all = new SampleDigests();
    BuiltInTemplates.KINDS.subList(0, 6).forEach(state -> all.and(state, "shop"));
    for (ErrorKind kind : ErrorKind.values()) {
      all.failed("shop", kind.word(), "no");
    }
    for (String reason : List.of("digest", "gathered", "quiet")) {
      assertThat(faults(DIGEST, json.write(all.reason(reason).made()))).isEmpty();
    }
  }

  @Test
  void every_parked_message_follows_its_schema() throws IOException {
    assertThat(faults(PARKED, json.write(SampleBackup.parked("x".repeat(5000))))).isEmpty();
    assertThat(faults(PARKED, json.write(SampleBackup.parked(null)))).isEmpty();
  }

  @Test
  void every_report_follows_its_schema() throws IOException {
    assertThat(faults(REPORT, json.write(report()))).isEmpty();
    assertThat(faults(REPORT, json.write(SampleMessages.full("report")))).isEmpty();
    assertThat(faults(REPORT, json.write(MinimalMessages.BY_KIND.get("report")))).isEmpty();
  }

  @Test
  void a_report_is_read_as_it_was_written() {
    assertThat(json.readNotification(json.write(report()))).isEqualTo(report());
  }

  @Test
  void a_report_has_the_same_id_for_the_same_time_and_sites_however_many_tags_name_them() {
    Report customers = reportOf(List.of("customers"));
    assertThat(customers.id()).isEqualTo("reports/tags/customers/2026-11-22T00:30:00Z");
    assertThat(customers.subject()).isEqualTo("sites of customers");
    List<String> many = java.util.Collections.nCopies(60, "tag-with-a-long-name");
    assertThat(reportOf(many).id()).hasSizeLessThan(100).isEqualTo(reportOf(many).id());
    assertThat(reportOf(many).subject()).hasSizeLessThanOrEqualTo(100);
    assertThat(reportOf(List.of("all")).id()).isNotEqualTo(reportOf(List.of()).id());
  }

  private static Report report() {
    return reportOf(List.of());
  }

  private static Report reportOf(List<String> tags) {
    Instant due = Instant.parse("2026-11-22T00:30:00Z");
    Report.Entry shop =
        new Report.Entry(
            "shop",
            null,
            true,
            "failed",
            due.minus(Duration.ofDays(2)),
            734_003_200L,
            "..........cccccccccccccccccc-f",
            due.plus(Duration.ofDays(1)),
            "at 02:30 every day",
            "too slow",
            "unproved",
            null);
    return Report.of(
        EventSource.of("urn:camel-akeeba-backup:6f9e7c0a-3b1d-4e8f-9a52-1c7d0e5b8f34"),
        due,
        due.plusMillis(3200),
        new Report.Data(
            tags,
            "Europe/Athens",
            "1 of 1 site needs you.",
            1,
            Map.of("failed", 1),
            Map.of("unproved", 1),
            0,
            List.of(shop),
            due.plus(Duration.ofDays(7)),
            false));
  }

  @Test
  void the_schemas_refuse_what_is_something_else() throws IOException {
    String digest = json.write(new SampleDigests().and("completed", "shop").made());
    assertThat(faults(DIGEST, digest.replace("\"reason\":\"digest\"", "\"reason\":\"fun\"")))
        .isNotEmpty();
    assertThat(faults(DIGEST, digest.replace("{\"completed\":1}", "{\"done\":1}"))).isNotEmpty();
    assertThat(faults(PARKED, digest)).isNotEmpty();
    assertThat(faults(DIGEST, json.write(SampleBackup.parked("no")))).isNotEmpty();
  }

  @Test
  void the_schemas_name_every_member_and_no_other() throws IOException {
    JsonNode digest = schema(DIGEST).path("properties").path("data").path("properties");
    assertThat(names(digest)).isEqualTo(members(Digest.Data.class));
    assertThat(names(digest.path("events").path("items").path("properties")))
        .isEqualTo(members(Digest.Entry.class));
    JsonNode report = schema(REPORT).path("properties").path("data").path("properties");
    assertThat(names(report)).isEqualTo(members(Report.Data.class));
    assertThat(names(report.path("sites").path("items").path("properties")))
        .isEqualTo(members(Report.Entry.class));
    assertThat(names(schema(PARKED).path("properties").path("data").path("properties")))
        .isEqualTo(members(ParkedNotice.Data.class));
  }

  @Test
  void the_page_describes_every_member_as_the_schemas_do() throws IOException {
    String page = Files.readString(REFERENCE.resolve("event.md"));
    JsonNode digest = schema(DIGEST).path("properties").path("data").path("properties");
    assertDescribed(page, "", digest);
    assertDescribed(page, "events.", digest.path("events").path("items").path("properties"));
    JsonNode report = schema(REPORT).path("properties").path("data").path("properties");
    assertDescribed(page, "", report);
    assertDescribed(page, "sites.", report.path("sites").path("items").path("properties"));
    assertDescribed(page, "", schema(PARKED).path("properties").path("data").path("properties"));
  }

  @Test
  void the_examples_of_the_page_are_such_messages() throws IOException {
    String[] examples = Files.readString(REFERENCE.resolve("event.md")).split("```json\n");
    JsonNode digest = json.mapper().readTree(examples[2].split("\n```")[0]);
    JsonNode parked = json.mapper().readTree(examples[3].split("\n```")[0]);
    Digest made = new SampleDigests().failed("shop", "timeout", "too slow").made();
    assertThat(digest).isEqualTo(json.mapper().readTree(json.write(made)));
    assertThat(parked)
        .isEqualTo(json.mapper().readTree(json.write(SampleBackup.parked("mail ops: no answer"))));
    assertThat(json.mapper().readTree(examples[4].split("\n```")[0]))
        .isEqualTo(json.mapper().readTree(json.write(report())));
  }

  private static void assertDescribed(String page, String prefix, JsonNode properties) {
    properties
        .properties()
        .forEach(
            member ->
                assertThat(page)
                    .containsPattern(
                        "\n\\| `"
                            + prefix
                            + member.getKey()
                            + "` \\| [a-z ]+ \\| "
                            + java.util.regex.Pattern.quote(
                                member.getValue().path("description").asText())
                            + " \\|"));
  }

  private static List<String> faults(String schema, String message) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(REFERENCE.resolve(schema)))
        .validate(message, InputFormat.JSON)
        .stream()
        .map(Object::toString)
        .toList();
  }

  private static JsonNode schema(String name) throws IOException {
    return new ObjectMapper().readTree(REFERENCE.resolve(name).toFile());
  }

  private static List<String> names(JsonNode properties) {
    List<String> names = new ArrayList<>();
    properties.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> members(Class<?> type) {
    return Stream.of(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }
}
